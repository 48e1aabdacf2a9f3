"""How much of an answer is taken, and of which kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pipeline.errors import FetchError

PAGES = ("text/html", "application/xhtml+xml", "text/plain")
FEEDS = (*PAGES, "text/xml", "application/xml", "+xml", "gzip", "application/octet-stream", "json")


class Interrupted(FetchError):
    """The answer did not come, or not whole: trying again may help."""


@dataclass(frozen=True, slots=True)
class Limits:
    """size: bytes of an answer, packed and unpacked. seconds: for a whole answer. silence: between two pieces of it."""

    size: int = 10_000_000
    seconds: float = 60.0
    silence: float = 20.0
    connect: float = 10.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request will take: kinds of content, and a size that overrides the general limit. Goes with a request
    as its extension "wanted"."""

    kinds: Collection[str] = PAGES
    size: int | None = None
