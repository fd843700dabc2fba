// The form for one assessment of one recommendation. Which one it is stands in the address,
// with its title, those who were asked and the entries so far, so that the form works from a
// disk; on a server, the site's own data has the last word.
(() => {
  "use strict";
  const { page, texts, checks, form, at, make, fill, options, field, entered, plain } = proposals.begun();
  const known = new URLSearchParams(location.search);
  const slug = new RegExp(`^(?:${page.patterns.slug})$`);
  const onServer = location.protocol.startsWith("http");
  const titled = (id) => page.actors[id] || id;
  const OTHER = "*";

  let subject = null; // {id, title, asked: [actor], log: [{actor, by, date, corrects}]}

  // Which recommendation

  const fromAddress = () => ({
    id: known.get("id"),
    title: (known.get("title") || "").slice(0, 400),
    asked: (known.get("asked") || "").split(",").filter((id) => page.actors[id]),
    log: (known.get("log") || "").split(",").filter(Boolean).map((entry) => {
      const [actor, by, date, corrects] = entry.split("/");
      return { actor, by, date, corrects: corrects || "" };
    }),
  });

  const fromData = (data) => ({
    id: data.id,
    title: data.record.title,
    asked: data.record.addressed_to || [],
    log: (data.record.assessments || []).map(({ actor, by, date, corrects = "" }) => ({ actor, by, date, corrects })),
  });

  const fetched = async (path) => {
    const answer = await fetch(page.api + path);
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };

  const asserted = async () => {
    const id = known.get("id") || "";
    if (!id) return null;
    if (!slug.test(id)) return { unknown: id };
    if (onServer) {
      try {
        let data = await fetched(`recommendations/${id}.json`);
        if (data?.moved_to) data = await fetched(`recommendations/${data.moved_to}.json`);
        return data ? fromData(data) : { unknown: id };
      } catch { /* offline: the address will do */ }
    }
    return fromAddress();
  };

  const choose = async (unknown) => {
    at("choose").hidden = false;
    const count = at("found-count"), find = at("find-recommendation");
    if (unknown) count.textContent = fill(texts["no-such"], { id: proposals.shortened(unknown) });
    let all = null;
    try { all = onServer ? (await fetched("recommendations.json")).items : null; } catch { /* said below */ }
    if (!all) {
      find.disabled = true;
      count.textContent = texts["cant-search"];
      return;
    }
    const items = all.map((item) => ({ ...item, text: plain(`${item.title} ${item.id}`) }));
    const search = () => {
      const words = plain(find.value).split(/\s+/).filter(Boolean);
      const fits = words.length ? items.filter((item) => words.every((word) => item.text.includes(word))) : [];
      count.textContent = words.length ? fill(texts[fits.length > 20 ? "found-many" : "found"], { count: fits.length }) : "";
      at("found").replaceChildren(...fits.slice(0, 20).map((item) => make("li", {},
        make("a", { href: `?id=${encodeURIComponent(item.id)}`, textContent: item.title }), " ",
        make("small", { textContent: item.id, dir: "ltr" }))));
    };
    find.addEventListener("input", search);
    if (find.value) search(); // typed while the list was on its way
  };

  // Who may be assessed: those asked, and the members of groups that were asked

  const people = (ids) => proposals.named(page, "actors", [...new Set(ids)])
    .sort((a, b) => a[1].localeCompare(b[1], document.documentElement.lang));
  const membersOf = (ids, seen = new Set()) => ids.flatMap((id) => (page.members[id] || []).flatMap((member) => {
    if (seen.has(member)) return [];
    seen.add(member);
    return [member, ...membersOf([member], seen)];
  }));

  const fillActors = () => {
    const asked = proposals.named(page, "actors", subject.asked);
    const members = people(membersOf(subject.asked)).filter(([id]) => !subject.asked.includes(id));
    const groups = [{ group: texts["asked"], choices: asked }, { group: texts["members"], choices: members }];
    options(field("actor"), [...groups.filter(({ choices }) => choices.length), [OTHER, texts["another"]]], texts["choose"]);
    const taken = new Set([...subject.asked, ...membersOf(subject.asked)]);
    options(field("other"), people(Object.keys(page.actors)).filter(([id]) => !taken.has(id)), texts["choose"]);
  };

  const actor = () => (field("actor").value === OTHER ? field("other").value : field("actor").value);

  const sameHands = () => subject.log.filter((entry) => entry.actor === actor() && entry.by === field("by").value);

  const adapt = () => {
    form.querySelector('[data-field="other"]').hidden = field("actor").value !== OTHER;
    const dates = [...new Set(sameHands().map((entry) => entry.date))].sort().reverse();
    form.querySelector('[data-field="corrects"]').hidden = !dates.length;
    options(field("corrects"), dates.map((date) => [date, fill(texts["corrects"], { date })]), texts["adds"]);
    const length = field("note").value.length;
    at("f-note-count").textContent = length > 600 ? fill(texts["length"], { count: length.toLocaleString(document.documentElement.lang) }) : "";
  };

  // Evidence

  const evidence = proposals.repeated(at("evidence"), (number) => {
    const item = at("evidence-item").content.firstElementChild.cloneNode(true);
    for (const element of item.querySelectorAll("[id], [for], [aria-describedby]")) {
      for (const name of ["id", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replaceAll("e0-", `e${number}-`));
      }
    }
    options(item.querySelector('[name="source"]'), proposals.named(page, "sources"), texts["none"]);
    return item;
  }, () => {
    evidence?.items().forEach((item, place) => {
      item.querySelector("legend").textContent = fill(texts["document"], { count: place + 1 });
    });
  });
  const addEvidence = (number) => {
    const item = evidence.add(number);
    proposals.meanings(item);
    evidence.items().forEach((other, place) => {
      other.querySelector("legend").textContent = fill(texts["document"], { count: place + 1 });
    });
    return item;
  };

  const EVIDENCE = ["title", "publisher", "symbol", "source", "locator", "url", "date", "accessed", "archived", "shows", "stance"];

  const read = () => ({
    actor: actor(), date: entered(field("date")), status: field("status").value, response: field("response").value,
    result: field("result").value, by: field("by").value, basis: field("basis").value,
    confidence: field("confidence").value, note: entered(field("note")), corrects: field("corrects").value,
    evidence: evidence.items().map((item) => {
      const values = { number: item.dataset.number };
      for (const name of EVIDENCE) values[name] = entered(item.querySelector(`[name="${name}"]`));
      return values;
    }).filter((values) => EVIDENCE.some((name) => values[name] && name !== "stance")),
  });

  const check = (said) => {
    const { errors, advice, wrong, hint } = proposals.findings(checks);
    const needed = (id, value) => wrong(id, value ? null : checks.said("needed"));
    const today = proposals.today();

    needed(field("actor").value === OTHER ? "f-other" : "f-actor", said.actor);
    if (said.date) wrong("f-date", checks.past(said.date, today));
    else needed("f-date", said.date);
    if (!said.status && !said.response) wrong("f-status", checks.said("says-nothing", { actor: said.actor || texts["somebody"] }));
    said.evidence.forEach((item) => {
      const id = (name) => `e${item.number}-${name}`;
      needed(id("title"), item.title);
      for (const name of ["title", "publisher", "symbol", "locator", "shows"]) wrong(id(name), checks.plain(item[name], name));
      for (const name of ["url", "archived"]) if (item[name]) wrong(id(name), checks.url(item[name]));
      for (const name of ["date", "accessed"]) if (item[name]) wrong(id(name), checks.date(item[name]));
      if (!item.url && !item.symbol && !item.source) wrong(id("url"), checks.said("unfindable", { title: item.title }));
    });
    if (page.evident.includes(said.status) && !said.evidence.length) {
      const first = evidence.items()[0] ?? addEvidence();
      wrong(`e${first.dataset.number}-title`, checks.said("no-evidence", { status: said.status, actor: said.actor || texts["somebody"] }));
    }
    wrong("f-note", checks.plain(said.note, "note"));
    needed("f-by", said.by);
    const last = (text) => (checks.date(text) ? text : checks.lastDay(text));
    if (said.date && !checks.date(said.date)) {
      const equal = sameHands().some((e) => last(e.date) === last(said.date) && e.corrects === said.corrects);
      if (equal) wrong("f-date", checks.said("equal", { actor: said.actor, by: said.by, date: said.date }));
    }
    if (field("actor").value === OTHER && said.actor) {
      if (!said.note) wrong("f-note", checks.said("why-this-body", { actor: titled(said.actor) }));
      hint("not-addressed", { actor: said.actor, asked: subject.asked.join(", ") || texts["nobody"] });
    }
    if (said.status === "no-evidence" && !said.note && !said.evidence.length) hint("searched-where");
    if (!said.note && said.status && said.status !== "no-evidence") hint("no-note");
    return { errors, advice };
  };

  const compose = (said) => {
    const items = said.evidence.map((item) =>
      EVIDENCE.filter((name) => name !== "stance" || item.stance !== "supports").map((name) => [name, item[name]]));
    const keys = ["actor", "date", "status", "response", "result", "by", "basis", "confidence"];
    const text = proposals.file(page.shape, [
      ["recommendation", subject.id], ...keys.map((key) => [key, said[key]]),
      ["evidence", items], ["note", said.note], ["corrects", said.corrects],
    ]);
    const name = `${subject.id}--${said.actor}--${said.date}`;
    let free = name;
    for (let number = 2; page.inbox.includes(free); number += 1) free = `${name}-${number}`;
    const word = (key) => field(key).selectedOptions[0].textContent;
    const parts = [said.status && word("status"), said.response && fill(texts["replied"], { reply: word("response") })];
    const what = fill(texts["what"], {
      actor: titled(said.actor), date: said.date, by: titled(said.by), said: parts.filter(Boolean).join("; "),
    });
    return { path: `${page.folder}/${free}.md`, text, what };
  };

  const begin = () => {
    at("about-link").textContent = subject.title || subject.id;
    at("about-link").href = `${page.records}${subject.id}.html`;
    at("about-id").textContent = subject.id;
    options(field("by"), people(Object.keys(page.actors)).sort((a, b) => (b[0] === page.lead) - (a[0] === page.lead)), texts["choose"]);
    fillActors();
    const { restore } = proposals.start(page, {
      key: () => `tracker-propose:${subject.id}`, read, check, compose,
      makeRoom(id) {
        const number = /^e(\d+)-/.exec(id)?.[1];
        if (number && !at(id)) addEvidence(Number(number));
      },
      reset() { evidence.clear(); addEvidence(); adapt(); },
    });
    form.addEventListener("input", adapt);
    form.addEventListener("change", adapt);
    at("add-evidence").addEventListener("click", () => addEvidence().querySelector("input").focus());
    restore();
    adapt();
    if (!evidence.items().length) addEvidence();
  };

  asserted().then((found) => {
    if (!found || found.unknown !== undefined) return choose(found?.unknown);
    subject = found;
    return begin();
  });
})();
