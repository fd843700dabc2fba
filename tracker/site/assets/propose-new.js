// The form for a recommendation that is not here yet: it makes a whole record, under the
// next free name of its document.
(() => {
  "use strict";
  const { page, texts, checks, form, at, make, fill, options, spoken, field, entered, plain } = proposals.begun();

  // Lists to tick in

  const ticked = (name) => [...form.querySelectorAll(`[data-ticks="${name}"] :checked`)].map((box) => box.value);

  const tickList = (name, choices) => {
    const part = form.querySelector(`[data-ticks="${name}"]`);
    const box = part.querySelector(".rt-tickbox"), chosen = part.querySelector("[data-chosen]");
    const rows = choices.map(([value, text, lang]) => {
      const id = `t-${name}-${value}`;
      const row = make("div", {}, make("input", { type: "checkbox", id, value }),
        spoken(make("label", { htmlFor: id, textContent: text }), lang));
      box.append(row);
      return { row, text: plain(`${text} ${value}`), value, label: text };
    });
    const narrow = part.querySelector("[data-narrow]");
    narrow.addEventListener("input", () => {
      const words = plain(narrow.value).split(/\s+/).filter(Boolean);
      for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
    });
    narrow.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    const show = () => {
      const on = new Set(ticked(name));
      chosen.textContent = rows.filter(({ value }) => on.has(value)).map(({ label }) => label).join(", ") || chosen.dataset.none;
    };
    box.addEventListener("change", show);
    show();
    return () => { narrow.value = ""; narrow.dispatchEvent(new Event("input")); show(); };
  };

  const sorted = (collection) => proposals.named(page, collection).sort((a, b) => a[1].localeCompare(b[1], document.documentElement.lang));
  const lists = [
    tickList("addressed_to", sorted("actors")),
    tickList("themes", sorted("themes")),
    tickList("regions", Object.entries(page.regions)),
  ];

  const inferred = () => [...at("inferred").querySelectorAll(":checked")].map((box) => box.value);
  const adapt = () => {
    const on = new Set(inferred());
    const asked = ticked("addressed_to");
    at("inferred").replaceChildren(...asked.map((id) => make("div", {},
      make("input", { type: "checkbox", id: `i-${id}`, value: id, checked: on.has(id) }),
      spoken(make("label", { htmlFor: `i-${id}`, textContent: page.actors[id] }), page.langs.actors[id]))));
    form.querySelector('[data-field="inferred_addressees"]').hidden = !asked.length;
  };

  // Measures

  const measures = proposals.repeated(at("measures"), (number) => {
    const id = `m${number}`;
    return make("div", { className: "rt-field" },
      make("label", { htmlFor: id, textContent: fill(texts["measure"], { count: number + 1 }) }),
      make("input", { id, type: "text", autocomplete: "off", dir: "auto" }));
  }, () => {});

  const read = () => ({
    source: field("source").value, locator: entered(field("locator")), kind: field("kind").value,
    strength: field("strength").value, title: entered(field("title")), body: entered(field("body")),
    deadline: entered(field("deadline")),
    measures: measures.items().map((item) => ({ id: item.querySelector("input").id, text: entered(item.querySelector("input")) }))
      .filter(({ text }) => text),
    addressed_to: ticked("addressed_to"), inferred_addressees: inferred(),
    themes: ticked("themes"), regions: ticked("regions"),
  });

  const check = (said) => {
    const { errors, advice, wrong, hint } = proposals.findings(checks);

    wrong("f-source", said.source ? null : checks.said("needed"));
    wrong("f-locator", checks.plain(said.locator, "locator"));
    wrong("f-title", said.title ? checks.plain(said.title, "title") : checks.said("needed"));
    wrong("f-body", checks.prose(said.body, "text"));
    for (const { id, text } of said.measures) wrong(id, checks.plain(text, "measures"));
    if (said.deadline) wrong("f-deadline", checks.date(said.deadline));
    const verb = said.title.split(" ", 1)[0].toLowerCase().replace(/^[,.:;]+|[,.:;]+$/g, "");
    if (!said.addressed_to.length) hint("no-addressee");
    else if (said.addressed_to.every((id) => page.broad.includes(id))) hint("too-broad", { actor: said.addressed_to[0] });
    if (!said.measures.length) hint("no-measure");
    if (!said.locator) hint("no-locator");
    if (page.vague.includes(verb)) hint("vague-verb", { verb });
    if ([...said.title].length > page.longest) hint("long-title", { count: [...said.title].length });
    if (!said.themes.length) hint("no-theme");
    if (!said.body) hint("no-text");
    return { errors, advice };
  };

  let name = null; // the file's name where the next one was taken

  const compose = (said) => {
    const ids = page.free[said.source];
    const id = ids.includes(name) ? name : ids[0];
    const text = proposals.file(page.shape, [
      ...["title", "source", "locator", "kind", "strength", "addressed_to", "inferred_addressees", "themes", "regions",
        "deadline"].map((key) => [key, said[key]]),
      ["measures", said.measures.map((measure) => measure.text)],
    ], said.body);
    at("taken").hidden = false;
    at("others").replaceChildren(...ids.filter((other) => other !== id).map((other) => {
      const button = make("button", { type: "button", className: "rt-button", textContent: other, dir: "ltr" });
      button.addEventListener("click", () => { name = other; form.requestSubmit(); });
      return button;
    }));
    const what = fill(texts["what"], { title: said.title, source: page.sources[said.source] });
    return { path: `${page.folder}/${said.source}/${id}.md`, text, what };
  };

  options(field("source"), proposals.named(page, "sources"), texts["choose"]);
  at("result").append(at("taken"));
  const { restore } = proposals.start(page, {
    key: () => "tracker-propose-new", read, check, compose,
    makeRoom(id) {
      if (/^m\d+$/.test(id) && !at(id)) measures.add(Number(id.slice(1)));
      if (id.startsWith("i-")) adapt();
    },
    reset() { name = null; measures.clear(); measures.add(); adapt(); for (const again of lists) again(); },
  });
  form.addEventListener("change", (event) => { if (event.target.closest('[data-ticks="addressed_to"]')) adapt(); });
  at("add-measure").addEventListener("click", () => measures.add().querySelector("input").focus());
  restore();
  adapt();
  if (!measures.items().length) measures.add();
  const asked = new URLSearchParams(location.search).get("source");
  if (asked && page.sources[asked]) field("source").value = asked;
})();
