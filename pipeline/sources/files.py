"""Files and folders: HTML, plain text, JSON lines, and pages kept as fetched (`page.html` beside its `meta.json`)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import DealgraphError, ParseError
from pipeline.parse import LARGEST, too_large
from pipeline.sources.lines import read_lines
from schemas.records import Article, Page

CONTENT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
    ".text": "text/plain",
}
LINES = (".jsonl", ".ndjson")
SUFFIXES = (*CONTENT_TYPES, *LINES)


def read_files(source: str) -> Iterator[Page | Article | DealgraphError]:
    """The pages and articles of a file, or of a folder and all below it, by name."""
    path = Path(source)
    if path.is_dir():
        yield from _read_folder(path)
    elif path.is_file():
        yield from _read_file(path, path.name)
    else:
        yield ParseError("no such file or folder", subject=source, remedy="check the path")


def _read_folder(folder: Path) -> Iterator[Page | Article | DealgraphError]:
    paths = [path for path in _files_below(folder) if path.suffix.lower() in SUFFIXES]
    if not paths:
        yield ParseError(
            "nothing to read in this folder", subject=str(folder), remedy=f"it may hold {', '.join(SUFFIXES)}"
        )
    for path in paths:
        yield from _read_file(path, path.relative_to(folder).as_posix())


def _files_below(folder: Path) -> list[Path]:
    found = [Path(place) / name for place, _, names in os.walk(folder) for name in names if not name.startswith(".")]
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _read_file(path: Path, name: str) -> Iterator[Page | Article | DealgraphError]:
    try:
        if path.suffix.lower() in LINES:
            with path.open("rb") as stream:
                yield from read_lines(stream, str(path))
        else:
            yield read_page(path, name)
    except OSError as error:
        yield ParseError(f"it cannot be read: {error.strerror}", subject=str(path), remedy="check its permissions")


def read_page(path: Path, name: str) -> Page | DealgraphError:
    """The page in a file, with what `meta.json` beside it tells of how it was fetched."""
    if path.stat().st_size > LARGEST:
        return too_large(str(path), path.stat().st_size)
    page = Page(str(path), path.read_bytes(), CONTENT_TYPES.get(path.suffix.lower()), name=name)
    told = path.with_name("meta.json")
    return _as_fetched(page, told) if path.stem == "page" and told.is_file() else page


def _as_fetched(page: Page, told: Path) -> Page | DealgraphError:
    try:
        meta = json.loads(told.read_bytes())
        return Page(meta["url"], page.content, meta.get("content_type"), meta.get("fetched_at"), meta.get("final_url"))
    except (ValueError, KeyError, TypeError):
        return ParseError(
            "it does not tell how the page was fetched", subject=str(told), remedy="remove it, or fetch again"
        )
