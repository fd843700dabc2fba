"""`tracker check`: every finding, with its line and what to write instead."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tracker.cli.options import counted, format_option, inside, open_project, root_option
from tracker.errors import TrackerError
from tracker.escape import printable
from tracker.findings import Finding, Severity, has_errors


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@root_option
@format_option("text", "json", "github", "gitlab", "sarif")
@click.option("--since", metavar="REF", help="Compare with a commit, too: what was published must stay.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--errors-only", is_flag=True, help="List errors; only count the warnings.")
@click.option("--quiet", "-q", is_flag=True, help="No hints, no summary.")
@click.option("--no-cache", is_flag=True, help="Read every file again.")
def command(
    paths: tuple[Path, ...], root: Path, form: str, strict: bool, errors_only: bool, quiet: bool,
    no_cache: bool, since: str | None,
) -> int:
    """Read everything and say what is wrong.

    With PATHS only the findings in these files or folders are shown; the whole tracker
    is read all the same, because records refer to each other.

    github prints annotations and adds the full list to $GITHUB_STEP_SUMMARY; gitlab is its
    Code Quality report; sarif is read by many tools.
    """
    project = open_project(root, use_cache=not no_cache)
    found = project.findings
    if since is not None:
        from tracker.since import history_findings

        found = sorted([*found, *history_findings(project, since)])
    asked = inside(paths, project.root)
    findings = [f for f in found if asked(f.path)]
    shown = [f for f in findings if f.severity is Severity.ERROR] if errors_only else findings
    summary = _summary(findings, project)
    if form == "text":
        _print(shown, quiet)
        if not quiet:
            click.echo(summary)
    else:
        from tracker.formats import placed

        shown = placed(shown, "" if form == "json" else _prefix(project.root))
        _PRINT[form](shown, summary, project)
    return 1 if has_errors(findings) or (strict and findings) else 0


def _prefix(root: Path) -> str:
    """The tracker's folder in its repository, where forges look for files."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            below = root.relative_to(folder).as_posix()
            return "" if below == "." else f"{below}/"
    return ""


def _json(findings: list[Finding], summary: str, project) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(findings), indent=2))


def _github(findings: list[Finding], summary: str, project) -> None:
    from tracker.formats import github

    for line in github.annotations(findings):
        click.echo(line)
    click.echo(summary)
    if target := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(target).open("a", encoding="utf-8") as file:
                file.write(github.summary(findings, summary))
        except OSError as error:
            raise TrackerError(f"the summary can't be written to {target}: {error.strerror}",
                               "GITHUB_STEP_SUMMARY names the file; unset it to go without.") from None  # fmt: skip


def _gitlab(findings: list[Finding], summary: str, project) -> None:
    from tracker.formats import gitlab

    click.echo(gitlab.report(findings))


def _sarif(findings: list[Finding], summary: str, project) -> None:
    from tracker.formats import sarif

    click.echo(sarif.log(findings, project.config.site_url))


_PRINT = {"json": _json, "github": _github, "gitlab": _gitlab, "sarif": _sarif}


def _print(findings: list[Finding], quiet: bool) -> None:
    for finding in findings:
        word = "error" if finding.severity is Severity.ERROR else "warning"
        click.echo(
            click.style(f"{printable(finding.path)}:{finding.line}:{finding.column}: ", bold=True)
            + click.style(f"{finding.code} {word}: ", fg="red" if word == "error" else "yellow")
            + finding.message
        )
        if finding.hint and not quiet:
            click.echo(f"    {finding.hint}")


def _summary(findings: list[Finding], project) -> str:
    errors = sum(f.severity is Severity.ERROR for f in findings)
    warnings = len(findings) - errors
    corpus = project.corpus
    pages = sum(len(found) for found in corpus.collections.values()) - len(corpus.recommendations)
    waiting = f" ({counted(len(corpus.proposals), 'assessment')} in the inbox)" if corpus.proposals else ""
    read = f"{counted(len(corpus.recommendations), 'recommendation')}{waiting} and {counted(pages, 'page')} read"
    if not findings:
        return f"{read}: nothing to mend."
    code = findings[0].code
    counts = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    return f"{read}: {counts}. What a code means: tracker explain {code}"
