"""Between the cache and the wire: robots.txt, the pace of the host, and trying again where that may help."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from pipeline.errors import FetchError
from pipeline.web.limits import Interrupted
from pipeline.web.pace import Pace
from pipeline.web.robots import Robots

AGAIN = frozenset({429, 500, 502, 503, 504})
TRIES = 4
LONGEST_PAUSE = 30.0


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class Polite(httpx.BaseTransport):
    """Sends what robots.txt allows, at the pace of the host, up to four times."""

    def __init__(
        self, wire: httpx.BaseTransport, *, pace: Pace, now: Callable[[], datetime] = utc_now, tries: int = TRIES
    ) -> None:
        self._wire = wire
        self._pace = pace
        self._now = now
        self._tries = tries
        self.robots: Robots | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        if request.url.scheme not in ("http", "https") or not host:
            raise FetchError("no address of the web", subject=str(request.url), remedy="give an http or https address")
        if self.robots is not None:
            self._pace.slow(host, self.robots.check(str(request.url)))
        return self._sent(request, host)

    def _sent(self, request: httpx.Request, host: str) -> httpx.Response:
        for number in range(1, self._tries + 1):
            self._wait(host, str(request.url))
            try:
                response = self._wire.handle_request(request)
            except Interrupted:
                if number == self._tries:
                    raise
                self._pace.quiet(host, pause(number))
                continue
            if response.status_code not in AGAIN:
                return response
            self._pace.quiet(host, retry_after(response.headers.get("retry-after"), self._now()) or pause(number))
        return response

    def _wait(self, host: str, subject: str) -> None:
        try:
            self._pace.wait(host)
        except FetchError as error:
            raise FetchError(error.message, subject=subject, remedy=error.remedy) from error

    def close(self) -> None:
        self._wire.close()


def pause(number: int) -> float:
    """Seconds before the next try: twice as long each time, with jitter so that many do not return at once."""
    return min(LONGEST_PAUSE, 2.0**number) * random.uniform(0.5, 1.0)


def retry_after(told: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, told in seconds or as a date.

    >>> now = datetime(2026, 1, 2, 3, 0, 0, tzinfo=UTC)
    >>> retry_after("7", now), retry_after("Fri, 02 Jan 2026 03:01:00 GMT", now), retry_after("soon", now)
    (7.0, 60.0, None)
    """
    text = (told or "").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return None
