"""What stands at an address: a feed, a sitemap, or a page. Told by its content where the kind is not given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from pipeline.errors import DealgraphError, FetchError, ParseError
from pipeline.fetch import Fetcher
from pipeline.sources.feed import feed_links, is_feed
from pipeline.sources.listed import fetch_each
from pipeline.sources.sitemap import is_sitemap, sitemap_links
from schemas.records import Page


def read_online(
    url: str, *, kind: str, fetcher: Fetcher, known: Callable[[str], bool], since: str | None
) -> Iterator[Page | DealgraphError]:
    """The page at an address, or the pages that the feed or sitemap at it names.

    kind: feed, sitemap, page, or "online" to tell it by the content.
    """
    if kind == "page":
        yield from fetch_each([url], fetcher=fetcher)
        return
    try:
        links, page = _links(url, kind, fetcher, since)
    except (FetchError, ParseError) as error:
        yield error
        return
    if page is not None:
        yield page
        return
    yield from fetch_each(links, fetcher=fetcher, known=known)


def _links(
    url: str, kind: str, fetcher: Fetcher, since: str | None
) -> tuple[Iterable[str | DealgraphError], Page | None]:
    if kind == "sitemap" and urlsplit(url).path in ("", "/"):
        named = fetcher.sitemaps(url) or [f"{url.rstrip('/')}/sitemap.xml"]
        return (link for place in named for link in sitemap_links(place, fetcher=fetcher, since=since)), None
    page = fetcher.fetch_feed(url)
    if kind == "feed" or (kind == "online" and is_feed(page.content)):
        return feed_links(page, since=since), None
    if kind == "sitemap" or is_sitemap(page.content):
        return sitemap_links(url, fetcher=fetcher, since=since, first=page), None
    fetcher.keep(page)
    return (), page
