"""Dates as precise as they are told, as spans of days."""

from __future__ import annotations

import calendar
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """First and last day that a date may mean, as ordinals."""

    first: int
    last: int


def span(text: str | None) -> Span | None:
    """The days that "2016", "2016-05" or "2016-05-14" may mean; None for what is no date.

    >>> span("2016-02").last - span("2016-02").first
    28
    >>> span("2016-13"), span(None)
    (None, None)
    """
    if not text:
        return None
    try:
        numbers = [int(part) for part in text[:10].split("-")]
        year, month, day = (*numbers, None, None)[:3]
        if year is None:
            return None
        last_month = month or 12
        last_day = day or calendar.monthrange(year, last_month)[1]
        return Span(date(year, month or 1, day or 1).toordinal(), date(year, last_month, last_day).toordinal())
    except (ValueError, calendar.IllegalMonthError):
        return None


def gap(a: Span, b: Span) -> int:
    """Days between two spans; 0 where they overlap.

    >>> gap(span("2016"), span("2016-05")), gap(span("2016-05-01"), span("2016-05-04"))
    (0, 3)
    """
    return max(0, a.first - b.last, b.first - a.last)


def within(coarse: str, fine: str) -> bool:
    """Whether a date says the same as a finer one: "2016-05" and "2016-05-14"."""
    return fine.startswith(coarse)
