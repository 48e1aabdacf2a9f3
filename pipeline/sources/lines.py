"""JSON lines: `{"id", "title", "date", "text"}` for an article as read, `{"id", "html", "url"}` for a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from pipeline.addresses import article_id, is_address
from pipeline.errors import DealgraphError, ParseError
from pipeline.parse import parse
from pipeline.sites.moments import moment
from schemas.records import Article, Page

LONGEST_LINE = 20_000_000
REMEDY = 'a line is {"id", "title", "date", "text"} or {"id", "html", "url"}'


def read_lines(stream: IO[bytes], name: str) -> Iterator[Article | DealgraphError]:
    """One article a line; a line that is none is yielded as an error with its number."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        subject = f"{name}, line {number}"
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            _skip(stream)
            yield ParseError(f"longer than {LONGEST_LINE // 1_000_000} MB", subject=subject, remedy=REMEDY)
        elif line.strip():
            yield _read_line(line, subject)


def _skip(stream: IO[bytes]) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _read_line(line: bytes, subject: str) -> Article | DealgraphError:
    try:
        told = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return ParseError("not in UTF-8", subject=subject, remedy="save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return ParseError(f"no JSON: {getattr(error, 'msg', error)}", subject=subject, remedy=REMEDY)
    if not isinstance(told, dict):
        return ParseError(f"a JSON {type(told).__name__}, not an object", subject=subject, remedy=REMEDY)
    try:
        return _article(told, subject)
    except ParseError as error:
        return error


def _article(told: dict[str, Any], subject: str) -> Article:
    url = _field(told, "url", subject)
    given = told.get("id")
    known = str(given) if isinstance(given, str | int) and str(given) else None
    html = _field(told, "html", subject)
    if html is not None:
        page = Page(
            url or subject,
            html.encode("utf-8", "replace"),
            "text/html; charset=utf-8",
            moment(_field(told, "fetched_at", subject)),
        )
        read = parse(page)
        return replace(read, id=known) if known else read
    text = _field(told, "text", subject)
    if text is None or not text.strip():
        raise ParseError("no text in it", subject=subject, remedy=REMEDY)
    return Article(
        id=known or (article_id(url) if is_address(url) and url else subject),
        title=_field(told, "title", subject) or "",
        text=text,
        url=url,
        publisher=_field(told, "publisher", subject),
        published_at=moment(_field(told, "date", subject) or _field(told, "published_at", subject)),
        language=_field(told, "language", subject),
    )


def _field(told: dict[str, Any], name: str, subject: str) -> str | None:
    value = told.get(name)
    if value is None or isinstance(value, str):
        return value
    raise ParseError(f'its "{name}" is no text', subject=subject, remedy=REMEDY)
