"""Where articles come from: files and folders, feeds, sitemaps, addresses, WARC.

A source yields pages, or articles where it holds them already. What cannot be read is yielded as an error, so that
one bad item never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.addresses import is_address
from pipeline.errors import DealgraphError
from pipeline.sources.catalogue import DEFAULT, KINDS, Kind, Source, completed, read_catalogue
from pipeline.sources.files import read_files
from pipeline.sources.listed import holds_addresses, read_addresses
from pipeline.sources.warc import is_warc, read_warc
from schemas.records import Article, Page

if TYPE_CHECKING:
    from pipeline.fetch import Fetcher

__all__ = ["DEFAULT", "KINDS", "Source", "as_source", "completed", "read_catalogue", "read_source"]

Item = Page | Article | DealgraphError


def read_source(
    source: str | Source,
    *,
    kind: Kind | None = None,
    fetcher: Fetcher | None = None,
    known: Callable[[str], bool] = lambda url: False,
    since: str | None = None,
    limit: int | None = None,
) -> Iterator[Item]:
    """All that a source holds, in a fixed order.

    source: an address (of a page, feed or sitemap), a file or folder, or an entry of sources.toml. kind: one of KINDS;
    told by what the source holds when left out. known: addresses that need not be fetched. since: a day; older entries
    of feeds and sitemaps are left out. limit: the most items.
    """
    if isinstance(source, str):
        source = as_source(source, kind)
    since = since or (source.since.isoformat() if source.since else None)
    yield from islice(_read(source, fetcher, known, since), limit)


def as_source(source: str, kind: Kind | None = None) -> Source:
    """The source that an address, file or folder is."""
    return Source(source, kind or _kind(source), source)


def _kind(source: str) -> Kind:
    if is_address(source):
        return "online"
    path = Path(source)
    return "warc" if is_warc(path) else "addresses" if holds_addresses(path) else "folder"


def _read(source: Source, fetcher: Fetcher | None, known: Callable[[str], bool], since: str | None) -> Iterator[Item]:
    if source.kind == "warc":
        yield from read_warc(Path(source.address))
    elif source.kind == "folder":
        yield from read_files(source.address)
    else:
        # Late: what reads files alone need not wait for the web's libraries.
        from pipeline.fetch import Fetcher
        from pipeline.sources.online import read_online

        with ExitStack() as opened:
            fetcher = fetcher or opened.enter_context(Fetcher())
            if source.kind == "addresses":
                yield from read_addresses(Path(source.address), fetcher=fetcher, known=known)
            else:
                fetcher.slow(source.address, source.pace)
                yield from read_online(source.address, kind=source.kind, fetcher=fetcher, known=known, since=since)
