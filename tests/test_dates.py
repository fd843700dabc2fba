"""Dates as people know them: which texts are dates, and which days they stand for."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import dates

# text: first day, last day, as people write it
GOOD = {
    "2015": ("2015-01-01", "2015-12-31", "2015"),
    "0999": ("0999-01-01", "0999-12-31", "0999"),
    "2015-07": ("2015-07-01", "2015-07-31", "July 2015"),
    "2015-02": ("2015-02-01", "2015-02-28", "February 2015"),
    "2016-02": ("2016-02-01", "2016-02-29", "February 2016"),
    "2015-07-19": ("2015-07-19", "2015-07-19", "19 July 2015"),
    "2015-07-01": ("2015-07-01", "2015-07-01", "1 July 2015"),
    "2000-02-29": ("2000-02-29", "2000-02-29", "29 February 2000"),
}
# text: what the message says of it
BAD = {
    "": "not a date",
    "15": "not a date",
    "20155": "not a date",
    "2015-7": "not a date",
    "2015-07-1": "not a date",
    "2015/07/19": "not a date",
    "19.07.2015": "not a date",
    "2015-07-19 ": "not a date",
    "2015-07-19\n": "not a date",
    "2015-07-19T10:00": "not a date",
    "spring 2015": "not a date",
    "٢٠١٥": "not a date",  # digits, but none that sort beside those of other dates
    "0000": "no year 0",
    "2015-00": "no month 00",
    "2015-13": "no month 13",
    "2015-13-01": "no month 13",
    "2015-11-31": "November 2015 has no day 31",
    "2015-02-29": "February 2015 has no day 29 (it has 28 days)",
    "1900-02-29": "February 1900 has no day 29 (it has 28 days)",
    "2015-01-00": "January 2015 has no day 00",
}
# earlier, later, days between their ends
DISTANCES = [
    ("2015-07-19", "2015-07-19", 0),
    ("2015-07-19", "2015-07-20", 1),
    ("2015", "2016", 366),
    ("2015-02", "2015-03-01", 1),
    ("2015", "2015-12-30", -1),
]


@pytest.mark.parametrize("text", GOOD)
def test_a_date_stands_for_its_period(text: str) -> None:
    assert dates.problem(text) is None
    assert (dates.first_day(text), dates.last_day(text), dates.written(text)) == GOOD[text]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_date_is_told_in_plain_words(text: str) -> None:
    assert BAD[text] in (dates.problem(text) or "nothing was found wrong")


@pytest.mark.parametrize("text", ["about 2015", "", "<b>"])
def test_what_is_no_date_is_shown_as_it_stands(text: str) -> None:
    assert dates.written(text) == text


@pytest.mark.parametrize(("earlier", "later", "days"), DISTANCES)
def test_distances_go_from_end_to_end(earlier: str, later: str, days: int) -> None:
    assert dates.days_between(earlier, later) == days


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: datetime.date) -> None:
    text = day.isoformat()
    assert dates.problem(text) is None
    for partial in (text, text[:7], text[:4]):
        assert dates.first_day(partial) <= text <= dates.last_day(partial)
        assert dates.problem(dates.first_day(partial)) is None
        assert dates.problem(dates.last_day(partial)) is None


@given(st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_a_day_is_a_date_exactly_where_the_calendar_has_it(text: str) -> None:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        assert dates.problem(text)
    else:
        assert dates.problem(text) is None
