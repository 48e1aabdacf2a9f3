"""Address -> Page. The only room that touches the web.

A request passes the HTTP cache (which asks the server whether its copy still holds), then robots.txt and the pace of
the host, then a wire that connects only to public addresses and reads only so much.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

import httpx
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheTransport

from pipeline.addresses import is_address
from pipeline.errors import FetchError
from pipeline.web.guard import Resolve, addresses_of
from pipeline.web.kept import keep
from pipeline.web.limits import FEEDS, PAGES, Limits, Wanted
from pipeline.web.pace import Pace
from pipeline.web.polite import Polite, utc_now
from pipeline.web.robots import LARGEST as LARGEST_ROBOTS
from pipeline.web.robots import Robots
from pipeline.web.wire import Wire
from schemas.records import Page

REDIRECTS = 5
LARGEST_FEED = 50_000_000
REMEDIES = {
    401: ("it wants a login", "save the page yourself and give the file"),
    402: ("it wants payment", "save the page yourself and give the file"),
    403: ("it refuses us", "ask the site, or save the page yourself and give the file"),
    404: ("there is no such page", "check the address"),
    410: ("the page is gone", "leave it out"),
    429: ("it asks for fewer requests", "run again later, with a slower pace"),
    451: ("it is withheld for legal reasons", "leave it out"),
}


def user_agent(contact: str | None = None) -> str:
    """How we call ourselves. contact: an address or mailbox where a site can complain."""
    try:
        name = f"dealgraph/{version('dealgraph')}"
    except PackageNotFoundError:
        name = "dealgraph"
    return f"{name} (+{contact})" if contact else name


class Fetcher:
    """Fetches pages, one call at a time or from many threads.

    raw: the folder where pages are kept as fetched, or None. cache: the file of the HTTP cache, or None for one that
    lasts as long as this object. obey_robots: off only for sites of one's own.
    """

    def __init__(
        self,
        *,
        raw: Path | None = None,
        cache: Path | None = None,
        contact: str | None = None,
        allow_hosts: Collection[str] = (),
        obey_robots: bool = True,
        pace: Pace | None = None,
        limits: Limits | None = None,
        now: Callable[[], datetime] = utc_now,
        resolve: Resolve = addresses_of,
    ) -> None:
        self._raw = raw
        self._now = now
        self._pace = pace or Pace()
        wire = Wire(limits=limits, allow_hosts=allow_hosts, resolve=resolve)
        polite = Polite(wire, pace=self._pace, now=now)
        # A private cache: it serves one reader, so it may keep what shared ones may not.
        transport = CacheTransport(polite, storage=_storage(cache), rfc=CacheOptions(shared=False))
        self._client = httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=True,
            max_redirects=REDIRECTS,
            # Always asked whether the copy still holds: guesses of freshness would hide corrections.
            headers={
                "User-Agent": user_agent(contact),
                "Accept-Encoding": "gzip, deflate",
                "Cache-Control": "no-cache",
            },
        )
        self._robots = Robots(self._ask_robots)
        polite.robots = self._robots if obey_robots else None

    def fetch(self, url: str) -> Page:
        """The page at an address, kept as fetched; `FetchError` says why there is none."""
        page = self._page(url, Wanted(PAGES), accept="text/html,application/xhtml+xml,text/plain;q=0.8")
        self.keep(page)
        return page

    def keep(self, page: Page) -> None:
        """Keep a page as fetched, where a folder for that is set."""
        if self._raw is not None:
            keep(page, self._raw)

    def fetch_feed(self, url: str) -> Page:
        """A feed or sitemap, which is not kept."""
        accept = "application/atom+xml,application/rss+xml,application/xml,text/xml,*/*;q=0.5"
        return self._page(url, Wanted(FEEDS, LARGEST_FEED), accept=accept)

    def slow(self, url: str, seconds: float) -> None:
        """Ask the host of this address no more often than once in so many seconds."""
        self._pace.slow(httpx.URL(url).host, seconds)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of a site names."""
        return self._robots.sitemaps(url)

    def _page(self, url: str, wanted: Wanted, *, accept: str) -> Page:
        response = self._get(url, wanted, accept=accept)
        if not response.is_success:
            told, remedy = REMEDIES.get(response.status_code, (f"it answers {response.status_code}", "try again later"))
            raise FetchError(told, subject=url, remedy=remedy)
        return Page(
            url=url,
            content=response.content,
            content_type=response.headers.get("content-type"),
            fetched_at=self._now().isoformat(timespec="seconds"),
            final_url=str(response.url),
        )

    def _get(self, url: str, wanted: Wanted, *, accept: str) -> httpx.Response:
        remedy = "give an http or https address"
        if not is_address(url):
            raise FetchError("no address of the web", subject=url, remedy=remedy)
        try:
            return self._client.get(url, headers={"Accept": accept}, extensions={"wanted": wanted})
        except FetchError as error:
            if error.subject == url:
                raise
            raise FetchError(
                f"it leads to {error.subject}: {error.message}", subject=url, remedy=error.remedy or remedy
            ) from error
        except httpx.TooManyRedirects as error:
            raise FetchError(f"more than {REDIRECTS} redirects", subject=url, remedy="check the address") from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.RemoteProtocolError) as error:
            raise FetchError(f"no address of the web: {error}", subject=url, remedy=remedy) from error

    def _ask_robots(self, url: str) -> tuple[int, bytes]:
        response = self._get(url, Wanted((*FEEDS, ""), LARGEST_ROBOTS), accept="text/plain,*/*;q=0.5")
        return response.status_code, response.content

    def close(self) -> None:
        """Close connections and cache."""
        self._client.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _storage(cache: Path | None) -> SqliteStorage:
    if cache is None:
        return SqliteStorage(connection=sqlite3.connect(":memory:", check_same_thread=False))
    return SqliteStorage(database_path=cache)
