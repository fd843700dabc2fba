// What both forms do alike: mistakes in place and in a summary, meanings of words, a draft
// kept in this tab, parts that can be repeated, and the page with the finished file.
(() => {
  "use strict";
  const proposals = (globalThis.proposals ??= {});
  const at = (id) => document.getElementById(id);
  const make = (tag, properties = {}, ...inner) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inner);
    return made;
  };

  // What both forms begin with: the page's data, the checks of values, the form and its fields.
  proposals.begun = () => {
    const page = JSON.parse(at("propose-data").textContent);
    return {
      page, texts: page.texts, checks: proposals.checks(page), form: at("propose"), at, make,
      fill: proposals.fill, options: proposals.options, spoken: proposals.spoken, field: (name) => at(`f-${name}`),
      entered: (element) => element.value.replace(/\r\n?/g, "\n").trim(),
      plain: (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(),
    };
  };

  // What a check finds: mistakes, each at its field, and advice that stops nobody.
  proposals.findings = (checks) => {
    const errors = [], advice = [];
    const label = (id) => at(id).closest(".rt-field")?.querySelector("label, legend")?.firstChild.textContent.trim();
    return {
      errors, advice,
      wrong(id, found) { if (found) errors.push({ id, label: label(id), ...found }); },
      hint(name, values) { advice.push(checks.said(name, values)); },
    };
  };

  // What is in another language than the page says so; its direction follows from its letters.
  const spoken = (element, lang) => {
    if (lang) Object.assign(element, { lang, dir: "auto" });
    return element;
  };
  proposals.spoken = spoken;
  const option = ([value, textContent, lang]) => spoken(make("option", { value, textContent }), lang);

  // The records of a collection: id, name, and its language where it is not the page's.
  proposals.named = (page, collection, ids = Object.keys(page[collection])) =>
    ids.map((id) => [id, page[collection][id] || id, page.langs[collection][id]]);

  proposals.options = (select, choices, first) => {
    const kept = select.value;
    select.replaceChildren(...(first === undefined ? [] : [make("option", { value: "", textContent: first })]));
    for (const choice of choices) {
      if (choice.group === undefined) select.append(option(choice));
      else {
        const group = make("optgroup", { label: choice.group });
        group.append(...choice.choices.map(option));
        select.append(group);
      }
    }
    select.value = kept;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  };

  // Mistakes

  const clear = (element) => {
    const error = at(`${element.id}-error`);
    if (!error) return;
    error.remove();
    element.removeAttribute("aria-invalid");
    const left = (element.getAttribute("aria-describedby") || "").split(" ").filter((id) => id !== error.id);
    if (left.filter(Boolean).length) element.setAttribute("aria-describedby", left.join(" "));
    else element.removeAttribute("aria-describedby");
  };

  const mark = ({ id, text, hint }) => {
    const element = at(id);
    if (at(`${id}-error`)) return;
    const error = make("p", { className: "rt-error", id: `${id}-error` },
      make("b", { textContent: text }), ` ${hint}`);
    element.before(error);
    element.setAttribute("aria-invalid", "true");
    element.setAttribute("aria-describedby",
      [error.id, element.getAttribute("aria-describedby")].filter(Boolean).join(" "));
    for (let part = element.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  };

  const showErrors = (form, errors, texts) => {
    for (const element of form.querySelectorAll("[aria-invalid]")) clear(element);
    const box = at("errors");
    box.hidden = !errors.length;
    if (!errors.length) return;
    errors.forEach(mark);
    const count = errors.length === 1 ? texts["one-error"] : texts["many-errors"];
    at("errors-count").textContent = proposals.fill(count, { count: errors.length });
    box.querySelector("ul").replaceChildren(...errors.map(({ id, text, label }) => {
      const link = make("a", { href: `#${id}`, textContent: [label, text].filter(Boolean).join(/[?؟]$/.test(label) ? " " : ": ") });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        at(id).focus();
        at(id).closest(".rt-field, .rt-item")?.scrollIntoView({ block: "center" });
      });
      return make("li", {}, link);
    }));
    box.focus();
    box.scrollIntoView({ block: "start" });
  };

  // Words with a meaning: that of the chosen one stands below the choice.

  proposals.meanings = (within) => {
    for (const select of within.querySelectorAll("select[data-meanings]")) {
      const show = () => {
        at(`${select.id}-means`).textContent = select.selectedOptions[0]?.dataset.means || "";
      };
      select.addEventListener("change", show);
      show();
    }
  };

  // Parts that can be repeated: each has ids of its own, by its number.

  proposals.repeated = (list, build, onChange) => {
    let last = -1;
    const add = (number = last + 1) => {
      last = Math.max(last, number);
      const item = build(number);
      item.dataset.number = number;
      list.append(item);
      item.querySelector("[data-remove]")?.addEventListener("click", () => {
        item.remove();
        onChange();
        (list.querySelector("input") || list).focus();
      });
      onChange();
      return item;
    };
    return { add, items: () => [...list.children], clear: () => list.replaceChildren() };
  };

  // A draft, in this tab only, until it is closed.

  const draft = (form, key) => {
    const fields = () => [...form.elements].filter((field) => field.id && field.matches("input, select, textarea"));
    return {
      save() {
        const kept = fields().filter((f) => (f.type === "checkbox" ? f.checked : f.value && f.type !== "search"))
          .map((f) => [f.id, f.type === "checkbox" ? "on" : f.value]);
        try { sessionStorage.setItem(key(), JSON.stringify(kept)); } catch { /* then there is no draft */ }
      },
      restore(makeRoom) {
        let kept = [];
        try { kept = JSON.parse(sessionStorage.getItem(key())) || []; } catch { return false; }
        for (const [id, value] of kept) {
          makeRoom(id);
          const field = at(id);
          if (!field || field.form !== form) continue;
          if (field.type === "checkbox") field.checked = true;
          else if (field.tagName !== "SELECT" || [...field.options].some((o) => o.value === value)) field.value = value;
          field.dispatchEvent(new Event("change", { bubbles: true }));
        }
        return kept.length > 0;
      },
      forget() { try { sessionStorage.removeItem(key()); } catch { /* there was none */ } },
    };
  };

  // The finished file, and the ways out.

  proposals.showFile = (page, { path, text, what, advice }) => {
    const { fill } = proposals;
    const result = at("result");
    at("result-what").textContent = what;
    at("file-name").textContent = path;
    at("preview").textContent = text;
    at("said").textContent = "";
    at("advice").hidden = !advice.length;
    at("advice").querySelector("ul").replaceChildren(...advice.map((said) =>
      make("li", {}, make("b", { textContent: said.text }), ` ${said.hint}`)));
    proposals.downloadable(at("download"), path.split("/").pop(), text);
    const send = at("send"), notice = at("too-long");
    const address = page.forge && proposals.address(page.forge, path, text);
    const long = Boolean(address) && address.length > page.most;
    send.hidden = !page.forge;
    notice.hidden = page.forge ? !long : false;
    notice.textContent = page.forge ? page.texts["too-long"] : page.texts["no-forge"];
    if (page.forge) {
      send.href = long ? proposals.address(page.forge, path) : address;
      send.textContent = fill(page.texts[long ? "open-empty" : "open-filled"], { forge: page.forge.label });
    }
    result.hidden = false;
    result.focus();
    result.scrollIntoView({ block: "start" });
  };

  // Wires a form. `read` gives what was entered, `check` the mistakes (place, text, hint) and
  // advice, `compose` the file; `makeRoom` makes the part that a remembered field stands in.
  proposals.start = (page, { key, read, check, compose, makeRoom, reset }) => {
    const form = at("propose");
    const kept = draft(form, key);
    proposals.meanings(form);
    form.addEventListener("input", (event) => { clear(event.target); at("result").hidden = true; kept.save(); });
    form.addEventListener("change", (event) => { clear(event.target); kept.save(); });
    form.addEventListener("reset", () => {
      kept.forget();  // at once: who reloads the page now must not find it again
      setTimeout(() => {  // when the fields have their first values
        showErrors(form, [], page.texts);
        at("result").hidden = true;
        reset();
        for (const select of form.querySelectorAll("select")) select.dispatchEvent(new Event("change"));
        kept.forget();
      });
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const entered = read();
      const { errors, advice } = check(entered);
      at("result").hidden = true;
      showErrors(form, errors, page.texts);
      if (!errors.length) proposals.showFile(page, { ...compose(entered), advice });
    });
    at("copy").addEventListener("click", async () => {
      const done = await proposals.copy(at("preview"));
      at("said").textContent = page.texts[done ? "copied" : "not-copied"];
    });
    at("change").addEventListener("click", () => { form.querySelector("select, input").focus(); form.scrollIntoView(); });
    form.hidden = false;
    return { restore: () => kept.restore(makeRoom) };
  };
})();
