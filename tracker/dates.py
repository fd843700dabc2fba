"""Dates as people know them: a day, a month or a year.

The documents often give only a year. Completing it would invent a date, so a
partial date stays as it was written and stands for the *end* of its period: what is
dated 2006 is known to have been so when 2006 was over. Dates are kept as text, which
sorts and compares as it reads; no time zones and no times are involved.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re

SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
EXAMPLES = "2015, 2015-07 or 2015-07-19"

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


@functools.lru_cache(maxsize=4096)
def problem(text: str) -> str | None:
    """Why ``text`` is not a date, in plain words, or None where it is one."""
    match = SHAPE.fullmatch(text)
    if not match:
        return f"“{text}” is not a date in the form {EXAMPLES}"
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year:
        return "there is no year 0"
    if month is not None and not 1 <= month <= 12:
        return f"there is no month {month:02d}"
    if day is not None:
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            return f"{MONTHS[month - 1]} {year} has no day {day:02d} (it has {last} days)"
    return None


@functools.lru_cache(maxsize=4096)
def last_day(text: str) -> str:
    """The last day that a (valid) partial date stands for, as YYYY-MM-DD."""
    if len(text) == 10:
        return text
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return f"{text}-{calendar.monthrange(year, month)[1]}"
    return f"{text}-12-31"


def first_day(text: str) -> str:
    """The first day that a (valid) partial date stands for, as YYYY-MM-DD."""
    return text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text


@functools.lru_cache(maxsize=4096)
def written(text: str) -> str:
    """A date for people: 19 July 2015, July 2015 or 2015."""
    match = SHAPE.fullmatch(text)
    if not match:
        return text
    year, month, day = match.groups()
    if day:
        return f"{int(day)} {MONTHS[int(month) - 1]} {year}"
    if month:
        return f"{MONTHS[int(month) - 1]} {year}"
    return year


def days_between(earlier: str, later: str) -> int:
    """Whole days from the end of one (valid) date to the end of another."""
    return (
        datetime.date.fromisoformat(last_day(later))
        - datetime.date.fromisoformat(last_day(earlier))
    ).days
