"""What `tracker report` says when it can't run: one message, exit 2, and nothing half-written."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from report_tracker import AS_OF, fill

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)

# what is wrong: (arguments, what is said)
WRONG = {
    "an unknown event": (["sumit"], ["there is no event “sumit”", "summit"]),
    "since after as of": (["--since", "2013"], ["is later than 31 January 2012"]),
    "since no date": (["--since", "2010-13"], ["no month 13"]),
    "since what git would take for an option": (["--since=--output=x"], ["neither a date nor an event"]),
    "an unknown actor": (["--actor", "aux"], ["there is no actor “aux”", "au"]),
    "an unknown theme": (["--theme", "gendre"], ["there is no theme “gendre”", "gender"]),
    "an actor by its name": (["--actor", "african union"], ["there is no actor", "Did you mean “au” (African Union)?"]),
    "an event by its name": (["A Summit"], ["there is no event", "Did you mean “summit” (A summit)?"]),
    "nothing fits": (["--source", "second", "--theme", "gender"], ["no recommendation fits"]),
    "nothing was asked yet": (["--as-of", "1999"], ["nothing to report"]),
    "a language that is not there": (["--lang", "xx"], ["xx"]),
    "a format that is not there": (["--format", "odt"], ["odt"]),
}  # fmt: skip

# what is wrong in tracker.yml: (setting, file with its content, what is said)
HOUSE = {
    "a template that is no Word document": (
        "template: house.docx", ("house.docx", b"no"), "is not a Word document"),
    "a template that is another zip": (
        "template: house.docx", ("house.docx", "zip"), "is not a Word document"),
    "a template that is damaged": (
        "template: house.docx", ("house.docx", "damaged"), "is not a Word document"),
    "a template whose text is something else": (
        "template: house.docx", ("house.docx", "odd"), "is not a Word document"),
    "a template that is not there": ("template: house.docx", None, "can't be read"),
    "a template outside": ("template: ../house.docx", None, "leads out of the tracker"),
    "a logo that is no picture": ("logo: logo.png", ("logo.png", b"no"), "logo"),
    "a logo of another kind": ("logo: logo.exe", ("logo.exe", b"no"), "is not a picture"),
    "a colour that is none": ("colour: blue", None, "is not a colour"),
    "paper that is none": ("paper: a3", None, "is not known"),
    "fonts that are not there": ("fonts: fonts", None, "there is no folder"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_written(name: str, tracker, run, tmp_path: Path) -> None:
    arguments, said = WRONG[name]
    fill(tracker)
    target = tmp_path / "out" / "pack"
    done = run("report", "--as-of", AS_OF, "--root", tracker.root, "--to", target, *arguments)
    assert done.status == 2
    for words in said:
        assert words in done.err
    assert not target.exists()
    assert not list(tmp_path.glob("out/.*"))


@pytest.mark.parametrize("name", HOUSE)
def test_a_house_style_that_can_not_be_used(name: str, tracker, run, tmp_path: Path) -> None:
    setting, file, said = HOUSE[name]
    fill(tracker)
    tracker.write("tracker.yml", f"name: A tracker\nlead_assessor: watch\nreport:\n  {setting}\n")
    if file:
        path = tracker.write(file[0], file[1] if isinstance(file[1], bytes) else b"")
        match file[1]:
            case "zip":
                with zipfile.ZipFile(path, "w") as archive:
                    archive.writestr("a.txt", "no")
            case "damaged":  # of every part, the first compressed bytes
                docx.Document().save(str(path))
                data = bytearray(path.read_bytes())
                with zipfile.ZipFile(path) as archive:
                    for part in archive.infolist():
                        start = part.header_offset + 30 + len(part.filename)
                        data[start : start + 8] = b"\xff" * 8
                path.write_bytes(data)
            case "odd":
                docx.Document().save(str(path))
                with zipfile.ZipFile(path) as archive:
                    parts = {name: archive.read(name) for name in archive.namelist()}
                with zipfile.ZipFile(path, "w") as archive:
                    for name, content in parts.items():
                        archive.writestr(name, b"<a/>" if name == "word/document.xml" else content)
    target = tmp_path / "out" / "pack"
    done = run("report", "--as-of", AS_OF, "--root", tracker.root, "--to", target,
               "--format", "docx", "--format", "pdf")  # fmt: skip
    assert done.status == 2
    assert said in done.err
    assert not target.exists()
    assert not list(tmp_path.glob("out/.*"))


def test_a_full_disk_leaves_nothing_behind(tracker, tmp_path: Path) -> None:
    """As when the disk is full: the system refuses what goes beyond a size."""
    fill(tracker)
    target = tmp_path / "out" / "pack"
    limit = (
        "import resource, runpy, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); "
        "runpy.run_module('tracker', run_name='__main__', alter_sys=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", limit, "report", "--as-of", AS_OF, "--root", tracker.root, "--to", target],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "the report can't be written to" in done.stderr
    assert "Make room there" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").iterdir())


def test_a_broken_style_leaves_the_last_report_as_it_was(tracker, run, tmp_path: Path) -> None:
    fill(tracker)
    target = tmp_path / "pack"
    common = ("report", "--as-of", AS_OF, "--root", tracker.root, "--to", target, "--format", "md")
    assert run(*common).status == 0
    before = (target / "report.md").read_bytes()
    tracker.write("tracker.yml", "name: Another\nreport:\n  template: no.docx\n")
    assert run(*common, "--format", "docx").status == 2
    assert (target / "report.md").read_bytes() == before


def test_a_report_replaces_a_report_and_nothing_else(tracker, run, tmp_path: Path) -> None:
    fill(tracker)
    target = tmp_path / "pack"
    common = ("report", "--as-of", AS_OF, "--root", tracker.root, "--to", target)
    assert run(*common, "--format", "md").status == 0
    assert run(*common, "--format", "json").status == 0
    assert {p.name for p in target.iterdir()} == {".tracker-report", "report.json"}
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    done = run(*common[:-1], other, "--format", "md")
    assert done.status == 2
    assert "not a report" in done.err
    assert [p.name for p in other.iterdir()] == ["letter.txt"]


def test_a_house_style_is_used(tracker, run, tmp_path: Path) -> None:
    fill(tracker)
    template = docx.Document()
    template.styles["Heading 1"].font.name = "Georgia"
    template.sections[0].header.paragraphs[0].text = "Our own header"
    template.settings.element.append(OxmlElement("w:updateFields"))
    template.add_paragraph("What the template says is replaced.")
    tracker.write("house/ours.docx", b"")
    template.save(str(tracker.root / "house/ours.docx"))
    tracker.write("house/logo.png", PNG)
    tracker.write(
        "tracker.yml",
        "name: A tracker\nlead_assessor: watch\nreport:\n  template: house/ours.docx\n"
        "  logo: house/logo.png\n"
        '  colour: "#7a1fa2"\n  organisation: The Secretariat\n  paper: letter\n',
    )
    target = tmp_path / "pack"
    done = run("report", "--as-of", AS_OF, "--root", tracker.root, "--to", target, "--actor", "au")
    assert done.status == 0, done.err
    word = docx.Document(str(target / "report.docx"))
    assert word.styles["Heading 1"].font.name == "Georgia"
    assert word.sections[0].header.paragraphs[0].text == "Our own header"
    assert not word.styles["Heading 1"].element.xpath(".//w:numPr"), "a template's headings are its own"
    assert "Contents" in "".join(word.element.body.itertext())
    assert word.settings.element.find(qn("w:updateFields")) is None
    assert "is replaced" not in "\n".join(p.text for p in word.paragraphs)
    assert word.core_properties.author == "The Secretariat"
    assert len(word.inline_shapes) > 2
    page = pypdf.PdfReader(target / "report.pdf").pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (612, 792)
    assert "The Secretariat" in page.extract_text()
    html = (target / "report.html").read_text(encoding="utf-8")
    assert "#7a1fa2" in html
    assert 'src="data:image/png;base64,' in html
    assert {p.name for p in (target / "briefs").iterdir()} == {"au.docx", "au.pdf"}


def test_report_and_status_agree_on_the_real_corpus(corpus_root: Path, run, tmp_path: Path) -> None:
    import json

    target = tmp_path / "pack"
    common = ("--root", corpus_root, "--as-of", "2026-11-21")
    done = run("report", *common, "--to", target, "--format", "json")
    assert done.status == 0, done.err
    status = json.loads(run("status", *common, "--by", "actor", "--format", "json").out)["rows"]
    rows = json.loads((target / "report.json").read_bytes())["tables"]["status-actor"]["rows"]
    assert len(rows) == len(status)
    for mine, theirs in zip(rows, status, strict=True):
        assert (mine["actor"], mine["requests"], mine["done"], mine["unknown"]) == (
            theirs["label"], theirs["pairs"], theirs["done"], theirs["pairs"] - theirs["assessed"]
        )  # fmt: skip


def test_report_and_diff_and_overdue_agree_on_the_real_corpus(corpus_root: Path, run, tmp_path: Path) -> None:
    import json

    common = ("--root", corpus_root, "--as-of", "2026-11-21")
    done = run("report", "--since", "2012-12-31", *common, "--to", tmp_path / "pack", "--format", "json")
    assert done.status == 0, done.err
    tables = json.loads((tmp_path / "pack/report.json").read_bytes())["tables"]
    changed = json.loads(run("status", "--since", "2012-12-31", *common, "--format", "json").out)
    moved = [m for m in changed["moves"] if m["kinds"]]
    assert sum(len(t["rows"]) for name, t in tables.items() if name.startswith("changes-")) == sum(
        len(m["kinds"]) for m in moved
    )
    pairs = next(f for f in changed["figures"] if f["key"] == "pairs")
    rows = tables["balance"]["rows"]
    assert (rows[0]["requests"], rows[-1]["requests"]) == (pairs["before"], pairs["after"])
    assert sum(r["requests"] or 0 for r in rows[1:-1]) == pairs["after"] - pairs["before"]
    late = json.loads(run("overdue", *common, "--format", "json").out)
    assert len(late["silent"]["rows"]) == len(tables["silent"]["rows"])
    assert sum(r["due"] for r in tables["old"]["rows"]) == len(late["review"]["rows"])
