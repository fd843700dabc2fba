"""The layers: who may import whom, who may use which library, and who may ask what day it is.

The table is the architecture as the code has it. A module that stands in no line, or an import that
points up or sideways (lazy ones inside functions included), fails here.
"""

from __future__ import annotations

import ast
import functools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "tracker"

# Lowest first. A line may use the lines above it in this table, never its own line's other modules.
# “rules.*” is one unit: the package and its modules, which may use each other.
LAYERS = """
tracker
telling
findings dates suggest safety vocabulary fields model git forks
errors markdown meaning
i18n.*
config gitrepo escape
rules.*
yamltext.* encoding formats.*
frontmatter decode
store
reader gitstore
settings
cache history
loading
corpus
progress changes lineage events
course
tables translations
project
freshness excerpt
comparison
difference
since recorded
recordlog
edit.*
export.* reports.* review.*
importing.* forge.*
starting.*
site site.icons site.links site.edition site.finished site.policy site.theme site.textures site.tongues
site.material
site.frame
site.compiler
site.wording site.compiled site.labels site.charts site.drawing
site.lifeline site.family site.flow site.cite site.kept
site.overtime
site.cells site.sheet
site.prose
site.view
site.cards site.filters site.findable
site.pagefind site.pictures site.formtexts site.editor
site.slides
site.forms
site.render
site.packs
site.pages
site.output site.engine site.linkage
site.inputs
site.make site.offline
site.serve site.plugin
cli cli.options cli.select cli.progress_line
cli.terminal cli.terminal_tables cli.compare cli.previews cli.asking
cli.writing
cli.check cli.explain cli.status cli.log cli.diff cli.review cli.comment cli.overdue cli.show cli.pages cli.export cli.report cli.import_ cli.init cli.schema
cli.fmt cli.collect cli.translate cli.assess cli.new
cli.build cli.serve cli.forge_files
cli.main
__main__
"""
LINES = [line.split() for line in LAYERS.strip().split("\n")]
LEVELS = {unit.removesuffix(".*"): level for level, line in enumerate(LINES) for unit in line}
UNITS = [unit.removesuffix(".*") for line in LINES for unit in line if unit.endswith(".*")]

# Who may import a library, by the beginning of the module's name.
LIBRARIES = {
    "click": ("cli.", "site.serve"),
    "rich": ("cli.terminal",),
    "mkdocs": ("site.plugin",),
    "jinja2": ("site.render", "site.wording", "site.compiled", "site.compiler"),
    "markupsafe": ("site.",),
    "watchdog": ("site.serve",),
    "git": ("git", "gitrepo"),
    "nh3": ("markdown",),
    "yaml": ("yamltext.",),
    "ryml": ("yamltext.",),
    "pyarrow": ("export.parquet",),
    "typst": ("reports.", "site.cards"),
    "vl_convert": ("site.overtime",),
    "docx": ("reports.",),
    "xlsxwriter": ("reports.",),
    "babel": ("i18n.", "importing.days", "starting.answers"),
    "openpyxl": ("importing.workbook",),
    "ruamel": ("site.engine",),
    "frontmatter": ("frontmatter",),
    "filelock": ("edit.",),
}
# What asks for the time, and where it may stand. The cache looks at the clock only to know which files
# had settled when it was written; no date is made of it.
CLOCKS = {
    "date.today", "datetime.now", "datetime.utcnow", "datetime.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime", "time.ctime",
}  # fmt: skip
MAY_ASK = {"cli.options": {"date.today"}, "site.plugin": {"date.today"}, "cache": {"time.time_ns"}}

# Libraries that take long to import, and commands that have no use for them.
HEAVY = {"git", "rich", "mkdocs", "jinja2", "nh3", "ruamel", "markdown", "watchdog", "properdocs", "pyarrow",
         "typst", "docx", "xlsxwriter", "babel", "vl_convert", "openpyxl"}  # fmt: skip
LIGHT_COMMANDS = [
    ["--help"], ["--version"], ["check", "--help"], ["check"], ["check", "--no-cache"], ["explain", "T101"],
    ["status", "--format", "csv"], ["show", "au", "--format", "json"],
]  # fmt: skip


