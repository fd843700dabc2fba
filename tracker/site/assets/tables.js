// Sorts and filters the tables that are already complete. What is shown is always in the
// address, so that a link to it can be sent. Nothing is fetched.
(() => {
  "use strict";

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = rt.element("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const key = (row) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent.trim() ?? "";
        const rows = [...table.tBodies[0].rows].map((row) => [key(row), row]);
        // What has no value stays at the end in both directions.
        rows.sort(([a], [b]) => (!a - !b) || (up ? rt.collator.compare(a, b) : rt.collator.compare(b, a)));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  }

  // One pass over the rows: which of them fit, and how many would fit with each choice more.
  // Facets of pairs have a value for each body that was asked; “AU” and “implemented” must be
  // true of the same one.
  function sift(rows, facets, chosen, words) {
    const counts = facets.map((facet) => new Array(facet.choices.length).fill(0));
    const single = facets.map((facet, f) => f).filter((f) => !facets[f].pair);
    const paired = facets.map((facet, f) => f).filter((f) => facets[f].pair);
    const has = (value, f) => !chosen[f].size || chosen[f].has(value);
    const fits = rows.map((row) => {
      if (words.length && !words.every((word) => row.text.includes(word))) return false;
      const failed = single.filter((f) => chosen[f].size && !row.values[f].some((value) => chosen[f].has(value)));
      const length = paired.length ? row.values[paired[0]].length : 0;
      let inPairs = !paired.some((f) => chosen[f].size);
      const seen = paired.map(() => new Set());
      for (let i = 0; i < length; i++) {
        const wrong = paired.filter((f) => !has(row.values[f][i], f));
        if (!wrong.length) inPairs = true;
        if (failed.length) continue;
        paired.forEach((f, place) => {
          if (!wrong.length || (wrong.length === 1 && wrong[0] === f)) seen[place].add(row.values[f][i]);
        });
      }
      paired.forEach((f, place) => { for (const value of seen[place]) if (value >= 0) counts[f][value]++; });
      if (inPairs && failed.length < 2) {
        for (const f of single) {
          if (failed.length && failed[0] !== f) continue;
          for (const value of row.values[f]) if (value >= 0) counts[f][value]++;
        }
      }
      return inPairs && !failed.length;
    });
    return { fits, counts };
  }

  // A cell as one line. What begins like a formula must not become one in a spreadsheet.
  function field(text) {
    let line = text.replace(/\s+/g, " ").trim();
    if (/^[=+\-@\t\r]/.test(line)) line = `'${line}`;
    return /[",;\n]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
  }

  function textOf(cell) {
    const parts = [...cell.childNodes].map((node) => node.textContent.replace(/\s+/g, " ").trim()).filter(Boolean);
    return [...cell.querySelectorAll("small")].length ? parts.join("; ") : cell.textContent;
  }

  function download(table, words) {
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const lines = [[...heads, words.id, words.address]];
    for (const row of table.tBodies[0].rows) {
      if (row.hidden) continue;
      const link = row.querySelector("th a[href]") ?? row.querySelector("a[href]");
      const address = link ? link.href : "";
      const id = address ? decodeURIComponent(new URL(address).pathname.split("/").pop().replace(/\.html$/, "")) : "";
      lines.push([...[...row.cells].map(textOf), id, address]);
    }
    // With a mark at the start, without which Excel takes UTF-8 for something else.
    const text = `\ufeff${lines.map((line) => line.map(field).join(",")).join("\r\n")}\r\n`;
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const name = document.querySelector("h1").firstChild.textContent.trim().replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);
    const link = rt.element("a", { href: url, download: `${name || "table"}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = rt.element("textarea", { value: text, className: "rt-hidden" });
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  function makeFilter(form, table, data) {
    const { facets, words } = data;
    const find = form.elements.find;
    const FIND = form.dataset.find || "find"; // its name in the address, which several tables may share
    const output = form.querySelector("output");
    const printed = rt.element("p", { className: "rt-printed" });
    table.before(printed);
    const rows = [...table.tBodies[0].rows].map((row, index) => ({
      row, values: (data.rows[index] ?? []).map((value) => [value].flat()), text: rt.plain(row.textContent),
    }));
    let strange = [];
    let counts = [];
    const choices = new rt.Choices(form.querySelector(".rt-facets"), facets, words, () => { strange = []; show(); remember(); });
    choices.count = (name) => counts[facets.findIndex((facet) => facet.name === name)];

    function show() {
      const chosen = facets.map((facet) => {
        const keys = choices.chosen.get(facet.name);
        return new Set(facet.choices.map(([key], index) => (keys.has(key) ? index : -1)).filter((index) => index >= 0));
      });
      const looked = rt.plain(rt.cut(find.value)).split(/\s+/).filter(Boolean);
      const found = sift(rows, facets, chosen, looked);
      counts = found.counts;
      let count = 0;
      rows.forEach(({ row }, index) => {
        const on = found.fits[index];
        if (row.hidden === on) row.hidden = !on;
        count += on;
      });
      const values = { count: rt.number(count), total: rt.number(rows.length) };
      const told = rt.filled(count === rows.length ? words.all : words.some, values);
      output.textContent = [told, ...strange].join(". ");
      printed.textContent = [told, ...choices.inWords, ...(find.value.trim() ? [`“${rt.cut(find.value.trim())}”`] : [])].join(" · ");
      choices.refresh();
    }

    function remember() {
      const address = new URL(location.href);
      choices.write(address.searchParams);
      if (find.value.trim()) address.searchParams.set(FIND, rt.cut(find.value.trim()));
      else address.searchParams.delete(FIND);
      rt.remember(address);
    }

    const parameters = new URLSearchParams(location.search);
    find.value = rt.cut(parameters.get(FIND) || "");
    strange = choices.read(parameters);
    find.addEventListener("input", () => { strange = []; show(); remember(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { choices.clear(); strange = []; show(); remember(); }));
    form.addEventListener("click", async (event) => {
      const act = event.target.dataset.do;
      if (act === "csv") download(table, words);
      if (act === "print") print();
      if (act === "copy") output.textContent = (await copied(location.href)) ? words.copied : words.not_copied;
    });
    form.hidden = false;
    show();
  }

  for (const table of document.querySelectorAll("table.rt-table[id]")) {
    makeSortable(table);
    const form = document.querySelector(`form.rt-filter[data-table="${table.id}"]`);
    if (form) makeFilter(form, table, JSON.parse(document.getElementById(`${table.id}-data`).textContent));
  }
})();
