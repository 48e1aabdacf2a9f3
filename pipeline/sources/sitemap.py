"""Sitemaps: lists of a site's pages, news sitemaps, files that list other sitemaps, packed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.addresses import is_address
from pipeline.errors import DealgraphError, FetchError, ParseError
from pipeline.fetch import LARGEST_FEED, Fetcher
from pipeline.web.unpack import read_bounded
from schemas.records import Page

DEEPEST = 3
BEGINS = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.I)
PACKED = b"\x1f\x8b"
REMEDY = "give the address of a sitemap"


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that a sitemap names. day: when it last changed or was published, or None. is_sitemap: a further list."""

    url: str
    day: str | None
    is_sitemap: bool


def is_sitemap(content: bytes) -> bool:
    """Whether this is a sitemap, packed or not.

    >>> is_sitemap(b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>")
    True
    """
    return content.startswith(PACKED) or bool(BEGINS.search(content[:2048]))


def sitemap_links(
    url: str, *, fetcher: Fetcher, since: str | None = None, first: Page | None = None, depth: int = 1
) -> Iterator[str | DealgraphError]:
    """The addresses that a sitemap and those below it name; what cannot be read is yielded as an error.

    since: a day; pages and further sitemaps that tell an earlier one are left out. first: this sitemap, if fetched.
    """
    try:
        entries = sitemap_entries(first or fetcher.fetch_feed(url))
    except (FetchError, ParseError) as error:
        yield error
        return
    for entry in entries:
        if since and entry.day and entry.day < since:
            continue
        if not entry.is_sitemap:
            yield entry.url
        elif depth < DEEPEST:
            yield from sitemap_links(entry.url, fetcher=fetcher, since=since, depth=depth + 1)
        else:
            yield ParseError(f"sitemaps within sitemaps, {DEEPEST} deep", subject=entry.url, remedy=REMEDY)


def sitemap_entries(page: Page) -> list[Entry]:
    """What a sitemap names, in its order; `ParseError` when it is none."""
    content = page.content
    if content.startswith(PACKED):
        try:
            content = read_bounded([content], {"content-encoding": "gzip"}, size=LARGEST_FEED, subject=page.url)
        except FetchError as error:
            raise ParseError(error.message, subject=page.url, remedy=REMEDY) from error
    # No entity is ever resolved: a sitemap has no use for them, and they can read files or unfold without end.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(content, parser) if content.strip() else None
    if root is None or _name(root) not in ("urlset", "sitemapindex"):
        raise ParseError("it is no sitemap", subject=page.url, remedy=REMEDY)
    found = [_entry(node) for node in root if isinstance(node.tag, str)]
    return [entry for entry in found if is_address(entry.url)]


def _entry(node: etree._Element) -> Entry:
    told = {_name(part): (part.text or "").strip() for part in node.iter() if isinstance(part.tag, str)}
    # Of an image the name is "loc" too, so the page's own is asked for by its place.
    url = next(((part.text or "").strip() for part in node if _name(part) == "loc"), "")
    day = told.get("publication_date") or told.get("lastmod") or ""
    return Entry(url, day[:10] if re.match(r"\d{4}-\d{2}-\d{2}", day) else None, _name(node) == "sitemap")


def _name(node: etree._Element) -> str:
    return str(etree.QName(node).localname) if isinstance(node.tag, str) else ""
