// A search without an index, for a copy that is read from a disk: browsers let such a page
// fetch nothing, so Pagefind can't work there. Every word must stand in a page, at least as
// the beginning of one of its words; accents and case don't matter.
window.rt = window.rt || {};
(() => {
  "use strict";
  const FILE = "search-data.js";
  let loading = null;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = rt.element("script", { src: FILE });
      script.addEventListener("load", () => resolve(rtFindable.entries.map(prepared)));
      script.addEventListener("error", () => reject(new Error(FILE)));
      document.head.append(script);
    });
    return loading;
  }

  function prepared([url, title, collection, status, who, where, text, filters, lang]) {
    return {
      url, title, collection, status, who, where, text, filters, lang,
      head: ` ${rt.plain(title)}`, whole: ` ${rt.plain(`${title} ${text} ${who} ${where}`).replace(/[^\p{L}\p{N}]+/gu, " ")}`,
    };
  }

  // The words around the first hit, in pieces: [text, is a hit].
  function excerpt(entry, words) {
    const plain = rt.plain(entry.text);
    const same = plain.length === entry.text.length; // else places in one are not places in the other
    const places = same ? words.map((word) => plain.search(new RegExp(`(?<![\\p{L}\\p{N}])${word}`, "u"))).filter((place) => place >= 0) : [];
    const start = places.length ? Math.max(0, entry.text.lastIndexOf(" ", Math.max(0, Math.min(...places) - 60)) + 1) : 0;
    const cut = entry.text.slice(start, start + 220);
    const pieces = [];
    let at = 0;
    if (same && words.length) {
      const hits = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})[\\p{L}\\p{N}]*`, "gu");
      for (const hit of rt.plain(cut).matchAll(hits)) {
        pieces.push([cut.slice(at, hit.index), false], [cut.slice(hit.index, hit.index + hit[0].length), true]);
        at = hit.index + hit[0].length;
      }
    }
    pieces.push([cut.slice(at) + (start + 220 < entry.text.length ? " …" : ""), false]);
    return pieces;
  }

  // The same answer as Pagefind's: results, each with a way to its data.
  rt.findPlainly = async (query, filters) => {
    const entries = await load();
    const words = rt.plain(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean).slice(0, 20);
    const wanted = Object.entries(filters);
    const found = [];
    for (const entry of entries) {
      if (!wanted.every(([name, values]) => values.some((value) => entry.filters[name]?.includes(value)))) continue;
      if (!words.every((word) => entry.whole.includes(` ${word}`))) continue;
      const score = words.filter((word) => entry.head.includes(` ${word}`)).length;
      found.push({ score, entry });
    }
    found.sort((a, b) => b.score - a.score);
    return found.map(({ entry }) => ({ data: async () => ({ ...entry, pieces: excerpt(entry, words) }) }));
  };
})();
