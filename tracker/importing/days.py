"""Dates from cells: what a spreadsheet program knows to be one, ISO, or a form that the map names.

03/04/2019 is a day in March to some and in April to others. It is never guessed: a text that is not in ISO
form needs a format in the map. What the text leaves out (the day, the month) stays out of the date.
"""

from __future__ import annotations

import datetime
import functools
import re

from tracker import dates
from tracker.importing.cells import Cell

_TOKENS = {
    "YYYY": r"(?P<year>\d{4})", "MMMM": r"(?P<name>[^\W\d_]+)", "MMM": r"(?P<name>[^\W\d_]+\.?)",
    "MM": r"(?P<month>\d{1,2})", "M": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{1,2})", "D": r"(?P<day>\d{1,2})",
}  # fmt: skip
_TOKEN = re.compile("|".join(_TOKENS))
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?")
_YEARS = range(1800, 2201)
EXAMPLES = "DD/MM/YYYY, MM/DD/YYYY, D MMMM YYYY, MMM YYYY"
DAY_NUMBER = {"day-number": datetime.date(1899, 12, 30), "day-number-1904": datetime.date(1904, 1, 1)}


def format_problem(form: str, language: str) -> tuple[str, str] | None:
    """(message, hint) where a format of the map can't be used."""
    if form in DAY_NUMBER:
        return None
    found = _TOKEN.findall(form)
    rest = _TOKEN.sub("", form)
    if "YY" in rest:
        return f"“{form}” has years of two digits, which could be of any century", "Write the dates out in the table."
    if "YYYY" not in found or re.search(r"[YMD]", rest) or len(found) != len({t[0] for t in found}):
        return f"“{form}” is not the form of a date", f"Such as {EXAMPLES}; numbers of days: day-number."
    if any(t.startswith("MMM") for t in found) and not _months(language):
        return f"there are no names of months in “{language}”", "Write the code of a language, such as en, fr, es or ar."
    return None


def date_of(cell: Cell, formats: list[str], language: str) -> tuple[str, str]:
    """(date, problem) of a cell that holds something; one of the two is empty."""
    value = cell.value
    if isinstance(value, datetime.date):
        return value.isoformat(), ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _of_number(value, formats)
    text = " ".join(cell.text.split())
    if match := _ISO_TIME.fullmatch(text):
        text = match[1]
    if dates.SHAPE.fullmatch(text):
        why = dates.problem(text)
        return ("", why) if why else (text, "")
    if isinstance(value, (float, bool)):
        return "", f"“{text}” is not a date"
    for form in formats:
        if form not in DAY_NUMBER and (match := _pattern(form).fullmatch(text)):
            return _of_parts(match, text, language)
    if not formats:
        return "", f"“{text}” is not in the form {dates.EXAMPLES}; the map has to say how it is to be read (formats)"
    return "", f"“{text}” is in none of the forms that the map names ({', '.join(formats)})"


def _of_number(value: int, formats: list[str]) -> tuple[str, str]:
    for form in formats:
        if form in DAY_NUMBER:
            try:
                return (DAY_NUMBER[form] + datetime.timedelta(days=value)).isoformat(), ""
            except OverflowError:
                return "", f"{value} is no number of a day"
    if value in _YEARS:
        return str(value), ""
    return "", f"{value} is a number and not a date; if it counts days, give the cell the form of a date"


def _of_parts(match: re.Match, text: str, language: str) -> tuple[str, str]:
    parts = match.groupdict()
    made = parts["year"]
    month = parts.get("month")
    if name := parts.get("name"):
        month = _months(language).get(name.casefold().rstrip("."))
        if month is None:
            return "", f"“{name}” in “{text}” is not the name of a month"
    if month is not None:
        made += f"-{int(month):02d}"
        if parts.get("day"):
            made += f"-{int(parts['day']):02d}"
    why = dates.problem(made)
    return ("", f"“{text}”: {why}") if why else (made, "")


@functools.cache
def _pattern(form: str) -> re.Pattern:
    made, at = "", 0
    for token in _TOKEN.finditer(form):
        made += re.escape(form[at : token.start()]) + _TOKENS[token[0]]
        at = token.end()
    return re.compile(made + re.escape(form[at:]), re.IGNORECASE)


@functools.cache
def _months(language: str) -> dict[str, int]:
    """Names of months, long and short, in small letters; empty for a language that is not known."""
    if language == "en":
        long = {name.casefold(): number for number, name in enumerate(_ENGLISH, 1)}
        return long | {name[:3]: number for name, number in long.items()} | {"sept": 9}
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_month_names

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return {}
    return {
        name.casefold().rstrip("."): number
        for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, context, locale).items()
    }  # fmt: skip


_ENGLISH = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December"]  # fmt: skip


def guess(texts: list[str]) -> tuple[list[str], str]:
    """(formats that fit all of ``texts``, what can't be told); for the draft of a map.

    Of day and month first both are given where nothing in the texts decides.
    """
    open_ones = [t for t in texts if not dates.SHAPE.fullmatch(t) and not _ISO_TIME.fullmatch(t)]
    if not open_ones:
        return [], ""
    fitting = []
    for form in ("DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "DD-MM-YYYY", "MM-DD-YYYY", "D MMMM YYYY", "D MMM YYYY",
                 "MMMM D, YYYY", "MMM D, YYYY", "MMMM YYYY", "MMM YYYY", "MM/YYYY", "YYYY/MM/DD"):  # fmt: skip
        pattern = _pattern(form)
        matches = [pattern.fullmatch(t) for t in open_ones]
        if all(matches) and not any(_of_parts(m, "", "en")[1] for m in matches if m):
            fitting.append(form)
    doubt = "day and month can't be told apart" if len(fitting) > 1 and "MMM" not in fitting[0] else ""
    return (fitting if doubt else fitting[:1]), doubt
