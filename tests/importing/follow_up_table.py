"""A table as a secretariat keeps it: its own ids, its own words, dates of all kinds, long texts, and faults.

Made from a row's number alone, so every run has the same one. Bodies and offices only; nothing in it is about
anybody.
"""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl

HEADERS = ["Rec. No.", "Recommendation", "Addressees", "Thematic area", "Para.", "Due date", "Implementation status",
           "Status date", "Remarks", "Link to evidence", "Priority"]  # fmt: skip
STATUSES = ["Completed", "In progress", "Partially implemented", "Pending", "No longer relevant", ""]
ADDRESSEES = ["African Union", "AU; European Union", "eu", "Regional organisations ; AU", "the African  Union"]
TOPICS = ["a public liaison desk", "a roster of mediators", "a review of early warning", "a fund for local networks"]


def row(number: int) -> list:
    """A row that can be imported as it is."""
    topic = TOPICS[number % len(TOPICS)]
    text = (
        f"The organisation should set up {topic} in its office number {number}, with a public address.\n\n"
        f"• It answers within a month;\n• it reports once a year.\n\nParagraph {number} has the details, and"
        " says who is to be consulted: " + "regional offices, networks and women's organisations, " * (number % 12)
    )
    day = datetime.date(2015, 1, 1) + datetime.timedelta(days=number)
    status = STATUSES[number % len(STATUSES)]
    return [
        f"REC/2014/{number:04d}", text, ADDRESSEES[number % len(ADDRESSEES)], "Gender", f"para. {number}",
        datetime.datetime(2020, 12, 31) if number % 3 else "2021", status,
        datetime.datetime.combine(day, datetime.time()) if number % 2 else day.isoformat(),
        f"Reported by the office.\nSeen on {day.isoformat()}." if status else None,
        f"https://www.example.org/documents/{number}" if status else None, "High" if number % 7 else "Low",
    ]  # fmt: skip


def rows(count: int) -> list[list]:
    """``count`` good rows, with an empty one after every hundredth."""
    made = []
    for number in range(1, count + 1):
        made.append(row(number))
        if number % 100 == 0:
            made.append([None] * len(HEADERS))
    return made


def xlsx(lines: list[list], *, sheet: str = "Follow-up", title: bool = False, change=None) -> bytes:
    """A workbook; with ``title`` its headers are in the third row. ``change(worksheet)`` is called last."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    if title:
        page.append(["Follow-up to recommendations, status as reported"])
        page.append([])
    page.append(HEADERS)
    for line in lines:
        page.append(line)
    if change:
        change(page)
    book.create_sheet("Notes").append(["Not a table"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(lines: list[list], separator: str = ",") -> str:
    """The same as CSV text, with dates in ISO form."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(HEADERS)
    for line in lines:
        writer.writerow([v.date().isoformat() if isinstance(v, datetime.datetime) else v for v in line])
    return file.getvalue()


MAP = """\
table: follow-up
prefix: follow-up
row_id: Rec. No.
recommendation:
  title: {column: Recommendation, shorten: 90, keep: true}
  body: {column: Recommendation}
  source: {value: report}
  locator: {column: Para.}
  addressed_to: {column: Addressees, separator: ";"}
  themes: {column: Thematic area}
  deadline: {column: Due date}
each_addressee: true
assessment:
  status:
    column: Implementation status
    words:
      Completed: implemented
      In progress: under-way
      Partially implemented: partly-implemented
      Pending: not-started
      No longer relevant: overtaken
  date: {column: Status date}
  by: {value: watch}
  basis: {value: self-report}
  note: {column: Remarks}
evidence:
  title: {value: The office's report}
  url: {column: Link to evidence}
"""
