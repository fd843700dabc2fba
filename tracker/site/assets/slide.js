// Makes a picture of a drawing on the page, for a slide: always light, with title, legend,
// source and day in it, as SVG or PNG. What is drawn is taken over as it stands, with the
// colours that the style sheets give it, so that no drawing needs a second one at build time.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const FONT = "'Noto Sans', 'Noto Sans Arabic', 'Segoe UI', Arial, sans-serif";
  const SIDE = 22;
  const PIXELS = 1920; // of a PNG's width
  const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight"];
  const PLACED = ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "d", "transform", "text-anchor", "lang"];
  const INK = "#1c2630", QUIET = "#55606a";
  const right = document.documentElement.dir === "rtl";
  const pen = document.createElement("canvas").getContext("2d");

  const shape = (name, attributes, ...inside) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };

  // Colours of the light, whatever the page shows just now; nothing is painted in between.
  function inTheLight(make) {
    const dark = [...document.styleSheets].filter((sheet) => sheet.href?.includes("/dark.css") && !sheet.disabled);
    for (const sheet of dark) sheet.disabled = true;
    try { return make(); } finally { for (const sheet of dark) sheet.disabled = false; }
  }

  // A drawing's shapes with their look written on them; links become plain groups.
  function taken(node, textures) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    const made = shape(node.localName === "a" ? "g" : node.localName, {});
    for (const name of PLACED) if (node.hasAttribute(name)) made.setAttribute(name, node.getAttribute(name));
    const texture = /^url\("?#([\w-]+)"?\)$/.exec(node.getAttribute("fill") ?? "");
    const look = getComputedStyle(node);
    if (!["g", "a", "svg"].includes(node.localName)) {
      for (const name of LOOK) made.setAttribute(name, look.getPropertyValue(name).replace(/(\d)px/g, "$1"));
    }
    if (texture) {
      textures.add(texture[1]);
      made.setAttribute("fill", `url(#${texture[1]})`);
    }
    made.append(...[...node.childNodes].filter((child) => child.localName !== "title").map((child) => taken(child, textures)));
    return made;
  }

  // Whatever a line begins with, it runs as the page does.
  const isolated = (text) => (right ? `\u2067${text}\u2069` : text);

  function lines(text, size, room, bold = false) {
    pen.font = `${bold ? "600 " : ""}${size}px ${FONT}`;
    const found = [];
    for (const word of text.split(/\s+/).filter(Boolean)) {
      const longer = found.length ? `${found.at(-1)} ${word}` : word;
      if (found.length && pen.measureText(longer).width <= room) found[found.length - 1] = longer;
      else found.push(word);
    }
    return found;
  }

  function framed(figure) {
    const drawing = figure.querySelector("svg.rt-chart");
    const { width: wide, height: high } = drawing.viewBox.baseVal;
    const width = wide + 2 * SIDE, room = wide, start = right ? width - SIDE : SIDE;
    const parts = [], textures = new Set();
    const way = right ? "rtl" : "ltr";
    let y = 14;
    const write = (text, size, more) => {
      for (const line of lines(text, size, room, more["font-weight"] === 600)) {
        y += size * 1.3;
        parts.push(shape("text", { x: start, y, "font-size": size, direction: way, ...more }, isolated(line)));
      }
    };
    write(figure.dataset.title, 14, { "font-weight": 600, fill: INK });
    y += 14;
    const chart = taken(drawing, textures);
    for (const [name, value] of Object.entries({ x: SIDE, y, width: wide, height: high, overflow: "visible",
      viewBox: drawing.getAttribute("viewBox"), direction: drawing.getAttribute("direction") })) chart.setAttribute(name, value);
    parts.push(chart);
    y += high + 10;

    let x = 0;
    const entries = [...figure.querySelectorAll(".rt-legend li")];
    for (const entry of entries) {
      const label = entry.textContent.trim();
      pen.font = `10px ${FONT}`;
      const needs = 15 + pen.measureText(label).width + 12;
      if (x && x + needs > room) { x = 0; y += 16; }
      const swatch = taken(entry.querySelector("svg"), textures);
      for (const [name, value] of Object.entries({ x: right ? start - x - 10 : start + x, y: y + 1, width: 10, height: 10,
        viewBox: "0 0 14 14" })) swatch.setAttribute(name, value);
      swatch.append(shape("rect", { x: 0.5, y: 0.5, width: 13, height: 13, fill: "none", stroke: QUIET }));
      parts.push(swatch, shape("text", { x: right ? start - x - 15 : start + x + 15, y: y + 10, "font-size": 10, fill: INK,
        direction: way }, isolated(label)));
      x += needs;
    }
    if (entries.length) y += 22;
    if (figure.dataset.note) { write(figure.dataset.note, 8, { fill: QUIET }); y += 6; }
    write(figure.dataset.source, 7.5, { fill: QUIET });
    y += 14;

    const patterns = [...textures].map((id) => {
      const from = document.getElementById(id);
      const made = shape("pattern", { id, patternUnits: "userSpaceOnUse", width: from.getAttribute("width"), height: from.getAttribute("height") });
      made.append(...[...from.children].map((child) => taken(child, textures)));
      return made;
    });
    return shape("svg", { viewBox: `0 0 ${width} ${y}`, width, height: y, role: "img", "font-family": FONT, lang: document.documentElement.lang },
      shape("title", {}, figure.dataset.title), shape("desc", {}, drawing.getAttribute("aria-label")), shape("defs", {}, ...patterns),
      shape("rect", { width, height: y, fill: "#ffffff" }), ...parts);
  }

  function painted(svg, text) {
    return new Promise((resolve, reject) => {
      const picture = new Image();
      picture.onerror = reject;
      picture.onload = () => {
        const canvas = document.createElement("canvas");
        const { width, height } = svg.viewBox.baseVal;
        canvas.width = PIXELS;
        canvas.height = Math.round((PIXELS * height) / width);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(resolve, "image/png");
      };
      picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    });
  }

  async function save(figure, kind) {
    const svg = inTheLight(() => framed(figure));
    const text = new XMLSerializer().serializeToString(svg);
    const blob = kind === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await painted(svg, text);
    const url = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = url;
    link.download = `${figure.dataset.name}.${kind}`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  for (const figure of document.querySelectorAll("figure.rt-figure")) {
    const buttons = [...figure.querySelectorAll("button[data-as]")];
    for (const button of buttons) button.addEventListener("click", () => save(figure, button.dataset.as));
    buttons[0].parentElement.hidden = false;
  }
})();
