"""What robots.txt allows. A host whose robots.txt does not answer is left alone, as RFC 9309 asks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from pipeline.characters import decode
from pipeline.errors import FetchError, ParseError

AGENT = "dealgraph"
LARGEST = 512_000
LONGEST_DELAY = 600.0

# (status, body) of a robots.txt.
Ask = Callable[[str], tuple[int, bytes]]


class Robots:
    """The rules of each host, asked for once a run."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._rules: dict[str, Protego | FetchError] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._asking = threading.local()

    def check(self, url: str) -> float:
        """Seconds that the host wants between requests; `FetchError` when it forbids this address."""
        if getattr(self._asking, "now", False):
            # Of robots.txt itself, and of wherever it moved to, no rules are asked: that would have no end.
            return 0.0
        rules = self._of(url)
        if isinstance(rules, FetchError):
            raise FetchError(rules.message, subject=url, remedy=rules.remedy)
        if not rules.can_fetch(url, AGENT):
            raise FetchError("its robots.txt forbids it", subject=url, remedy="leave it out, or ask the site")
        delay = float(rules.crawl_delay(AGENT) or 0.0)
        if delay > LONGEST_DELAY:
            told = f"its robots.txt asks for {delay:.0f} s between pages"
            raise FetchError(told, subject=url, remedy="leave the site out")
        return delay

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the host names."""
        rules = self._of(url)
        return [] if isinstance(rules, FetchError) else list(rules.sitemaps)

    def _of(self, url: str) -> Protego | FetchError:
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(place, threading.Lock())
        with lock:
            if place not in self._rules:
                self._rules[place] = self._asked(f"{place}/robots.txt")
            return self._rules[place]

    def _asked(self, url: str) -> Protego | FetchError:
        self._asking.now = True
        try:
            status, body = self._ask(url)
        except FetchError as error:
            return FetchError(f"its robots.txt cannot be read: {error.message}", remedy=error.remedy)
        finally:
            self._asking.now = False
        if status >= 500 or status == 429:
            return FetchError(f"its robots.txt answers {status}, so the site is left alone", remedy="try again later")
        return Protego.parse(_text(body[:LARGEST], url) if status < 300 else "")


def _text(body: bytes, url: str) -> str:
    try:
        return decode(body, subject=url) if body.strip() else ""
    except ParseError:
        return ""
