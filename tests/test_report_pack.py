"""`tracker report`: the files of the pack, opened again and read back."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn
from lxml import etree
from report_tracker import AS_OF, fill

SVG_IN_WORD = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
GOLDEN = Path(__file__).parent / "golden"
ALL = {"report.md", "report.html", "report.json", "report.xlsx", "report.pdf", "report.docx"}
# What the small tracker comes to, counted by hand.
FIGURES = {"recommendations": 3, "requests": 5, "assessed": 3, "done": 2, "unknown": 2}


@pytest.fixture(scope="module")
def packs(tmp_path_factory) -> dict[str, Path]:
    """The pack of the small tracker in English, French and Arabic, in all formats."""
    from click.testing import CliRunner
    from conftest import MINIMAL, Tracker

    from tracker.cli.main import tracker as command

    root = Tracker(tmp_path_factory.mktemp("small") / "tracker")
    for path, text in MINIMAL.items():
        root.write(path, text)
    fill(root)
    made = {}
    for language in ("en", "fr", "ar"):
        made[language] = folder = root.root.parent / language
        done = CliRunner().invoke(
            command,
            ["report", "--root", str(root.root), "--as-of", AS_OF, "--lang", language, "--to", str(folder)],
            catch_exceptions=False,
        )  # fmt: skip
        assert done.exit_code == 0, done.output
    return made


def files(folder: Path) -> dict[str, bytes]:
    found = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def test_the_pack_has_every_format_and_a_brief_for_each_actor(packs: dict[str, Path]) -> None:
    found = set(files(packs["en"]))
    assert found >= ALL
    briefs = {name for name in found if name.startswith("briefs/")}
    assert briefs == {f"briefs/{actor}.{form}" for actor in ("au", "eu", "rigos") for form in ("docx", "pdf")}
    assert {"tables/headline.csv", "tables/requests.csv", "tables/evidence.csv"} <= found


def test_golden_markdown(packs: dict[str, Path]) -> None:
    """The whole report of the small tracker; write it anew only after reading every line."""
    made = (packs["en"] / "report.md").read_text(encoding="utf-8")
    assert made == (GOLDEN / "report.md").read_text(encoding="utf-8")


# One number, six ways

def headline_of(name: str, folder: Path) -> dict[str, str]:
    """Label and number of each headline figure, as a reader of the format gets them."""
    match name:
        case "json":
            rows = json.loads((folder / "report.json").read_bytes())["tables"]["headline"]["rows"]
            return {row["figure"]: str(row["count"]) for row in rows}
        case "csv":
            with (folder / "tables/headline.csv").open(encoding="utf-8", newline="") as file:
                return {row["figure"]: row["count"] for row in csv.DictReader(file)}
        case "xlsx":
            sheet = openpyxl.load_workbook(folder / "report.xlsx")["Headline figures"]
            return {row[0].value: str(row[1].value) for row in sheet.iter_rows(min_row=2)}
        case "docx":
            table = docx.Document(str(folder / "report.docx")).tables[0]
            return {row.cells[0].text: row.cells[1].text for row in table.rows[1:]}
        case "md":
            text = (folder / "report.md").read_text(encoding="utf-8")
            part = text.split("## Headline figures")[1].split("##")[0]
            return dict(re.findall(r"^\| ([^|]+?) \| (\d+) \|", part, re.M))
        case "html":
            text = (folder / "report.html").read_text(encoding="utf-8")
            part = text.split('<section id="headline"')[1].split("</section>")[0]
            return dict(re.findall(r'<th scope="row">(.*?)</th><td class="number">(\d+)</td>', part))
    raise KeyError(name)


@pytest.mark.parametrize("name", ["json", "csv", "xlsx", "docx", "md", "html"])
def test_every_format_says_the_same_figures(packs: dict[str, Path], name: str) -> None:
    found = headline_of(name, packs["en"])
    assert found["Recommendations in scope (a repetition inside one document counts once)"] == str(FIGURES["recommendations"])
    assert found["Requests (one recommendation, one actor)"] == str(FIGURES["requests"])
    assert (found["Assessed"], found["Done"], found["Not assessed"]) == ("3", "2", "2")


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


# language: words of the headline in the PDF
IN_PDF = {
    "en": ["3 of 5 requests have been assessed.", "Of these, 2 are done."],
    "fr": ["3 demandes sur 5 ont été évaluées.", "Parmi celles-ci, 2 sont réalisées."],
}


@pytest.mark.parametrize("language", IN_PDF)
def test_the_pdf_says_the_same_figures(packs: dict[str, Path], language: str) -> None:
    text = text_of(packs[language] / "report.pdf")
    for words in IN_PDF[language]:
        assert words in text


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_pdf_is_tagged_and_says_its_title_and_language(packs: dict[str, Path], language: str) -> None:
    for path in [packs[language] / "report.pdf", *(packs[language] / "briefs").glob("*.pdf")]:
        reader = pypdf.PdfReader(path)
        catalogue = reader.trailer["/Root"]
        assert catalogue["/Lang"].startswith(language)
        assert catalogue["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in catalogue
        assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata.title
        assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
        fonts = {
            str(font["/BaseFont"]) for page in reader.pages
            for font in (f.get_object() for f in page["/Resources"].get("/Font", {}).values())
        }  # fmt: skip
        assert fonts
        assert all("NotoSans" in name for name in fonts)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_brief_is_one_page(packs: dict[str, Path], language: str) -> None:
    for path in (packs[language] / "briefs").glob("*.pdf"):
        assert len(pypdf.PdfReader(path).pages) == 1, path.name


# Word

def contents_of(word) -> list:
    """The entries of the list of contents, as (style, text, the bookmark to which it leads)."""
    box = next(word.element.body.iter(qn("w:sdtContent")))
    found = []
    for p in box.iter(qn("w:p")):
        text = "".join(e.text if e.tag == qn("w:t") else "\t" for e in p.iter(qn("w:t"), qn("w:tab")))
        links = [link.get(qn("w:anchor")) for link in p.iter(qn("w:hyperlink"))]
        found.append((p.pPr.pStyle.get(qn("w:val")), text, links))
    return found


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_word_lists_its_headings_with_numbers_and_links_and_asks_nothing(
    packs: dict[str, Path], language: str
) -> None:
    word = docx.Document(str(packs[language] / "report.docx"))
    counts, wanted = [0, 0], []
    for p in word.paragraphs:
        if p.style.style_id in ("Heading1", "Heading2"):
            level = int(p.style.style_id[-1])
            counts = [counts[0] + 1, 0] if level == 1 else [counts[0], counts[1] + 1]
            mark = p._p.find(qn("w:bookmarkStart")).get(qn("w:name"))
            wanted.append((f"TOC{level}", ".".join(map(str, counts[:level])) + "\t" + p.text, [mark]))
    title, *entries = contents_of(word)
    assert title[0] == "TOCHeading"
    assert entries == wanted
    assert len({link for _, _, (link,) in entries}) == len(entries)
    codes = [e.text.split()[0] for e in word.element.iter(qn("w:instrText"))]
    assert codes == ["TOC"], "a list that Word can update, and no page number that waits to be filled in"
    assert word.settings.element.find(qn("w:updateFields")) is None, "Word would ask on opening"
    # The numbers are Word's own: the styles name a list, whose levels name the styles.
    lists = word.part.numbering_part.element
    for level, style in enumerate(("Heading1", "Heading2")):
        number = word.styles.element.xpath(f'w:style[@w:styleId="{style}"]//w:numId/@w:val')[0]
        kind = lists.xpath(f'w:num[@w:numId="{number}"]/w:abstractNumId/@w:val')[0]
        (made,) = lists.xpath(f'w:abstractNum[@w:abstractNumId="{kind}"]/w:lvl[@w:ilvl="{level}"]')
        assert made.find(qn("w:pStyle")).get(qn("w:val")) == style
        assert made.find(qn("w:lvlText")).get(qn("w:val")) == ("%1", "%1.%2")[level]


def test_word_has_headings_and_tables_that_repeat_their_heads(packs: dict[str, Path]) -> None:
    word = docx.Document(str(packs["en"] / "report.docx"))
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert heads[0] == "The event"
    assert heads[-1] == "Method, and what the data does not show"
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        grid = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid]
        assert all(grid)
        assert sum(grid) <= word.sections[0].page_width.twips
    footer = word.sections[0].footer._element
    assert [e.text.strip() for e in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("name", ["report.docx", "briefs/au.docx"])
def test_word_has_each_chart_as_a_vector_a_picture_and_words(packs: dict[str, Path], name: str) -> None:
    word = docx.Document(str(packs["ar"] / name))
    drawings = [*word.element.iter(qn("wp:inline"))]
    assert len(drawings) == (4 if name == "report.docx" else 1)
    for drawing in drawings:
        (blip,) = drawing.iter(qn("a:blip"))
        picture = word.part.related_parts[blip.get(qn("r:embed"))]
        assert picture.content_type == "image/png"
        assert picture.blob.startswith(b"\x89PNG")
        (extension,) = blip.iter(f"{{{SVG_IN_WORD}}}svgBlip")
        assert extension.getparent().get("uri") == "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
        vector = word.part.related_parts[extension.get(qn("r:embed"))]
        assert vector.content_type == "image/svg+xml"
        assert etree.fromstring(vector.blob).tag == "{http://www.w3.org/2000/svg}svg"
        assert b"Noto" not in vector.blob, "fonts that Word has"
        assert len(drawing.find(qn("wp:docPr")).get("descr")) > 10
        assert {drawing.get(side) for side in ("distT", "distB", "distL", "distR")} == {"0"}


def test_word_is_in_its_language(packs: dict[str, Path]) -> None:
    for language, attribute, name in (("fr", "w:val", "fr-FR"), ("ar", "w:bidi", "ar-SA")):
        word = docx.Document(str(packs[language] / "report.docx"))
        lang = word.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
        assert lang.get(qn(attribute)) == name


def test_word_from_right_to_left(packs: dict[str, Path]) -> None:
    word = docx.Document(str(packs["ar"] / "report.docx"))
    assert word.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert all(t._tbl.tblPr.find(qn("w:bidiVisual")) is not None for t in word.tables)
    heads = [p for p in word.paragraphs if p.style.name == "Heading 1"]
    assert all(p._p.pPr.find(qn("w:bidi")) is not None for p in heads)
    normal = word.styles.element.xpath('w:style[@w:styleId="Normal"]')[0]
    assert normal.pPr.find(qn("w:bidi")) is not None, "what is added in Word runs from right to left too"
    runs = [r for p in heads for r in p._p.iter(qn("w:r"))]
    assert all(r.rPr.find(qn("w:rtl")) is not None for r in runs)
    # The title of a record is English: its run is not turned, and it says so.
    every = word.element.iter(qn("w:r"))
    titles = [r for r in every if "Name a desk for civil society" in "".join(r.itertext())]
    assert titles
    assert all(r.rPr.find(qn("w:rtl")) is None for r in titles)
    assert all(r.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB" for r in titles)


# Excel

def test_excel_has_typed_cells_filters_and_a_head_that_stays(packs: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(packs["en"] / "report.xlsx")
    sheet = book["All requests"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(rows) == FIGURES["requests"]
    desk = next(r for r in rows if r["Id"] == "desk" and r["Actor"] == "African Union")
    assert desk["Judged as of"].isoformat()[:10] == "2011-03-04"  # a day is a date
    assert desk["Deadline"] == "2011-06"  # a month stays a month
    assert desk["Pieces of evidence"] == 1
    assert desk["Due for review"] == "no"
    assert next(r for r in rows if r["Id"] == "later")["Judged as of"] is None


def test_excel_rows_are_as_high_as_their_text(packs: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(packs["en"] / "report.xlsx")["What the words mean"]
    heights = {row[1].value: sheet.row_dimensions[row[1].row].height for row in sheet.iter_rows(min_row=2)}
    short, long = min(heights, key=len), max(heights, key=len)
    assert len(short) < 60 < len(long), "of both kinds"
    assert (heights[short], heights[long]) == (None, 30), "one line as ever, two lines"


def test_excel_from_right_to_left(packs: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(packs["ar"] / "report.xlsx")
    assert all(sheet.sheet_view.rightToLeft for sheet in book)


# HTML

def test_html_needs_nothing_else_and_is_in_its_language(packs: dict[str, Path]) -> None:
    for language, direction in (("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")):
        text = (packs[language] / "report.html").read_text(encoding="utf-8")
        assert f'<html lang="{language}" dir="{direction}">' in text
        assert "<script" not in text
        assert not re.search(r'(src|href)="(?!#|https://www\.example\.org/|data:)', text)
        assert not re.search(r"url\(|@import", text)
        ids = re.findall(r' id="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
        boxes = re.findall(r'<div class="drawing" tabindex="0" role="region" aria-label="[^"]+"><svg', text)
        assert len(boxes) == text.count("<svg "), "on a phone, the keyboard too can move a wide chart"
        for drawing in re.findall(r"<svg [^>]*>", text):
            assert 'role="img"' in drawing
            assert re.search(r'aria-label="[^"]{10}', drawing)


# The same every time

def without_time(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            yield f"{part.filename} {part.date_time}"


def test_the_same_records_and_day_give_the_same_bytes(packs: dict[str, Path], run, tmp_path: Path) -> None:
    root = packs["en"].parent / "tracker"
    again = tmp_path / "again"
    done = run("report", "--root", root, "--as-of", AS_OF, "--to", again, env={"TZ": "Asia/Tokyo"})
    assert done.status == 0, done.err
    first, second = files(packs["en"]), files(again)
    assert list(first) == list(second)
    for name, data in first.items():
        if name.endswith((".docx", ".xlsx")):
            assert list(without_time(data)) == list(without_time(second[name])), name
        assert data == second[name], name


def test_progress_is_told_apart_from_the_result(packs: dict[str, Path], run, tmp_path: Path) -> None:
    root = packs["en"].parent / "tracker"
    out = tmp_path / "out"
    done = run("report", "summit", "--root", root, "--as-of", AS_OF, "--format", "md", "--to", out)
    assert done.out == f"1 file written to {out}\n"
    assert "For summit, as of 2012-01-31." in done.err
    assert "Changes since 2010-12-31 (before)." in done.err
    assert len(done.err.splitlines()) == 2  # not a terminal: no progress
