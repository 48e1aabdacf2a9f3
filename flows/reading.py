"""Files, addresses and standard input as articles, for the commands that keep nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Literal

from flows import intake
from flows.settings import Settings
from pipeline.errors import DealgraphError, ParseError
from pipeline.parse import LARGEST, parse, too_large
from pipeline.sources import as_source, read_source
from pipeline.sources.lines import read_lines
from schemas.records import Article, Page

Format = Literal["text", "html", "jsonl"]
_FORMATS: dict[str, Format] = {".html": "html", ".htm": "html", ".txt": "text", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_CONTENT_TYPES = {"html": "text/html", "text": "text/plain"}
SHOWN = ("url", "title", "text", "authors", "publisher", "published_at", "language")


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
            if known != "jsonl" and (size := file.stat().st_size) > LARGEST:
                yield too_large(str(file), size)
                continue
            with file.open("rb") as stream:
                yield from _articles(str(file), stream, known)
        except OSError as error:
            yield ParseError(error.strerror or str(error), subject=str(file), remedy="name a readable file")


def _articles(name: str, stream: IO[bytes], format_: Format) -> Iterator[Article | DealgraphError]:
    if format_ == "jsonl":
        yield from read_lines(stream, name)
    else:
        # A byte more than a page may have, so that one without end is refused.
        yield _parsed(Page(name, stream.read(LARGEST + 1), _CONTENT_TYPES[format_]))


def _parsed(page: Page) -> Article | DealgraphError:
    try:
        return parse(page)
    except ParseError as error:
        return error


def read_pages(pages: Sequence[str], settings: Settings) -> Iterator[dict[str, Any]]:
    """What the reader makes of pages, as plain rows; `set_aside` with the reason where it makes nothing."""
    with intake.web(settings, [as_source(page) for page in pages], keep=False) as fetcher:
        for source in pages:
            for item in read_source(source, fetcher=fetcher):
                read = _parsed(item) if isinstance(item, Page) else item
                if isinstance(read, DealgraphError):
                    yield {"source": source, "set_aside": str(read)}
                else:
                    row = asdict(read)
                    yield {"source": source} | {name: row[name] for name in SHOWN}
