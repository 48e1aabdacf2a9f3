"""Batches: their sizes, and readers in processes that may die."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from flows.batches import Reading, Workers, batches, read_batch
from pipeline.annotate import BASE_MODEL
from pipeline.errors import ParseError
from schemas.records import Article, Page

READING = Reading(BASE_MODEL, threads=1)
STORY = "Acme Corp said on Tuesday that it had acquired Bolt Systems for $120 million."


def article(number: int) -> Article:
    return Article(f"a{number}", "Acme buys Bolt", STORY, published_at="2020-03-04")


class Deadly(Article):
    """An article that ends the process that takes it in."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def sizes(count: int, **options: Any) -> list[int]:
    return [len(batch) for batch in batches(range(count), **options)]


def test_a_million_articles_are_about_a_thousand_batches() -> None:
    assert 1_000 < len(sizes(1_000_000)) < 1_200


def test_two_thousand_articles_are_tens_of_batches() -> None:
    assert len(sizes(2_000)) == 23


def test_batches_lose_and_repeat_nothing() -> None:
    assert [item for batch in batches(range(777), few=3, many=20) for item in batch] == list(range(777))


def test_large_pages_make_small_batches() -> None:
    assert sizes(4, size=lambda _: 20_000_000) == [2, 2]


def test_a_batch_answers_in_its_order_and_sets_aside_what_is_no_article() -> None:
    empty = Page("https://example.com/empty", b"", "text/html")
    first, second, third = read_batch([article(1), empty, article(2)], READING)
    assert isinstance(second, ParseError)
    assert [read[0].id for read in (first, third) if isinstance(read, tuple)] == ["a1", "a2"]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(READING, 1) as ready:
        yield ready


def test_processes_read_as_this_one_does(workers: Workers) -> None:
    batch = [article(1), article(2)]
    assert workers.read(batch) == read_batch(batch, READING)


def test_an_article_that_ends_its_reader_is_set_aside_alone(workers: Workers) -> None:
    deadly = Deadly("deadly", "Title", "Text.")
    first, second = workers.read([article(1), deadly])
    assert first == read_batch([article(1)], READING)[0]
    assert isinstance(second, ParseError)
    assert str(second).startswith("deadly: reading it ended the process")
