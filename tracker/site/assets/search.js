// The search page: what is asked stands in the address, results come as one types, and arrow
// keys lead through them. The index is Pagefind's and is fetched in small pieces.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("rt-search-data").textContent);
  const { words } = data;
  const form = document.querySelector(".rt-searching");
  const find = form.elements.q;
  const output = form.querySelector("output");
  const list = document.querySelector(".rt-results");
  const further = document.querySelector(".rt-further");
  const PAGE = 10;
  const SENSE = 3; // letters
  let pagefind = null;
  let plainly = location.protocol === "file:";
  let results = [];
  let shown = 0;
  let turn = 0; // an answer that comes after a later question is dropped
  let strange = [];

  const choices = new rt.Choices(form.querySelector(".rt-facets"), data.facets, words, () => { strange = []; ask(); });
  let counted = null;
  choices.count = (name) => {
    if (!counted) { count(); return null; }
    const facet = data.facets.find((other) => other.name === name);
    return counted[name] && facet.choices.map(([key]) => counted[name][key] || 0);
  };

  let ready = null;
  const engine = () => (ready ??= load());

  async function load() {
    if (plainly) return;
    try {
      const loaded = await import(new URL("pagefind/pagefind.js", document.baseURI));
      // Without a worker: it would be as much again to fetch, for an answer of a few milliseconds.
      await loaded.options({ baseUrl: "/", excerptLength: 28, noWorker: true, metaCacheTag: rt.entry });
      await loaded.init();
      pagefind = loaded;
    } catch {
      plainly = true; // no index here, as while records are edited
    }
  }

  // A body with a status is one value in the index: both must be true of the same one.
  function filters() {
    const wanted = {};
    for (const [name, values] of choices.chosen) if (values.size) wanted[name] = [...values];
    if (wanted.actor && wanted.status) {
      wanted.pair = wanted.actor.flatMap((actor) => wanted.status.map((status) => `${actor}/${status}`));
      delete wanted.actor;
      delete wanted.status;
    }
    return wanted;
  }

  const anyOf = (wanted) => Object.fromEntries(Object.entries(wanted).map(([name, values]) => [name, { any: values }]));

  async function ask() {
    const mine = ++turn;
    const query = rt.cut(find.value.trim());
    const wanted = filters();
    remember(query);
    if (!query && !Object.keys(wanted).length) {
      results = [];
      draw();
      say(words.no_words);
      return;
    }
    try {
      await engine();
      if (mine !== turn) return;
      const found = plainly
        ? await rt.findPlainly(query, wanted)
        : (await pagefind.search(query || null, { filters: anyOf(wanted) })).results;
      if (mine !== turn) return;
      results = found;
      counted = null;
      await draw(mine);
      if (mine !== turn) return;
      say(results.length ? rt.filled(words.results, { count: rt.number(results.length) }) : words.none);
      choices.refresh();
    } catch {
      if (mine === turn) say(words.failed);
    }
  }

  // How many results each choice has: fetched only when somebody opens a list.
  async function count() {
    if (plainly) return;
    const mine = turn;
    await engine();
    if (plainly) return;
    const all = await pagefind.filters();
    const query = rt.cut(find.value.trim());
    const found = query || Object.keys(filters()).length
      ? (await pagefind.search(query || null, { filters: anyOf(filters()) })).filters : all;
    if (mine !== turn) return;
    counted = found;
    choices.refresh();
  }

  function say(text) {
    output.textContent = [text, ...strange, ...(plainly && results.length ? [words.plain] : [])].join(". ");
  }

  // All are asked for at once, and each is shown as soon as those before it are there.
  async function draw(mine = turn) {
    const pieces = results.slice(0, PAGE).map((result) => result.data());
    Promise.allSettled(pieces); // what comes too late to be shown may fail in silence
    if (!pieces.length) list.replaceChildren();
    for (const [place, piece] of pieces.entries()) {
      const made = line(await piece);
      if (mine !== turn) return;
      if (place) list.append(made); else list.replaceChildren(made);
    }
    shown = pieces.length;
    further.hidden = shown >= results.length;
  }

  async function more() {
    const mine = turn;
    const first = shown;
    const pieces = await Promise.all(results.slice(shown, shown + PAGE).map((result) => result.data()));
    if (mine !== turn) return;
    list.append(...pieces.map(line));
    shown += pieces.length;
    further.hidden = shown >= results.length;
    list.children[first]?.querySelector("a").focus();
  }

  // Pagefind gives a text with <mark>; it is taken apart and never read as HTML.
  function marked(text) {
    const decoded = (part) => new DOMParser().parseFromString(`<p>${part.replaceAll("<", "&lt;")}`, "text/html").body.textContent;
    return text.split(/<mark>|<\/mark>/).map((part, index) => [decoded(part), index % 2 === 1]);
  }

  function line(found) {
    const meta = found.meta || found;
    const url = (found.raw_url || found.url).replace(/^\/+/, "");
    const spoken = meta.lang ? { lang: meta.lang, dir: "auto" } : {}; // where that is not the page's
    const link = rt.element("a", { href: url, textContent: meta.title, ...spoken });
    const head = rt.element("h2", {}, link);
    const facts = rt.element("p", { className: "rt-found" });
    const status = data.statuses[meta.status];
    if (status) facts.append(rt.element("span", { className: status[1], textContent: status[0] }), " ");
    const where = [data.collections[meta.collection], meta.where].filter(Boolean);
    facts.append(rt.element("span", { textContent: [...new Set(status ? where.slice(1) : where)].join(" · ") }));
    if (meta.who) facts.append(rt.element("span", { className: "rt-who", textContent: rt.filled(words.asked, { names: rt.cut(meta.who, 160) }) }));
    const text = rt.element("p", spoken);
    for (const [part, hit] of found.pieces || marked(found.excerpt)) text.append(hit ? rt.element("mark", { textContent: part }) : part);
    return rt.element("li", {}, head, facts, text);
  }

  function remember(query) {
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query); else address.searchParams.delete("q");
    choices.write(address.searchParams);
    rt.remember(address);
  }

  // What is the first to make sense is asked at once; after that, whenever typing pauses.
  let waiting = 0;
  let begun = false;
  find.addEventListener("input", () => {
    strange = [];
    clearTimeout(waiting);
    const first = !begun && [...find.value.trim()].length >= SENSE;
    begun ||= first;
    if (first) ask(); else waiting = setTimeout(ask, 150);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); ask(); });
  form.addEventListener("reset", () => setTimeout(() => { choices.clear(); strange = []; ask(); find.focus(); }));
  further.addEventListener("click", more);
  document.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const inField = document.activeElement === find;
    if (at < 0 && !inField) return;
    if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      (links[at + 1] || (further.hidden ? links[at] : further)).focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] || find).focus();
    } else if (event.key === "Escape" && at >= 0) {
      find.focus();
    } else if (event.key === "Enter" && inField && links.length && !event.isComposing && find.dataset.asked === find.value) {
      event.preventDefault();
      links[0].focus();
    } else if (event.key === "Enter" && inField) {
      find.dataset.asked = find.value;
    }
  });

  const parameters = new URLSearchParams(location.search);
  find.value = rt.cut(parameters.get("q") || "");
  strange = choices.read(parameters);
  form.hidden = false;
  // The field on the page itself is the one to type into; the one in the header would be a second.
  const header = document.querySelector(".rt-find");
  if (header) header.hidden = true;
  find.focus({ preventScroll: true });
  engine(); // while the first word is being typed
  ask();
})();
