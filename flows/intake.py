"""Sources to ledger: the plain steps of an ingestion, which the command line runs and Prefect decorates."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from flows.batches import FEW, Read, Workers, batches, read_batch, size_of, subject_of
from flows.gathering import Lane, Put, gather
from flows.settings import Settings
from flows.steps import reading_of
from flows.tally import Dark, Item, Outcome, Recorded, Unchanged
from pipeline.addresses import is_address
from pipeline.errors import DealgraphError, FetchError
from pipeline.ledger import Ledger
from pipeline.sources import DEFAULT, Source, as_source, completed, read_catalogue, read_source
from schemas.records import Article, Page

if TYPE_CHECKING:
    from pipeline.fetch import Fetcher


def sources_of(named: Iterable[str], settings: Settings) -> tuple[Source, ...]:
    """The sources named: addresses, files, folders, catalogues (.toml); with none named, those of the workspace.

    Each is held to its own floor, or to the settings' where it has none.
    """
    wanted = list(dict.fromkeys(named)) or [str(catalogue_of(settings))]
    found = [source for name in wanted for source in _sources(name)]
    floored = (replace(source, floor=source.floor or settings.floor) for source in found)
    return tuple({source.name: source for source in floored}.values())


def catalogue_of(settings: Settings) -> Path:
    """The sources.toml of the workspace; the one that ships where there is none."""
    own = settings.workspace / "sources.toml"
    return own if own.exists() else DEFAULT


def _sources(name: str) -> Iterable[Source]:
    if name.endswith(".toml") and not is_address(name):
        return read_catalogue(Path(name))
    return (as_source(name),)


def lane(*, ledger: Ledger, fetcher: Fetcher | None, again: bool = False) -> Lane:
    """How one source is read: pages that the ledger holds as they are need no second reading, unless asked for."""

    def read(source: Source, put: Put) -> None:
        failures: list[FetchError] = []
        silent = True
        for item in read_source(source, fetcher=fetcher):
            if silent and isinstance(item, FetchError):
                failures.append(item)
                continue
            silent = False
            put(_seen(item, source, ledger, again))
        if silent and failures:
            raise Dark(failures)
        for failure in failures:
            put(failure)

    return read


def _seen(item: Page | Article | DealgraphError, source: Source, ledger: Ledger, again: bool) -> Item:
    if isinstance(item, DealgraphError):
        return item
    known = completed(item, source) if isinstance(item, Article) else item
    return Unchanged(subject_of(known)) if not again and ledger.is_unchanged(known) else known


class Answer(Protocol):
    """What is still being worked out, as a future of the standard library or of Prefect."""

    def result(self) -> list[Read]: ...


Submit = Callable[[list[Page | Article]], Answer]


def ingest(
    sources: Sequence[Source],
    *,
    ledger: Ledger,
    lane: Lane,
    submit: Submit,
    lanes: int = 8,
    window: int = 2,
    few: int = FEW,
) -> Iterator[tuple[Source, Outcome]]:
    """Sources to ledger: gather, read in batches, record one article a transaction. What became of each item.

    submit: starts the reading of a batch; at most `window` batches are under way. few: articles in the first batches.
    The ledger is written here alone, so readers may be threads, processes or other machines.
    """
    told: deque[tuple[Source, Outcome]] = deque()
    underway: deque[tuple[list[tuple[Source, Page | Article]], Answer]] = deque()

    def wanted() -> Iterator[tuple[Source, Page | Article]]:
        for source, item in gather(sources, lane, lanes=lanes):
            if isinstance(item, DealgraphError):
                ledger.set_aside(item.subject or source.name, item.message)
                told.append((source, item))
            elif isinstance(item, Unchanged):
                told.append((source, item))
            else:
                yield source, item

    def recorded() -> Iterator[tuple[Source, Outcome]]:
        batch, answer = underway.popleft()
        for (source, item), read in zip(batch, answer.result(), strict=True):
            yield source, record(ledger, source, item, read)

    for batch in batches(wanted(), few=few, size=lambda pair: size_of(pair[1])):
        while told:
            yield told.popleft()
        underway.append((batch, submit([item for _, item in batch])))
        if len(underway) > window:
            yield from recorded()
    yield from told
    while underway:
        yield from recorded()


def record(ledger: Ledger, source: Source, item: Page | Article, read: Read) -> Outcome:
    """Keep what came of one item."""
    if isinstance(read, DealgraphError):
        ledger.set_aside(read.subject or subject_of(item), read.message)
        return read
    article, claims = completed(read[0], source), read[1]
    is_new = not ledger.has(article.id)
    ledger.record(article, claims, page=item if isinstance(item, Page) else None)
    return Recorded(article, len(claims.deals), is_new)


@contextmanager
def reading_here(settings: Settings) -> Iterator[Submit]:
    """Batches read on this machine: in this process, or in `workers` others."""
    reading = reading_of(settings)
    with ThreadPoolExecutor(settings.workers) as pool, ExitStack() as opened:
        if settings.workers == 1:
            yield lambda batch: pool.submit(read_batch, batch, reading)
        else:
            workers = opened.enter_context(Workers(reading, settings.workers))
            yield lambda batch: pool.submit(workers.read, batch)


@contextmanager
def web(settings: Settings, sources: Iterable[Source], *, keep: bool = True) -> Iterator[Fetcher | None]:
    """The web as the settings allow it; None where no source needs it, since its libraries take time to load.

    keep: pages are kept as fetched, and a page is sent again only where it has changed.
    """
    if all(source.kind in ("folder", "warc") for source in sources):
        yield None
        return
    from pipeline.fetch import Fetcher

    if keep:
        settings.workspace.mkdir(parents=True, exist_ok=True)
    with Fetcher(
        raw=settings.workspace / "raw" if keep else None,
        cache=settings.workspace / "http.db" if keep else None,
        contact=settings.contact,
        allow_hosts=settings.allow_hosts,
        obey_robots=settings.obey_robots,
    ) as fetcher:
        yield fetcher


def take_in(
    sources: Sequence[Source], settings: Settings, ledger: Ledger, *, again: bool = False
) -> Iterator[tuple[Source, Outcome]]:
    """All of an ingestion on this machine, step by step as it is asked for."""
    with reading_here(settings) as submit, web(settings, sources) as fetcher:
        yield from ingest(
            sources,
            ledger=ledger,
            lane=lane(ledger=ledger, fetcher=fetcher, again=again),
            submit=submit,
            lanes=settings.lanes,
            window=settings.workers,
            few=8,
        )
