"""A small tracker with something of everything that a report shows, and what it must come to."""

from __future__ import annotations

AS_OF = "2012-01-31"
SINCE = "2010-12-31"

_ASKS = {
    "desk": """\
title: Name a desk for civil society
source: report
locator: Part 1, point 1
order: 1
kind: formal
strength: should
addressed_to: [au, eu]
themes: [gender]
deadline: 2011-06
assessments:
  - {actor: au, date: 2010-06, status: planned, by: watch, note: A plan.}
  - actor: au
    date: 2011-03-04
    status: partly-implemented
    by: watch
    basis: document
    confidence: medium
    evidence:
      - {title: A page, publisher: AU, url: "https://www.example.org/page", date: 2011-03}
  - {actor: eu, date: 2011-05, status: implemented, by: watch, basis: document}
""",
    "review": """\
title: Review the plan every year
source: report
locator: Part 1, point 2
order: 2
kind: formal
addressed_to: [au, rigos]
themes: [gender]
deadline: 2010-12
deadline_changes:
  - {from: 2010-12, to: 2014, on: 2010-11-02, reason: Not enough staff}
assessments:
  - {actor: au, date: 2009, status: implemented, by: watch, response: accepted}
  - {actor: au, date: 2011-10, status: stalled, by: eu}
""",
    "later": """\
title: Name a desk, once more
source: second
locator: Page 3
order: 1
kind: proposal
addressed_to: [rigos]
relations:
  - {repeats: desk, reason: The same ask.}
""",
}


def fill(tracker):
    """Three recommendations of two documents: 5 requests, 3 of them assessed, 2 done."""
    for name, text in _ASKS.items():
        source = "second" if "second" in text else "report"
        tracker.write(f"recommendations/{source}/{name}.md", f"---\n{text}---\nIn our own words.\n")
    tracker.write(
        "docs/sources/second.md",
        "---\ntitle: A second report\nshort: Second\ndate: 2011-02-01\n---\nA document.\n",
    )
    tracker.write(
        "docs/events/summit.md",
        "---\ntitle: A summit\ndate: 2012-03-04\nkind: conference\nplace: Addis Ababa\n---\n"
        "# Why we meet\n\nWe **meet** to\nsee what came of it, as [agreed](https://www.example.org/).\n\n"
        "- First point\n- Second point\n",
    )
    tracker.write(
        "docs/events/before.md", "---\ntitle: The one before\ndate: 2010-12\nkind: meeting\n---\nText.\n"
    )
    return tracker
