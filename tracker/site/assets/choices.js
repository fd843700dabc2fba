// Filters with several choices each, for tables and for the search: made from data, kept in
// the address, counted anew whenever something is chosen. A list is drawn when it is opened.
window.rt = window.rt || {};
(() => {
  "use strict";
  const language = document.documentElement.lang || "en";
  const number = new Intl.NumberFormat(language);
  const MANY = 12; // longer lists can be narrowed by typing
  const LONGEST = 200; // characters of the address that a value is shown with or searched for

  rt.collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  rt.number = (value) => number.format(value);
  rt.plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  rt.cut = (text, length = LONGEST) => [...text].slice(0, length).join("");
  rt.filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  rt.element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  // A page on a disk may not change its address in every browser; all else still works.
  rt.remember = (address) => { try { history.replaceState(null, "", address); } catch { /* stays */ } };

  rt.Choices = class {
    constructor(box, facets, words, changed) {
      this.words = words;
      this.changed = changed;
      this.chosen = new Map(facets.map((facet) => [facet.name, new Set()]));
      this.count = () => null;
      this.parts = facets.map((facet) => this.#part(facet));
      box.append(...this.parts.map((part) => part.details));
      document.addEventListener("click", (event) => {
        for (const { details } of this.parts) if (!details.contains(event.target)) details.open = false;
      });
      box.addEventListener("keydown", (event) => {
        const details = event.target.closest("details");
        if (event.key !== "Escape" || !details?.open) return;
        details.open = false;
        details.firstChild.focus();
      });
    }

    #part(facet) {
      const mark = rt.element("b");
      const panel = rt.element("div", { className: "rt-choices" });
      panel.setAttribute("role", "group");
      panel.setAttribute("aria-label", facet.label);
      const details = rt.element("details", { className: "rt-choice" }, rt.element("summary", {}, facet.label, " ", mark), panel);
      details.dataset.name = facet.name;
      const part = { facet, mark, panel, details, options: null };
      details.addEventListener("toggle", () => { if (details.open) { this.#draw(part); this.#fill(part); } });
      return part;
    }

    #draw(part) {
      if (part.options) return;
      const { facet, panel } = part;
      part.options = facet.choices.map(([key, label, lang]) => {
        const input = rt.element("input", { type: "checkbox", value: key });
        const count = rt.element("small");
        const line = rt.element("label", {}, input, rt.element("span", lang ? { lang, dir: "auto" } : {}, label), count);
        input.addEventListener("change", () => {
          this.chosen.get(facet.name)[input.checked ? "add" : "delete"](key);
          this.#mark(part);
          this.changed();
        });
        return { key, label: rt.plain(label), input, count, line };
      });
      if (facet.choices.length > MANY) {
        const narrow = rt.element("input", { type: "search", placeholder: this.words.narrow, autocomplete: "off" });
        narrow.setAttribute("aria-label", this.words.narrow);
        narrow.addEventListener("input", (event) => {
          event.stopPropagation();
          const wanted = rt.plain(narrow.value.trim());
          for (const option of part.options) option.line.hidden = !option.label.includes(wanted);
        });
        narrow.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
        panel.append(narrow);
      }
      panel.append(...part.options.map((option) => option.line));
    }

    #mark(part) {
      const { size } = this.chosen.get(part.facet.name);
      part.mark.textContent = size ? rt.filled(this.words.chosen, { number: rt.number(size) }) : "";
      part.details.classList.toggle("rt-on", size > 0);
    }

    #fill(part) {
      const counts = this.count(part.facet.name);
      const chosen = this.chosen.get(part.facet.name);
      part.options.forEach((option, index) => {
        option.input.checked = chosen.has(option.key);
        if (!counts) return;
        const count = counts[index] ?? 0;
        const text = rt.number(count);
        if (option.count.textContent !== text) option.count.textContent = text;
        option.line.classList.toggle("rt-no", !count && !option.input.checked);
      });
    }

    // The counts of the lists that are open; the others are counted when they are opened.
    refresh() {
      for (const part of this.parts) if (part.details.open && part.options) this.#fill(part);
    }

    // Takes what is chosen from an address; returns what is no choice here.
    read(parameters) {
      const strange = [];
      for (const part of this.parts) {
        const known = new Set(part.facet.choices.map(([key]) => key));
        const chosen = this.chosen.get(part.facet.name);
        chosen.clear();
        for (const value of parameters.getAll(part.facet.name)) {
          if (known.has(value)) chosen.add(value);
          else if (value) strange.push(rt.filled(this.words.strange, { value: rt.cut(value, 40) }));
        }
        this.#mark(part);
        if (part.options) this.#fill(part);
      }
      return [...new Set(strange)].slice(0, 5);
    }

    write(parameters) {
      for (const [name, values] of this.chosen) {
        parameters.delete(name);
        for (const value of values) parameters.append(name, value);
      }
    }

    clear() {
      for (const values of this.chosen.values()) values.clear();
      for (const part of this.parts) this.#mark(part);
    }

    // What is chosen, in words: “Status: Planned, Under way”.
    get inWords() {
      return this.parts.filter((part) => this.chosen.get(part.facet.name).size).map(({ facet }) =>
        `${facet.label}: ${facet.choices.filter(([key]) => this.chosen.get(facet.name).has(key)).map(([, label]) => label).join(", ")}`);
    }
  };
})();
