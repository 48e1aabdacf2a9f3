"""Articles read in batches, in this process or in others. Only records travel; a Doc never leaves its process."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from flows.log import begin, run_id, to_standard_error
from pipeline.errors import DealgraphError, ParseError
from pipeline.extract import Extractor, load_extractor
from pipeline.parse import parse
from schemas.records import Article, Claims, Page

FEW, MANY = 50, 1000  # articles in the first batches, and at most
LEVEL = 10  # batches of one size before they double: 2,000 articles are 23 batches, a million about a thousand
LARGEST = 32_000_000  # bytes of pages in a batch

Read = tuple[Article, Claims] | DealgraphError
Anything = TypeVar("Anything")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """How articles are read: all that a worker needs to load the extractor, once."""

    base_model: str
    model: str | None = None
    threads: int = 0
    confidence: float | None = None


@lru_cache(maxsize=1)
def extractor(reading: Reading) -> Extractor:
    """The extractor, loaded once in a process."""
    return load_extractor(
        base_model=reading.base_model, model=reading.model, threads=reading.threads, confidence=reading.confidence
    )


def read_batch(items: Sequence[Page | Article], reading: Reading) -> list[Read]:
    """Each page or article as (article, claims), or as the error that sets it aside; in their order."""
    extract = extractor(reading)
    return [_read(item, extract) for item in items]


def _read(item: Page | Article, extract: Extractor) -> Read:
    try:
        article = parse(item) if isinstance(item, Page) else item
        return article, extract(article)
    except DealgraphError as error:
        return error
    except Exception as error:  # a fault of ours on one article must not cost the run; it is set aside, and told
        log.exception("reading failed")
        return ParseError(
            f"reading failed: {type(error).__name__}: {error}", subject=subject_of(item), remedy="report it as a bug"
        )


def subject_of(item: Page | Article) -> str:
    """How an item is called in messages."""
    return item.url if isinstance(item, Page) else item.id


def batches(
    items: Iterable[Anything], *, few: int = FEW, many: int = MANY, size: Callable[[Anything], int] = lambda item: 0
) -> Iterator[list[Anything]]:
    """Small batches first, so that work spreads and shows early; then larger, since each costs something to run.

    size: bytes of an item; no batch takes in more once it has `LARGEST`.

    >>> [len(batch) for batch in batches(range(47), few=1, many=5)][8:]
    [1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 1]
    """
    made, held_size, held = 0, 0, list[Anything]()
    for item in items:
        held.append(item)
        held_size += size(item)
        if len(held) >= min(many, few << made // LEVEL) or held_size >= LARGEST:
            yield held
            made, held_size, held = made + 1, 0, []
    if held:
        yield held


def size_of(item: Page | Article) -> int:
    """About how many bytes travel with an item."""
    return len(item.content)


class Workers:
    """Processes that read batches. One that dies is replaced, and what it read is read again by another."""

    def __init__(self, reading: Reading, count: int) -> None:
        self._reading = reading
        self._count = count
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def read(self, items: Sequence[Page | Article]) -> list[Read]:
        """As `read_batch`, in one of the processes. An article that ends two of them is set aside."""
        for _ in range(2):
            pool = self._running()
            try:
                return pool.submit(read_batch, items, self._reading).result()
            except BrokenProcessPool:
                log.warning("a worker died; its batch is read again")
                self._drop(pool)
        if len(items) > 1:
            return [read for item in items for read in self.read([item])]
        return [ParseError("reading it ended the process", subject=subject_of(items[0]), remedy="report it as a bug")]

    def _running(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                # Spawned, since threads and the model's own threads do not survive a fork.
                spawn = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(
                    self._count, mp_context=spawn, initializer=_begin, initargs=(run_id(),)
                )
            return self._pool

    def _drop(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = None

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _begin(run: str) -> None:
    """In a new worker: it belongs to this run and ends with it."""
    begin(run)
    to_standard_error(terminal=sys.stderr.isatty())
    _end_with_parent()


def _end_with_parent() -> None:
    """A worker whose run was killed would wait for work for ever, holding its memory."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
