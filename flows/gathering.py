"""Many sources read at once: one thread a source, one stream of what they yield."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from queue import Empty, Full, Queue

from flows.tally import Dark, Item
from pipeline.errors import DealgraphError
from pipeline.sources import Source

Put = Callable[[Item], None]
Lane = Callable[[Source, Put], None]
"""Reads one source and hands each item on."""

WAITING = 64  # items read ahead: enough to keep the readers busy, little enough for the memory
TURN = 0.1  # seconds after which a waiting thread looks whether the run has ended


class Abandoned(Exception):
    """Nobody takes what a lane reads any more."""


def gather(sources: Sequence[Source], lane: Lane, *, lanes: int) -> Iterator[tuple[Source, Item]]:
    """What all sources yield, `lanes` of them read at a time; each item with its source.

    A source whose lane fails on purpose yields that error and the others go on; any other failure ends the run.
    """
    queue: Queue[tuple[Source, Item | BaseException | None]] = Queue(WAITING)
    over = threading.Event()

    def put(source: Source, item: Item | BaseException | None) -> None:
        while not over.is_set():
            try:
                return queue.put((source, item), timeout=TURN)
            except Full:
                continue
        raise Abandoned

    def run(source: Source) -> None:
        try:
            lane(source, lambda item: put(source, item))
        except Dark as dark:
            for each in dark.errors:
                put(source, each)
        except DealgraphError as error:
            put(source, error)
        except Abandoned:
            return
        except Exception as error:  # told to whoever reads the stream, who raises it
            put(source, error)
        put(source, None)

    with ThreadPoolExecutor(max(1, min(lanes, len(sources)))) as pool:
        # Prefect knows by the context to which run a task belongs.
        running = [pool.submit(copy_context().run, run, source) for source in sources]
        try:
            yield from _drain(queue, len(running))
        finally:
            over.set()
            for future in running:
                future.cancel()


def _drain(queue: Queue[tuple[Source, Item | BaseException | None]], left: int) -> Iterator[tuple[Source, Item]]:
    while left:
        try:
            source, item = queue.get(timeout=TURN)
        except Empty:
            continue
        if item is None:
            left -= 1
        elif isinstance(item, BaseException) and not isinstance(item, DealgraphError):
            raise item
        else:
            yield source, item
