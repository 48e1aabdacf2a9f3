"""Many sources at once: each item with its source, one failure no one else's."""

from __future__ import annotations

import threading

import pytest

from flows.gathering import Put, gather
from flows.tally import Dark, Item, Unchanged
from pipeline.errors import DealgraphError, FetchError, ParseError
from pipeline.sources import Source

SOURCES = [Source(name, "folder", name) for name in ("north", "south", "west")]


def three_items(source: Source, put: Put) -> None:
    for number in range(3):
        put(Unchanged(f"{source.name} {number}"))


def told(items: list[tuple[Source, Item]]) -> list[tuple[str, str]]:
    return sorted((source.name, getattr(item, "subject", None) or str(item)) for source, item in items)


def test_every_source_yields_all_it_has_in_its_own_order() -> None:
    found = list(gather(SOURCES, three_items, lanes=2))
    assert len(found) == 9
    for source in SOURCES:
        assert [item for s, item in found if s is source] == [Unchanged(f"{source.name} {n}") for n in range(3)]


def test_sources_are_read_at_the_same_time() -> None:
    together = threading.Barrier(3, timeout=20)

    def meet(source: Source, put: Put) -> None:
        together.wait()
        put(Unchanged(source.name))

    assert len(list(gather(SOURCES, meet, lanes=3))) == 3


def test_a_source_that_fails_is_told_and_the_others_go_on() -> None:
    def fail_in_the_south(source: Source, put: Put) -> None:
        put(Unchanged(source.name))
        if source.name == "south":
            raise ParseError("no feed", subject="south")

    found = list(gather(SOURCES, fail_in_the_south, lanes=3))
    assert [str(item) for _, item in found if isinstance(item, DealgraphError)] == ["south: no feed"]
    assert len(found) == 4


def test_a_dark_source_tells_each_failure() -> None:
    def dark(source: Source, put: Put) -> None:
        raise Dark([FetchError("no answer", subject=f"{source.name}/{n}") for n in (1, 2)])

    assert told(list(gather(SOURCES[:1], dark, lanes=1))) == [("north", "north/1"), ("north", "north/2")]


def test_a_fault_of_ours_ends_the_run_with_its_own_error() -> None:
    def fault(source: Source, put: Put) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(gather(SOURCES, fault, lanes=2))


def test_lanes_end_when_nobody_takes_what_they_read() -> None:
    def endless(source: Source, put: Put) -> None:
        while True:
            put(Unchanged(source.name))

    before = threading.active_count()
    stream = gather(SOURCES, endless, lanes=3)
    next(stream)
    stream.close()
    assert threading.active_count() == before


def test_no_sources_yield_nothing() -> None:
    assert list(gather([], three_items, lanes=4)) == []
