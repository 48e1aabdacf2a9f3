"""When a page was published: a day, or a moment where its time zone is told."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from htmldate import find_date
from lxml.html import HtmlElement

WORDS = (
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%d/%m/%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
)
ISO = re.compile(r"^\d{4}-\d{2}-\d{2}")
EARLIEST = 1970


def moment(told: str | None) -> str | None:
    """A told time in ISO 8601; a time without its zone is known to the day only.

    >>> moment("2016-05-18T09:30:00+0300"), moment("2016-05-18 09:30"), moment("May 18, 2016"), moment("soon")
    ('2016-05-18T09:30:00+03:00', '2016-05-18', '2016-05-18', None)
    """
    text = " ".join((told or "").split())
    known = _iso(text) or _seconds(text) or _mail(text) or _words(text)
    if known is None or known.year < EARLIEST:
        return None
    return known.date().isoformat() if known.tzinfo is None else known.isoformat(timespec="seconds")


def _iso(text: str) -> datetime | None:
    if not ISO.match(text):
        return None
    text = re.sub(r"\s*(?:UTC|GMT)$", "Z", text)
    for candidate in (text, re.sub(r"(\d)\s+([+-]\d{2}:?\d{2})$", r"\1\2", text), text[:19], text[:10]):
        try:
            return datetime.fromisoformat(candidate)
        except ValueError:
            continue
    return None


def _seconds(text: str) -> datetime | None:
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _words(text: str) -> datetime | None:
    text = re.sub(
        r"^(?:published|posted|updated|on|mon|tues?|wed(?:nes)?|thur?s?|fri|satur?|sun)\w*[,:]?\s+",
        "",
        text,
        flags=re.I,
    )
    text = re.sub(r"(\d)(?:st|nd|rd|th)\b|\.(?=\s)", r"\1", text)
    for form in WORDS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def date_on_page(tree: HtmlElement, url: str) -> str | None:
    """The day that the page shows somewhere, as htmldate finds it."""
    found = _found(tree, url, anywhere=True)
    # Out of a year or month alone, a thorough search makes its first day.
    return _found(tree, url, anywhere=False) if found and found.endswith("-01") else found


def _found(tree: HtmlElement, url: str, *, anywhere: bool) -> str | None:
    try:
        found = find_date(tree, url=url, original_date=True, extensive_search=anywhere, outputformat="%Y-%m-%d")
    except (ValueError, TypeError, AttributeError):
        return None
    return str(found) if found else None
