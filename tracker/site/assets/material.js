// What Material's bundle expects of the scripts that Material writes into each page, as a file, so
// that no policy has to allow them: a few functions over the browser's storage, and, called again
// where a page needs it at once, the chosen scheme and an announcement that was closed.
(() => {
  "use strict";
  const { base, now } = document.currentScript.dataset;

  if (base) {
    const scope = new URL(base, location);
    const key = (name, place) => `${place.pathname}.${name}`;
    window.__md_scope = scope;
    window.__md_hash = (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0);
    window.__md_get = (name, storage = localStorage, place = scope) => {
      try { return JSON.parse(storage.getItem(key(name, place))); } catch { return null; }
    };
    window.__md_set = (name, value, storage = localStorage, place = scope) => {
      try { storage.setItem(key(name, place), JSON.stringify(value)); } catch { /* for this page only */ }
    };
  }

  if (now === "palette") {
    const color = window.__md_get("__palette")?.color;
    if (!color) return;
    if (color.media === "(prefers-color-scheme)") { // “as the device has it”
      const device = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
      const option = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${device})"]`);
      for (const name of ["media", "scheme", "primary", "accent"]) color[name] = option?.getAttribute(`data-md-color-${name}`);
    }
    for (const [name, value] of Object.entries(color)) if (value) document.body.setAttribute(`data-md-color-${name}`, value);
  }

  if (now === "announce") {
    const banner = document.querySelector("[data-md-component=announce]");
    const text = banner?.querySelector(".md-typeset");
    if (text && window.__md_hash(text.innerHTML) === window.__md_get("__announce")) banner.hidden = true;
  }
})();
