"""Which class reads which site, and since when: sites change, and old saved pages still need the old class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.addresses import is_address, site_of
from pipeline.sites.general import GeneralPage


@dataclass(frozen=True, slots=True)
class Reader:
    """A class for the pages of a site that were fetched until a day (None: to this day)."""

    hosts: tuple[str, ...]
    until: date | None
    page: type[GeneralPage]


_readers: list[Reader] = []


def site(*hosts: str, until: date | None = None) -> Callable[[type[GeneralPage]], type[GeneralPage]]:
    """Class decorator: this class reads these hosts and their subdomains, for pages fetched until that day."""

    def register(page: type[GeneralPage]) -> type[GeneralPage]:
        for other in _readers:
            if other.until == until and set(other.hosts) & set(hosts):
                raise ValueError(f"{page.__name__} and {other.page.__name__} both read {hosts[0]} until {until}")
        _readers.append(Reader(hosts, until, page))
        return page

    return register


def readers() -> tuple[Reader, ...]:
    """All that are registered."""
    return tuple(_readers)


def reader_for(url: str | None, fetched_at: str | None = None) -> type[GeneralPage]:
    """The class for a page: of its host (or the domain above it), and of the day it was fetched."""
    host = site_of(url) if url and is_address(url) else ""
    while "." in host:
        dated = [reader for reader in _readers if host in reader.hosts]
        if dated:
            day = date.fromisoformat(fetched_at[:10]) if fetched_at else date.max
            fitting = [reader for reader in dated if reader.until is None or day <= reader.until]
            return min(fitting, key=lambda reader: reader.until or date.max).page if fitting else GeneralPage
        host = host.partition(".")[2]
    return GeneralPage
