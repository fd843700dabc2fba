// Sorts and filters the tables that are already complete. What is shown is always in the
// address, so that a link to it can be sent. Nothing is fetched.
(() => {
  "use strict";
  const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true, sensitivity: "base" });
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const known = new URLSearchParams(location.search);

  const rowsOf = (table) => [...table.tBodies[0].rows];

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const key = (row) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent.trim() ?? "";
        const rows = rowsOf(table).map((row) => [key(row), row]);
        // What has no value stays at the end in both directions.
        rows.sort(([a], [b]) => (!a - !b) || (up ? collator.compare(a, b) : collator.compare(b, a)));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  }

  function makeFilter(form, table) {
    const fields = [...form.elements].filter((field) => field.name);
    const output = form.querySelector("output");
    const rows = rowsOf(table).map((row) => ({ row, text: plain(row.textContent) }));
    let strange = [];

    // One body with one status: “AU” and “implemented” must be true of the same pair.
    const fits = (row, chosen, words) => {
      const data = row.row.dataset;
      if (!words.every((word) => row.text.includes(word))) return false;
      if (chosen.actor && chosen.status && data.pair) {
        if (!data.pair.split(" ").includes(`${chosen.actor}/${chosen.status}`)) return false;
      }
      return Object.entries(chosen).every(([name, value]) => (data[name] || "").split(" ").includes(value));
    };

    const show = () => {
      const chosen = {};
      let words = [];
      for (const field of fields) {
        const value = field.value.trim();
        if (field.name === "find") words = plain(value).split(/\s+/).filter(Boolean);
        else if (value) chosen[field.name] = value;
        field.classList.toggle("rt-on", Boolean(value));
      }
      let count = 0;
      for (const row of rows) {
        const on = fits(row, chosen, words);
        row.row.hidden = !on;
        count += on;
      }
      const all = count === rows.length ? `All ${count} shown` : `${count} of ${rows.length} shown`;
      output.textContent = [all, ...strange].join(". ");
    };

    const remember = () => {
      const address = new URL(location.href);
      for (const field of fields) {
        if (field.value.trim()) address.searchParams.set(field.name, field.value.trim());
        else address.searchParams.delete(field.name);
      }
      // A page on a disk may not change its address in every browser; filtering still works.
      try { history.replaceState(null, "", address); } catch { /* stays as it is */ }
    };

    for (const field of fields) {
      const value = known.get(field.name);
      if (!value) continue;
      field.value = value.slice(0, 200);
      if (field.tagName === "SELECT" && field.value !== value) {
        field.value = "";
        strange.push(`“${value.slice(0, 40)}” is not a choice here and is left out`);
      }
    }
    form.addEventListener("input", () => { strange = []; show(); remember(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { strange = []; show(); remember(); }));
    // Where there is room, or something is chosen, the other filters are open.
    const more = form.querySelector("details");
    if (more) {
      const chosen = [...more.querySelectorAll("select")].some((field) => field.value);
      more.open = chosen || matchMedia("(min-width: 60em)").matches;
    }
    form.hidden = false;
    show();
  }

  for (const table of document.querySelectorAll("table.rt-table[id]")) {
    makeSortable(table);
    const form = document.querySelector(`form.rt-filter[data-table="${table.id}"]`);
    if (form) makeFilter(form, table);
  }
})();
