"""Where articles come from: files and folders, feeds, sitemaps, addresses, WARC.

A source yields pages, or articles where it holds them already. What cannot be read is yielded as an error, so that
one bad item never stops the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.errors import DealgraphError
from pipeline.sources.files import read_files
from schemas.records import Article, Page


def read_source(source: str) -> Iterator[Page | Article | DealgraphError]:
    """All that a source holds, in a fixed order: a file or folder of .html, .htm, .txt and .jsonl."""
    yield from read_files(source)
