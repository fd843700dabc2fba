"""The rules: what `tracker check` wants, and why.

Each rule is one unit: a code that is never reused, a name, a severity, and a text
that says what is wrong, why it matters and what to write instead. That text is the
rule's page on the site and the answer of `tracker explain`; there is no other copy.

Families: 1xx files and YAML, 2xx one record, 3xx references across records,
4xx drafting quality, 5xx history, 9xx safety.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.findings import Finding, Problem, Severity
from tracker.i18n import N_
from tracker.safety import visible

FAMILIES = {
    "T1": N_("Files and YAML"),
    "T2": N_("One record"),
    "T3": N_("References across records"),
    "T4": N_("Drafting quality"),
    "T5": N_("History"),
    "T9": N_("Safety"),
}

CATALOGUE: dict[str, Rule] = {}


@dataclass(frozen=True)
class Rule:
    code: str
    name: str
    severity: Severity
    doc: str
    check: Callable[..., Iterator[Problem]] | None = None
    scope: str = ""

    def __post_init__(self) -> None:
        if self.code in CATALOGUE:
            raise ValueError(f"rule {self.code} is declared twice")
        CATALOGUE[self.code] = self

    @property
    def summary(self) -> str:
        """The first line of the rule's text."""
        return self.doc.split("\n", 1)[0]

    @property
    def details(self) -> str:
        """The rest of the rule's text, as Markdown."""
        return self.doc.partition("\n")[2].strip()

    def problem(
        self, where: tuple[str | int, ...], message: str, hint: str = "", *, on_key: bool = False
    ) -> Problem:
        return Problem(self.code, where, visible(message), visible(hint), on_key)

    def finding(
        self, path: str, message: str, hint: str = "", line: int = 0, column: int = 0
    ) -> Finding:
        return Finding(
            path, line, column, self.code, self.severity, visible(message), visible(hint)
        )


def declare(code: str, name: str, severity: Severity, doc: str) -> Rule:
    """A rule whose findings are made where the text is read."""
    return Rule(code, name, severity, inspect.cleandoc(doc))


def record_rule(code: str, name: str, severity: Severity) -> Callable[[Callable], Rule]:
    """A rule that looks at one record alone: ``check(record, context)``.

    Its outcome depends only on the file and the configuration, so it is cached.
    """
    return lambda function: Rule(
        code, name, severity, inspect.getdoc(function) or "", function, "record"
    )


def corpus_rule(code: str, name: str, severity: Severity) -> Callable[[Callable], Rule]:
    """A rule that needs the whole corpus or the date: ``check(corpus)``.

    It yields ``(record, problem)``.
    """
    return lambda function: Rule(
        code, name, severity, inspect.getdoc(function) or "", function, "corpus"
    )


ACROSS: list[Callable[..., Iterator[tuple]]] = []


def across(function: Callable) -> Callable:
    """The check of a record rule for what stands in another file: ``check(corpus)``.

    What waits in the inbox belongs to a record's log, and must fit it. It yields
    ``(record, problem)``, as a corpus rule does.
    """
    ACROSS.append(function)
    return function


def history_rule(code: str, name: str, severity: Severity) -> Callable[[Callable], Rule]:
    """A rule that compares with what was published: ``check(published)``.

    It yields ``(path, problem)``; the path may be that of a file that is gone.
    """
    return lambda function: Rule(
        code, name, severity, inspect.getdoc(function) or "", function, "history"
    )


def catalogue() -> dict[str, Rule]:
    """Every rule by code, in order."""
    from tracker.rules import drafting, files, history, records, references, safety, translations  # noqa: F401

    return dict(sorted(CATALOGUE.items()))


def in_scope(scope: str) -> list[Rule]:
    return [rule for rule in catalogue().values() if rule.scope == scope]