def name_of(file: Path) -> str:
    """“site.pages” for tracker/site/pages.py; “tracker” for the package itself."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__") or "tracker"


MODULES = {name_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def imports(tree: ast.AST) -> Iterator[str]:
    """Every name that is imported anywhere in a module, in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(name: str) -> str | None:
    """The module of ours that an imported name leads to."""
    if name != "tracker" and not name.startswith("tracker."):
        return None
    name = name.removeprefix("tracker.")
    while name not in MODULES:
        name = name.rpartition(".")[0] or "tracker"
    return name


def unit(module: str) -> str:
    return next((u for u in UNITS if module == u or module.startswith(f"{u}.")), module)


def clocks(tree: ast.AST) -> set[str]:
    """What of CLOCKS a module uses, under its own name or imported from its module."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            found.add(f"{name}.{node.attr}")
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found & CLOCKS


@functools.cache
def parsed(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@functools.cache
def libraries(module: str) -> set[str]:
    """The first name of everything that a module imports."""
    return {name.split(".")[0] for name in imports(parsed(module))}


def test_the_table_names_every_module_once_and_none_that_is_gone() -> None:
    assert len(LEVELS) == sum(map(len, LINES))
    assert {unit(module) for module in MODULES} == set(LEVELS)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module: str) -> None:
    here = unit(module)
    used = {unit(found) for name in imports(parsed(module)) if (found := own(name))} - {here}
    wrong = sorted(name for name in used if LEVELS[name] >= LEVELS[here])
    assert not wrong, f"{module} may not import {', '.join(wrong)}"


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_used_only_where_it_belongs(library: str) -> None:
    users = {module for module in MODULES if library in libraries(module)}
    assert users, f"nothing imports {library}: take it out of the table"
    assert not {user for user in users if not user.startswith(LIBRARIES[library])}


def test_only_the_command_line_and_the_plugin_ask_what_day_it_is() -> None:
    assert {module: found for module in MODULES if (found := clocks(parsed(module)))} == MAY_ASK


def test_modules_are_imported_by_name_only_where_commands_are_found() -> None:
    """Else an import could hide from this test."""
    users = {m for m in MODULES if {"importlib", "__import__"} & set(_names(parsed(m)))}
    assert users <= {"cli.main", "site.engine", "site.material"}


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id


@pytest.mark.parametrize("module", MODULES)
def test_a_module_begins_with_its_reason_and_can_be_read_in_one_sitting(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    if module != "__main__":
        assert ast.get_docstring(ast.parse(text)), f"{module} does not say what it is for"
    assert text.count("\n") <= 450, f"{module} is long: a seam is missing"


# Without these a walker that finds nothing would look like a house in order.
WALKED = {
    "import tracker.cli.main": {"cli.main"},
    "from tracker import project": {"project"},
    "from tracker.cli.main import run": {"cli.main"},
    "from tracker.rules import files, catalogue": {"rules.files", "rules"},
    "def f():\n    if x:\n        from tracker.site.pages import pages": {"site.pages"},
    "import trackers": set(),
}
ASKED = {
    "import datetime\nx = datetime.date.today()": {"date.today"},
    "from datetime import date\nx = date.today": {"date.today"},
    "import datetime as d\nx = d.datetime.now(d.UTC)": {"datetime.now"},
    "from time import time": {"time.time"},
    "x = today": set(),
}


@pytest.mark.parametrize("text", WALKED)
def test_the_walk_finds_imports(text: str) -> None:
    assert {own(name) for name in imports(ast.parse(text))} - {None} == WALKED[text]


@pytest.mark.parametrize("text", ASKED)
def test_the_walk_finds_clocks(text: str) -> None:
    assert clocks(ast.parse(text)) == ASKED[text]


@pytest.mark.parametrize("args", LIGHT_COMMANDS, ids=" ".join)
def test_heavy_libraries_are_left_alone_by_commands_that_have_no_use_for_them(args, tracker) -> None:
    tracker.recommendation()
    script = (
        "import json, sys\n"
        "from tracker.cli.main import run\n"
        "try:\n    run(sys.argv[1:])\n"
        "except SystemExit as done:\n"
        "    loaded = sorted({name.split('.')[0] for name in sys.modules})\n"
        "    print(json.dumps([done.code, loaded]), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *args],
        cwd=tracker.root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    status, loaded = json.loads(done.stderr.splitlines()[-1])
    assert status == 0
    assert "tracker" in loaded
    assert not HEAVY & set(loaded)
