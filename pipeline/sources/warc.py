"""WARC: web archives such as CC-NEWS, read as a stream, one record at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipeline.addresses import is_address
from pipeline.errors import DealgraphError, ParseError
from pipeline.parse import LARGEST, too_large
from schemas.records import Page

SUFFIXES = (".warc", ".warc.gz", ".warc.zst")


def is_warc(path: Path) -> bool:
    """Whether a path names a web archive.

    >>> is_warc(Path("CC-NEWS-20160826.warc.gz")), is_warc(Path("page.html"))
    (True, False)
    """
    return path.name.lower().endswith(SUFFIXES)


def read_warc(path: Path) -> Iterator[Page | DealgraphError]:
    """The HTML pages of a web archive; other records are passed over, a damaged end is yielded as an error."""
    number = 0
    try:
        with path.open("rb") as stream:
            records = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all")
            for record in records:
                number += 1
                if _is_page(record):
                    yield _read(record)
    except OSError as error:
        told = error.strerror or str(error)
        place = f"{path}, after record {number}" if number else str(path)
        yield ParseError(
            f"the archive cannot be read: {told}", subject=place, remedy="check the file, or fetch it again"
        )
        return
    if not number:
        yield ParseError("no web page in this archive", subject=str(path), remedy="give a WARC file with responses")


def _is_page(record: Any) -> bool:
    kind = (record.http_content_type or "").lower()
    return record.http_headers is not None and record.http_headers.status_code == 200 and "html" in kind


def _read(record: Any) -> Page | DealgraphError:
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    content = record.reader.read(LARGEST + 1)
    if len(content) > LARGEST:
        return too_large(url, max(len(content), record.content_length))
    charset = f"; charset={record.http_charset}" if record.http_charset else ""
    return Page(
        url=url if is_address(url) else record.record_id,
        content=content,
        content_type=f"{record.http_content_type}{charset}",
        fetched_at=record.headers.get("WARC-Date"),
    )
