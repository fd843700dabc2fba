// The frame's few movements: light or dark, the keys for searching, menus that close. Loaded
// before the page is drawn, so that nobody sees it light first and dark after. In Material's
// frame, which has its own button and style for the dark, only the keys and menus are ours.
(() => {
  "use strict";
  const KEY = "rt-scheme";
  const here = document.currentScript.src;
  const dark = document.getElementById("rt-dark");
  const device = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const remember = (scheme) => { try { localStorage.setItem(KEY, scheme); } catch { /* for this page only */ } };
  let chosen = remembered();
  const isDark = () => (chosen ? chosen === "dark" : device.matches);

  const draw = () => {
    if (chosen && dark) dark.media = chosen === "dark" ? "all" : "not all";
    document.documentElement.dataset.scheme = isDark() ? "dark" : "light";
  };
  draw();

  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

  addEventListener("DOMContentLoaded", () => {
    const moved = document.querySelector("a.rt-moved");
    if (moved) { location.replace(moved.href); return; }

    const button = document.querySelector(".rt-scheme");
    const name = () => {
      const words = isDark() ? button.dataset.light : button.dataset.dark;
      button.title = words;
      button.setAttribute("aria-label", words);
    };
    if (button) {
      button.hidden = false;
      name();
      button.addEventListener("click", () => { chosen = isDark() ? "light" : "dark"; remember(chosen); draw(); name(); });
      device.addEventListener("change", () => { draw(); name(); });
    }

    // What is on the page stands open where there is room beside the text.
    const toc = document.querySelector(".rt-toc details");
    if (toc) toc.open = matchMedia("(min-width: 60em)").matches;

    const drops = document.querySelectorAll(".rt-drop");
    document.addEventListener("click", (event) => {
      for (const drop of drops) if (!drop.contains(event.target)) drop.open = false;
    });
    const field = document.querySelector("#find") || document.querySelector(".rt-find input");
    // Who goes to the field in the header is about to search.
    field?.form.matches(".rt-find") && field.addEventListener("focus", () => {
      const script = Object.assign(document.createElement("script"), { src: here.replace("/frame.js", "/warm.js") });
      script.dataset.ahead = field.form.action;
      document.head.append(script);
    }, { once: true });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        for (const drop of drops) {
          if (drop.open && drop.contains(document.activeElement)) drop.querySelector("summary").focus();
          drop.open = false;
        }
      }
      const wanted = event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (wanted || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey)) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    });
  });
})();
