"""Makes a tracker of any size: N recommendations, three actors each, about 120 words.

The same seed gives the same bytes, so that two programs are measured on one input.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

ACTORS, THEMES, SOURCES = 60, 30, 8
STATUSES = ("planned", "under-way", "partly-implemented", "implemented", "stalled")
WORDS = ["regional", "organisations", "member", "states", "civil", "society", "early", "warning", "dialogue", "mandate", "liaison", "office", "report", "conference", "funding", "mediation", "prevention", "network", "local", "capacity", "training", "review", "process", "community", "women", "youth", "policy", "agreement", "monitoring", "response", "secretariat"]


def sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def page(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def recommendation(rng: random.Random, number: int) -> tuple[str, str]:
    source = f"source-{number % SOURCES}"
    actors = rng.sample(range(ACTORS), 3)
    entries = "".join(
        f"  - actor: actor-{actor}\n    date: {rng.randint(2005, 2025)}-{rng.randint(1, 12):02d}-15\n"
        f"    status: {rng.choice(STATUSES)}\n    by: assessor\n    basis: document\n"
        f"    confidence: medium\n    evidence:\n"
        f"      - title: Report number {rng.randint(1, 999)}\n"
        f"        url: https://www.example.org/reports/{number}/{actor}\n"
        f"        date: 2020\n    note: {sentence(rng, 12)}\n"
        for actor in actors
    )
    text = (
        f"---\ntitle: Ask number {number} for {sentence(rng, 6)[:-1].lower()}\nsource: {source}\n"
        f"locator: Section {number % 9}, point {number}\norder: {number}\nkind: formal\n"
        f"strength: should\naddressed_to: [{', '.join(f'actor-{a}' for a in actors)}]\n"
        f"themes: [theme-{number % THEMES}, theme-{(number * 7 + 1) % THEMES}]\n"
        f"regions: [global]\nmeasures:\n  - {sentence(rng, 10)}\nassessments:\n{entries}---\n"
        + " ".join(sentence(rng, 12) for _ in range(10))
        + "\n"
    )
    return f"recommendations/{source}/ask-{number:05d}.md", text


def make(folder: Path, count: int) -> None:
    rng = random.Random(count)  # noqa: S311 - repeatable, not secret
    for n in range(ACTORS):
        page(folder / f"docs/actors/actor-{n}.md", f"---\ntitle: Actor {n}\ntype: rigo\n---\nText.\n")
    page(folder / "docs/actors/assessor.md", "---\ntitle: Assessor\ntype: cso\n---\nText.\n")
    for n in range(THEMES):
        page(folder / f"docs/themes/theme-{n}.md", f"---\ntitle: Theme {n}\n---\nText.\n")
    for n in range(SOURCES):
        page(
            folder / f"docs/sources/source-{n}.md",
            f"---\ntitle: Source {n}\ndate: {2004 + n}\n---\nText.\n",
        )
    for n in range(count):
        path, text = recommendation(rng, n)
        page(folder / path, text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    options = parser.parse_args()
    make(options.folder, options.count)
