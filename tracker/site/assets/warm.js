// Begins to fetch what every search needs before the search asks for it: the engine, and the
// parts of the index that no answer can do without. On the search page itself, while that is
// still being loaded; from the field in the header (frame.js), while somebody types there.
window.rt = window.rt || {};
(() => {
  "use strict";
  if (location.protocol === "file:") return; // such a page may fetch nothing: find.js searches
  const { ahead } = document.currentScript.dataset; // the search page's address, where another page is shown
  const folder = new URL("pagefind/", ahead || document.baseURI);
  const hint = (properties, address) => {
    document.head.append(Object.assign(document.createElement("link"), { ...properties, href: new URL(address, folder) }));
  };
  const engine = ahead ? { rel: "prefetch" } : { rel: "modulepreload" };
  const data = ahead ? engine : { rel: "preload", as: "fetch", crossOrigin: "anonymous" };
  rt.entry = String(Date.now()); // the engine's mark against an old list of contents: the same address as here
  hint(engine, "pagefind.js");
  fetch(new URL(`pagefind-entry.json?ts=${rt.entry}`, folder)).then((answer) => (answer.ok ? answer.json() : null)).then((entry) => {
    if (!entry) return; // no index here, as while records are edited
    if (ahead) hint(engine, ahead);
    const index = entry.languages[document.documentElement.lang.toLowerCase()];
    if (!index) return;
    for (const name of [`wasm.${index.wasm || "unknown"}.pagefind`, `pagefind.${index.hash}.pf_meta`]) hint(data, name);
  }).catch(() => { /* the search says so */ });
})();
