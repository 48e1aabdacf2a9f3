"""Files, addresses and standard input as articles, for the commands that keep nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import DealgraphError, ParseError
from pipeline.parse import parse
from pipeline.sources import read_source
from schemas.records import Article, Page

Format = Literal["text", "html", "jsonl"]
_FORMATS: dict[str, Format] = {".html": "html", ".htm": "html", ".txt": "text", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def articles_of(files: Sequence[Path], format_: Format | None) -> Iterator[Article | DealgraphError]:
    """Articles of files, or of standard input when there are none; each bad item as its error."""
    if not files:
        yield from _articles("standard input", sys.stdin.buffer, format_ or "jsonl")
        return
    for file in files:
        known = format_ or _FORMATS.get(file.suffix.lower())
        if known is None:
            yield ParseError("has no extension that tells what it is", subject=str(file), remedy="use --format")
            continue
        try:
            with file.open("rb") as lines:
                yield from _articles(str(file), lines, known)
        except OSError as error:
            yield ParseError(error.strerror or str(error), subject=str(file), remedy="name a readable file")


def _articles(name: str, data: Iterable[bytes], format_: Format) -> Iterator[Article | DealgraphError]:
    if format_ == "jsonl":
        for number, line in enumerate(data, start=1):
            if line.strip():
                yield _of_line(f"{name}:{number}", line)
        return
    content = b"".join(data)
    content_type = "text/html" if format_ == "html" else "text/plain"
    yield _parsed(Page(name, content, content_type=content_type))


def _parsed(page: Page) -> Article | DealgraphError:
    try:
        return parse(page)
    except ParseError as error:
        return error


def _of_line(subject: str, line: bytes) -> Article | DealgraphError:
    """An article of one JSON line: `{"id", "title", "date", "text"}` or `{"id", "html", "url"}`."""
    try:
        row = json.loads(line)
    except ValueError:
        return ParseError("is no JSON", subject=subject, remedy="one article a line")
    if not isinstance(row, dict) or not isinstance(row.get("html", row.get("text")), str):
        return ParseError(
            "lacks a text", subject=subject, remedy='give {"id", "title", "date", "text"} or {"id", "html", "url"}'
        )
    id_ = str(row.get("id") or subject)
    if "html" in row:
        read = _parsed(Page(row.get("url") or id_, row["html"].encode(), content_type="text/html; charset=utf-8"))
        return read if isinstance(read, DealgraphError) else _renamed(read, id_)
    date = row.get("date")
    return Article(
        id_,
        str(row.get("title") or ""),
        row["text"],
        url=row.get("url"),
        published_at=date if isinstance(date, str) else None,
    )


def _renamed(article: Article, id_: str) -> Article:
    return Article(**{**{name: getattr(article, name) for name in article.__dataclass_fields__}, "id": id_})


def read_pages(pages: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What the reader makes of pages, as plain rows; `set_aside` with the reason where it makes nothing."""
    for source in pages:
        for item in read_source(source):
            read = _parsed(item) if isinstance(item, Page) else item
            if isinstance(read, DealgraphError):
                yield {"source": source, "set_aside": str(read)}
                continue
            row = asdict(read)
            yield {"source": source} | {
                name: row[name] for name in ("url", "title", "text", "authors", "publisher", "published_at", "language")
            }
