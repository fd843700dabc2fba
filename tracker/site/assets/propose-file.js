// A proposal as a file: front matter in which every value is a quoted text, which no reader
// of YAML can take for anything else; and the ways to hand the file over.
(() => {
  "use strict";
  const proposals = (globalThis.proposals ??= {});
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

  // JSON is YAML, but for a few signs that YAML takes for line ends or does not allow.
  const quoted = (text) =>
    JSON.stringify(text.replace(/\p{Surrogate}/gu, "\ufffd"))
      .replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);

  // Pairs of key and value, without those that say nothing. A value is a text, a list of
  // texts, or a list of such pairs.
  const lines = (pairs, indent = "") => {
    const made = [];
    for (const [key, value] of pairs) {
      if (!Array.isArray(value)) {
        if (value) made.push(`${indent}${key}: ${quoted(value)}`);
        continue;
      }
      const items = value.map((item) =>
        typeof item === "string" ? [`${indent}    ${quoted(item)}`] : lines(item, `${indent}    `)
      ).filter((item) => item.length);
      if (items.length) made.push(`${indent}${key}:`);
      for (const [first, ...rest] of items) made.push(`${indent}  - ${first.trimStart()}`, ...rest);
    }
    return made;
  };

  proposals.file = (pairs, body = "") => {
    const text = body.replace(/\r\n?/g, "\n").replace(/\p{Surrogate}/gu, "\ufffd").trim();
    return ["---", ...lines(pairs), "---", ...(text ? [text] : []), ""].join("\n");
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
