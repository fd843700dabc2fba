"""Choosing recommendations: the same options, and the same near misses, everywhere."""

from __future__ import annotations

from collections.abc import Callable

import click

from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.model import Recommendation
from tracker.suggest import did_you_mean

_IN = {"actor": "actors", "theme": "themes", "source": "sources", "event": "events"}


def selection_options(function: Callable) -> Callable:
    for name in ("region", "event", "source", "theme", "actor"):
        function = click.option(
            f"--{name}", multiple=True, metavar="ID", help=f"Only of this {name} (may be repeated)."
        )(function)
    return function


def narrow(corpus: Corpus, chosen: dict[str, tuple[str, ...]]) -> Corpus:
    """The corpus with only the recommendations that fit every choice."""
    if not any(chosen.values()):
        return corpus
    for name, values in chosen.items():
        known = corpus.ids[_IN[name]] if name in _IN else corpus.config.vocabulary.region
        for value in values:
            if value not in known:
                some = f"Known: {', '.join(sorted(known)[:12])} ..."
                raise TrackerError(
                    f"there is no {name} “{value}”",
                    corpus.did_you_mean(_IN[name], value, some) if name in _IN else did_you_mean(value, known, some),
                )
    kept = [r for r in corpus.recommendations.values() if _fits(corpus, r, chosen)]
    if not kept:
        raise TrackerError("no recommendation fits that choice", "Leave one of the options out.")
    others = [(c, r) for c, r in corpus.records() if c != "recommendations"]
    return Corpus(
        corpus.config, [*(("recommendations", r) for r in kept), *others], (), corpus.today
    )


def _fits(corpus: Corpus, r: Recommendation, chosen: dict[str, tuple[str, ...]]) -> bool:
    asked = {*r.addressed_to, *(entry.actor for entry in r.assessments)}
    have = {
        "actor": asked, "theme": set(r.themes), "source": {r.source},
        "event": set(corpus.event_ids(r)), "region": set(r.regions),
    }  # fmt: skip
    return all(not values or not have[name].isdisjoint(values) for name, values in chosen.items())
