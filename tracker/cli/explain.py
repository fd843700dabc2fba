"""`tracker explain CODE`: a rule's own text."""

from __future__ import annotations

import click

from tracker.errors import TrackerError
from tracker.rules import FAMILIES, catalogue
from tracker.suggest import did_you_mean


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Say what a rule wants, why, and what to write instead.

    Without CODE every rule is listed. A rule's name works too.
    """
    rules = catalogue()
    if code is None:
        family = ""
        for rule in rules.values():
            if rule.code[:2] != family:
                family = rule.code[:2]
                click.secho(f"\n{family}xx {FAMILIES[family]}", bold=True)
            click.echo(f"  {rule.code}  {rule.name:<28} {rule.summary}")
        return
    wanted = code.upper() if code.upper().startswith("T") else f"T{code}"
    names = {rule.name: rule for rule in rules.values()}
    rule = rules.get(wanted) or names.get(code.lower())
    if rule is None:
        raise TrackerError(
            f"there is no rule “{code}”",
            did_you_mean(code, [*names, *(c.lower() for c in rules)], "See them all with: tracker explain"),
        )
    click.secho(f"{rule.code} {rule.name} ({rule.severity.value})", bold=True)
    click.echo(f"\n{rule.doc}")
