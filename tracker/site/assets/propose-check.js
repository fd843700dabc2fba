// What `tracker check` would say of a value, said where it can still be put right. The
// patterns and the texts come from the page, which has them from the rules.
(() => {
  "use strict";
  const proposals = (globalThis.proposals ??= {});

  proposals.fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  proposals.shortened = (text, most = 60) => {
    const line = text.replace(/\p{Cc}/gu, " ");
    return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
  };

  proposals.checks = ({ patterns, texts, months }) => {
    const { fill, shortened } = proposals;
    const whole = (pattern) => new RegExp(`^(?:${pattern})$`, "u");
    const any = (pattern) => new RegExp(pattern, "u");
    const shape = whole(patterns.date);
    const [markup, steering, hidden, controls] =
      [patterns.markup, patterns.steering, patterns.hidden, patterns.controls].map(any);
    const said = (name, values) => ({ text: fill(texts[name][0], values), hint: fill(texts[name][1], values) });

    const daysOf = (year, month) => {
      const day = new Date(0);
      day.setFullYear(year, month, 0);
      return day.getDate();
    };
    const two = (number) => String(number).padStart(2, "0");
    const lastDay = (text) => {
      if (text.length === 10) return text;
      if (text.length === 4) return `${text}-12-31`;
      return `${text}-${two(daysOf(Number(text.slice(0, 4)), Number(text.slice(5))))}`;
    };
    const firstDay = (text) => text + "-01-01".slice(text.length - 4);

    // null where the text is a date, else what is wrong with it.
    const date = (text) => {
      const match = shape.exec(text);
      if (!match) return said("date-shape", { date: shortened(text) });
      const [year, month, day] = match.slice(1).map((part) => (part === undefined ? null : Number(part)));
      if (!year) return said("date-year");
      if (month !== null && (month < 1 || month > 12)) return said("date-month", { month: two(month) });
      if (day !== null) {
        const last = daysOf(year, month);
        if (day < 1 || day > last) {
          return said("date-day", { month: months[month - 1], year, day: two(day), last });
        }
      }
      return null;
    };

    const past = (text, today) => {
      const wrong = date(text);
      if (wrong) return wrong;
      if (lastDay(text) <= today) return null;
      const name = text.length < 10 && firstDay(text) <= today ? "future-period" : "future";
      return said(name, { date: text });
    };

    const url = (text) => {
      const wrong = said("url", { url: shortened(text) });
      if (controls.test(text) || hidden.test(text) || !/^https?:\/\/[^/?#]/i.test(text)) return wrong;
      try {
        return new URL(text).hostname ? null : wrong;
      } catch {
        return wrong;
      }
    };

    const plain = (text, field) => {
      const odd = steering.exec(text);
      if (odd) return said("control", { code: odd[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0") });
      const tag = markup.exec(text);
      if (tag) return said("markup", { field, found: shortened(text.slice(tag.index), 40) });
      return null;
    };

    // A text in Markdown: no HTML outside code, no pictures, links to the web or a mailbox only.
    const prose = (text, field) => {
      const bare = text.replace(/(```|~~~)[\s\S]*?\1|(`+)(?!`)[\s\S]+?\2/g, " ");
      const wrong = plain(bare, field);
      if (wrong) return wrong;
      const picture = /!\[[^\]]*\]\(([^)\s]*)/.exec(bare);
      if (picture) return said("link", { url: shortened(picture[1]) });
      for (const [, address] of bare.matchAll(/\]\(\s*<?([^)>\s]+)/g)) {
        const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address);
        if (!scheme || !["http", "https", "mailto"].includes(scheme[1].toLowerCase())) {
          return said("link", { url: shortened(address) });
        }
      }
      return null;
    };

    return { said, date, past, url, plain, prose, lastDay };
  };

  // The day that it is for the reader, as YYYY-MM-DD.
  proposals.today = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };
})();
