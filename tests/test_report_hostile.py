"""Text that would be markup, a formula or a broken file elsewhere is only text in a report."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from report_tracker import AS_OF, fill

# what it would be: (title as YAML, what a reader sees)
TITLES = {
    "typst markup": ("'#panic(\"x\") #import \"/etc/passwd\" $ x^2 $ *b* _i_ `c` @ref <lab> \\ //'",
                     '#panic("x") #import "/etc/passwd" $ x^2 $ *b* _i_ `c` @ref <lab> \\ //'),
    "HTML": ('"</title><script>alert(1)</script><img src=x onerror=y>"',
             "</title><script>alert(1)</script><img src=x onerror=y>"),
    "Markdown": ('"[a](javascript:x) | b | **c** # d <br>"', "[a](javascript:x) | b | **c** # d <br>"),
    "a formula": ("\"=HYPERLINK('http://evil.example','x')\"", "=HYPERLINK('http://evil.example','x')"),
    "a command of a spreadsheet": ('"+cmd|calc!A0 {=1+1}"', "+cmd|calc!A0 {=1+1}"),
    "templates": ('"{count} {0.__class__} {{ 7*7 }} {% x %} %(x)s"',
                  "{count} {0.__class__} {{ 7*7 }} {% x %} %(x)s"),
    "control characters": ('"Before\\x01\\x0b\\x1f\\uFFFE\\u2028after"', "Before after"),
    "characters that turn the text": ('"\\u202Eevil\\u2066 title"', "evil title"),
    "a script and an emoji without a font": ('"会议 \\U0001F600 ok"', None),
    "a very long word": (f'"{"x" * 900}"', "x" * 900),
}  # fmt: skip


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    """A report on recommendations with each of these titles, and in every other place of text too."""
    from conftest import MINIMAL, Tracker

    from tracker.project import Project
    from tracker.reports import pack as packs
    from tracker.reports import request

    root = Tracker(tmp_path_factory.mktemp("hostile") / "tracker")
    for path, text in MINIMAL.items():
        root.write(path, text)
    fill(root)
    for number, (title, _) in enumerate(TITLES.values()):
        root.write(
            f"recommendations/report/hostile-{number:02d}.md",
            f"---\ntitle: {title}\nsource: report\nlocator: {title}\norder: {number + 10}\n"
            f"addressed_to: [hostile]\nthemes: [gender]\nassessments:\n"
            f"  - actor: hostile\n    date: 2011\n    by: watch\n    status: stalled\n    note: {title}\n"
            f"    evidence:\n      - title: {title}\n        publisher: {title}\n"
            f"        url: 'javascript:alert(1)'\n---\nText.\n",
        )
    title, short = TITLES["HTML"][0], TITLES["a formula"][0]
    root.write("docs/actors/hostile.md", f"---\ntitle: {title}\nshort: {short}\n---\nText.\n")
    project = Project(root.root, AS_OF, use_cache=False)
    wanted = request.made(project.corpus, AS_OF, "en")
    return packs.make(project, wanted, tmp_path_factory.mktemp("out") / "pack").folder


def shown() -> list[str]:
    return [text for _, text in TITLES.values() if text]


def test_json_and_csv_have_the_text_itself(pack: Path) -> None:
    tables = json.loads((pack / "report.json").read_bytes())["tables"]
    assert {r["title"] for r in tables["recommendations"]["rows"]} >= set(shown())
    with (pack / "tables/recommendations.csv").open(encoding="utf-8", newline="") as file:
        titles = {row["title"] for row in csv.DictReader(file)}
    assert not [t for t in titles if t.startswith(("=", "+", "-", "@"))]
    assert "'" + TITLES["a formula"][1] in titles


def test_excel_has_no_formula_and_no_link_from_text(pack: Path) -> None:
    book = openpyxl.load_workbook(pack / "report.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [c.coordinate for c in cells if c.data_type == "f"]
    assert {c.value for c in cells} >= set(shown())
    links = [c.hyperlink for c in cells if c.hyperlink]
    assert all(link.target is None for link in links)  # only to the workbook's own sheets


def test_word_has_the_text_and_no_link_from_it(pack: Path) -> None:
    word = docx.Document(str(pack / "report.docx"))
    text = "\n".join(p.text for t in word.tables for row in t.rows for c in row.cells for p in c.paragraphs)
    for title in shown():
        assert title in text
    targets = [r.target_ref for r in word.part.rels.values() if r.is_external]
    assert targets
    assert all(t.startswith("https://www.example.org/") for t in targets)


def test_html_escapes_it_all(pack: Path) -> None:
    text = (pack / "report.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text
    assert "&lt;/title&gt;&lt;script&gt;" in text


def test_markdown_escapes_it_all(pack: Path) -> None:
    import cmarkgfm

    made = cmarkgfm.github_flavored_markdown_to_html((pack / "report.md").read_text(encoding="utf-8"))
    assert "<script" not in made
    assert 'href="javascript' not in made
    assert "&lt;/title&gt;&lt;script&gt;alert(1)" in made
    assert "[a](javascript:x) | b | **c** # d &lt;br&gt;" in made


def test_the_pdf_shows_it_as_text(pack: Path) -> None:
    pages = pypdf.PdfReader(pack / "report.pdf").pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for name in ("typst markup", "HTML", "a formula", "templates"):
        assert "".join(TITLES[name][1].split()) in text, name
    assert "\ufffd\ufffd\ufffdok" in text  # no font has these: they are marked, and nothing is lost
    addresses = {
        note["/A"]["/URI"] for page in pages
        for note in (n.get_object() for n in page.get("/Annots", [])) if "/URI" in note.get("/A", {})
    }  # fmt: skip
    assert addresses == {"https://www.example.org/", "https://www.example.org/page"}
