"""Dates in a text, as precise as they are told; relative words are resolved against the article's day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

_MONTHS = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_COUNTS = {
    word: n
    for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
} | {"a": 1}
_SEASONS = {"winter": 2, "spring": 5, "summer": 8, "autumn": 11, "fall": 11}  # the month each ends in
_STEPS = {"last": -1, "previous": -1, "past": -1, "next": 1}

Resolve = Callable[[re.Match[str], date], str | None]


def find_dates(text: str, reference: str | None) -> Iterator[tuple[int, int, str]]:
    """Dates with their characters, ISO 8601 cut to what is told, in the order of the text.

    reference: the day of the article, or None; without it only dates that name their year are found.

    >>> text = "sold in May 2016 after a bid on Tuesday; bought two years ago, closed on March 3"
    >>> [day for _, _, day in find_dates(text, "2016-05-18")]
    ['2016-05', '2016-05-17', '2014', '2016-03-03']
    >>> [day for _, _, day in find_dates("said on 14 May 2016, yesterday", None)]
    ['2016-05-14']
    """
    day = date.fromisoformat(reference[:10]) if reference else None
    found: dict[int, tuple[int, int, str]] = {}
    taken: set[int] = set()
    for pattern, resolve in _ABSOLUTE if day is None else (*_ABSOLUTE[:-1], *_RELATIVE, _ABSOLUTE[-1]):
        for match in pattern.finditer(text):
            value = None if taken & set(range(*match.span())) else resolve(match, day or date.min)
            if value:
                taken.update(range(*match.span()))
                found[match.start()] = (*match.span(), value)
    return iter(found[start] for start in sorted(found))


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].lower()[:3]]


def _full(match: re.Match[str], _: date) -> str | None:
    return _iso(int(match["year"]), _month(match), int(match["day"]))


def _nearest_year(match: re.Match[str], today: date) -> str | None:
    """A day and month without a year: the one nearest to the article."""
    month, day = _month(match), int(match["day"])
    near = [iso for year in (today.year, today.year - 1, today.year + 1) if (iso := _iso(year, month, day))]
    return min(near, key=lambda iso: abs((date.fromisoformat(iso) - today).days), default=None)


def _bare_month(match: re.Match[str], today: date) -> str | None:
    """A month alone: the last one of its name, or the next after "by" and "until"."""
    month, ahead = _month(match), match["lead"].lower() in ("by", "until")
    if ahead:
        return _iso(today.year if month >= today.month else today.year + 1, month)
    return _iso(today.year if month <= today.month else today.year - 1, month)


def _day_word(match: re.Match[str], today: date) -> str:
    word = match.group().lower()
    shift = -1 if word in ("yesterday", "last night") else 1 if word == "tomorrow" else 0
    return (today + timedelta(days=shift)).isoformat()


def _weekday(match: re.Match[str], today: date) -> str:
    back = (today.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    if (match["lead"] or "").lower() == "next":
        return (today + timedelta(days=(7 - back) % 7 or 7)).isoformat()
    return (today - timedelta(days=back)).isoformat()


def _shifted(today: date, unit: str, steps: int) -> str | None:
    if unit in _SEASONS:
        return _iso(today.year + (steps if steps != -1 or today.month <= _SEASONS[unit] else 0))
    if unit == "year":
        return _iso(today.year + steps)
    if unit == "quarter":
        return _iso((today.year * 12 + today.month - 1 + 3 * steps) // 12)
    if unit == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + steps, 12)
        return _iso(year, month + 1)
    moved = today + timedelta(days=steps * (7 if unit == "week" else 1))
    return moved.isoformat()[:7] if unit == "week" else moved.isoformat()


def _period(match: re.Match[str], today: date) -> str | None:
    return _shifted(today, match["unit"].lower(), _STEPS.get(match["step"].lower(), 0))


def _ago(match: re.Match[str], today: date) -> str | None:
    said = match["count"].lower()
    count = int(said) if said.isdigit() else _COUNTS.get(said)
    if not count or count > 100:
        return None
    return _shifted(today, match["unit"].lower().removesuffix("s"), -count)


_ABSOLUTE: tuple[tuple[re.Pattern[str], Resolve], ...] = (
    (re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b"), _full),
    (re.compile(rf"\b{_DAY}\s+{_MONTH},?\s+{_YEAR}\b"), _full),
    (re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b"), lambda match, _: _iso(int(match["year"]), _month(match))),
    (re.compile(rf"\b{_YEAR}\b(?!-)"), lambda match, _: match["year"]),
)
_RELATIVE: tuple[tuple[re.Pattern[str], Resolve], ...] = (
    (re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?!,?\s*\d)"), _nearest_year),
    (re.compile(rf"\b{_DAY}\s+{_MONTH}(?!\w)"), _nearest_year),
    (
        re.compile(
            r"\b(?P<lead>[Ii]n|since|by|until|last|this|late|early|mid|end of|of)[\s-]+"
            rf"(?:late |early |mid-?)?{_MONTH}(?!\w)"
        ),
        _bare_month,
    ),
    (re.compile(r"\b(?:yesterday|today|tomorrow|tonight|last night)\b", re.IGNORECASE), _day_word),
    (
        re.compile(
            rf"\b(?:(?P<lead>last|next|this|on|late|early)\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE
        ),
        _weekday,
    ),
    (
        re.compile(
            r"\b(?P<step>last|previous|past|next|this|earlier this|later this|the same)\s+"
            r"(?P<unit>year|month|week|quarter|spring|summer|autumn|fall|winter)\b",
            re.IGNORECASE,
        ),
        _period,
    ),
    (re.compile(r"\b(?P<count>\w+)\s+(?P<unit>(?:year|month|week|day)s?)\s+(?:ago|earlier)\b", re.IGNORECASE), _ago),
)
