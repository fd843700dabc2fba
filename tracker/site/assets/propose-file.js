// A proposal as a file, in the one shape in which the tracker writes its records (the same as
// tracker/edit/scalars.py and compose.py make; a test compares them); and the ways to hand it over.
(() => {
  "use strict";
  const proposals = (globalThis.proposals ??= {});

  // What some reader of YAML takes for a value that is no text, and what can't be seen.
  const WORDS = new Set(["null", "true", "false", "yes", "no", "on", "off", "y", "n"]);
  const DATE = /^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$/;
  const NUMBER = /^(?:0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9])$/;
  const ID = /^[a-z0-9]+(?:-+[a-z0-9]+)*$/;
  const UNSEEN = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/;
  const ALL_UNSEEN = new RegExp(UNSEEN, "g");

  const isPlain = (text) => {
    if (!/^[\p{L}\p{N}(]/u.test(text) || /:(?:\s|$)|\s#|\s$/.test(text)) return false;
    if (UNSEEN.test(text) || WORDS.has(text.toLowerCase())) return false;
    // A number or a time, in some reader's view, but for plain words after it.
    if (/^\p{Nd}/u.test(text)) return text.includes(" ") && /[\p{L}\p{Nl}\p{No}]{2}/u.test(text);
    return /^[\p{L}(]/u.test(text);
  };

  // JSON is YAML, but for a few signs that YAML takes for line ends or does not allow.
  const quoted = (text) =>
    JSON.stringify(text).replace(ALL_UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

  const scalar = (text, typed, inBrackets) => {
    if (typed && (DATE.test(text) || NUMBER.test(text))) return text;
    return isPlain(text) && !(inBrackets && /[[\]{},]/.test(text)) ? text : quoted(text);
  };

  // A text of several lines as a block, or null where a block can't hold it as it is.
  const literal = (text, pad) => {
    const all = text.split("\n");
    if (all.length < 2 || !all[0].trim() || /^[ \t]/.test(text) || text.endsWith("\n\n")) return null;
    if (all.some((line) => UNSEEN.test(line) || (line && !line.trim()))) return null;
    const ended = text.endsWith("\n");
    const body = (ended ? all.slice(0, -1) : all).map((line) => (line ? pad + line : ""));
    return [ended ? "|" : "|-", ...body];
  };

  // A text as the lines that stand after its key; those of a block are indented by `pad`.
  const single = (text, pad, typed) => literal(text, pad) ?? [scalar(text, typed)];

  const clean = (text) => text.replace(/\r\n?/g, "\n").replace(/\p{Surrogate}/gu, "\ufffd");

  // The lines of pairs of key and value, in the order of `shape`, without those that say nothing.
  // A value is a text, a list of texts, or a list of such pairs.
  const lines = (pairs, shape, pad) => {
    const made = [];
    const place = ([key]) => shape.order.indexOf(key);
    for (const [key, value] of [...pairs].sort((a, b) => place(a) - place(b))) {
      if (!Array.isArray(value)) {
        if (!value) continue;
        const [first, ...rest] = single(clean(value), `${pad}  `, shape.typed.includes(key));
        made.push(`${pad}${key}: ${first}`, ...rest);
        continue;
      }
      const within = `${pad}    `;
      const items = value.filter((item) => item.length).map((item) =>
        typeof item === "string" ? single(clean(item), within) : lines(item, shape.inner[key], within)
      ).filter((item) => item.length);
      if (!items.length) continue;
      if (value.every((item) => typeof item === "string" && (!item || ID.test(item)))) {
        made.push(`${pad}${key}: [${value.filter(Boolean).map((item) => scalar(item, false, true)).join(", ")}]`);
        continue;
      }
      made.push(`${pad}${key}:`);
      for (const [first, ...rest] of items) made.push(`${pad}  - ${first.trimStart()}`, ...rest);
    }
    return made;
  };

  proposals.file = (shape, pairs, body = "") => {
    const text = clean(body).trim();
    return ["---", ...lines(pairs, shape, ""), "---", ...(text ? [text] : []), ""].join("\n");
  };

  // The forge's page for a new file. With a text it is filled in already.
  proposals.address = (forge, path, text = "") => {
    const parts = [[forge.name, path], ...(text ? [[forge.text, text]] : [])];
    return `${forge.address}?${parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
  };

  proposals.copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      // Without the right to use the clipboard, or from a disk: by way of a selection.
      const range = document.createRange();
      range.selectNodeContents(element);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      return document.execCommand("copy");
    }
  };

  proposals.downloadable = (link, name, text) => {
    if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
    link.download = name;
  };
})();
