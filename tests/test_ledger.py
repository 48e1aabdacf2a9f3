"""The ledger: what is recorded stays, whole or not at all, and faults are told in one line."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from pipeline.copies import sketch
from pipeline.errors import Conflict, LedgerError
from pipeline.ledger import Ledger
from schemas.records import (
    Article,
    Claims,
    DealClaim,
    Evidence,
    Judgement,
    Money,
    NameClaim,
    Page,
    Party,
    RelationClaim,
    SourceRun,
)


def an_article(number: int, *, title: str = "Nokia sells") -> Article:
    return Article(
        f"a{number}",
        title,
        "Text “quoted” – ünïcode.",
        url=f"https://example.com/{number}",
        authors=("Ann", "Bo"),
        published_at="2013-09-03T08:00:00+03:00",
    )


def some_claims(number: int) -> Claims:
    sentence = Evidence("Nokia sells.", 0, 12)
    deal = DealClaim(
        "divestiture",
        "announced",
        (Party("seller", "company", ("Nokia Oyj", "Nokia")), Party("target", "asset", ("phone unit",))),
        sentence,
        amount=Money(5.44e9, "EUR", "5.44 billion euros"),
        date="2013-09",
        confidence=0.9,
    )
    relation = RelationClaim("PRODUCES", ("Nokia",), ("Lumia",), sentence, object_kind="product")
    return Claims(f"a{number}", (NameClaim("company", ("Nokia Oyj", "Nokia"), 3, 0.8),), (deal,), (relation,))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ledger.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Path | str:
    """Where a ledger may rest: what holds for a file must hold for a server."""
    fixture = {"sqlite": "file", "postgresql": "postgres_database"}[request.param]
    found: Path | str = request.getfixturevalue(fixture)
    return found


@pytest.fixture
def ledger(place: Path | str) -> Iterator[Ledger]:
    with Ledger.open(place) as opened:
        yield opened


@pytest.fixture
def kept(file: Path) -> Iterator[Ledger]:
    """A ledger in a file."""
    with Ledger.open(file) as opened:
        yield opened


def test_an_article_and_its_claims_come_back_as_they_were(ledger: Ledger, place: Path | str) -> None:
    ledger.record(an_article(1), some_claims(1))
    with Ledger.open(place) as again:
        assert list(again.claims()) == [(an_article(1), some_claims(1))]


def test_articles_come_in_one_order_however_they_were_recorded(ledger: Ledger) -> None:
    for number in (3, 1, 2):
        ledger.record(an_article(number), some_claims(number))
    assert [article.id for article in ledger.articles()] == ["a1", "a2", "a3"]


def test_an_article_read_again_replaces_what_it_said(ledger: Ledger) -> None:
    ledger.record(an_article(1), some_claims(1))
    ledger.record(an_article(1, title="Corrected"), Claims("a1"))
    assert list(ledger.claims()) == [(an_article(1, title="Corrected"), Claims("a1"))]


def test_has_knows_only_what_was_recorded(ledger: Ledger) -> None:
    ledger.record(an_article(1), some_claims(1))
    assert (ledger.has("a1"), ledger.has("a2")) == (True, False)


@pytest.mark.parametrize("name", ["a1", "https://example.com/1"])
def test_a_withdrawn_article_stands_no_more_even_when_read_again(ledger: Ledger, name: str) -> None:
    ledger.record(an_article(1), some_claims(1))
    assert ledger.withdraw(name) == ("a1",)
    ledger.record(an_article(1), some_claims(1))
    assert list(ledger.claims()) == []


def test_a_withdrawal_can_be_undone(ledger: Ledger) -> None:
    ledger.record(an_article(1), some_claims(1))
    ledger.withdraw("a1")
    ledger.withdraw("a1")
    ledger.restore("a1")
    assert [article.id for article in ledger.articles()] == ["a1"]


def test_withdrawing_what_nobody_read_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no article of this address"):
        ledger.withdraw("https://example.com/9")


def test_what_is_set_aside_keeps_its_latest_reason_until_it_is_read(ledger: Ledger) -> None:
    ledger.set_aside("https://example.com/1", "empty")
    ledger.set_aside("https://example.com/1", "no article")
    ledger.set_aside("b.html", "binary")
    assert list(ledger.asides()) == [("b.html", "binary"), ("https://example.com/1", "no article")]
    ledger.record(an_article(1), some_claims(1))
    assert list(ledger.asides()) == [("b.html", "binary")]


def test_a_page_is_known_again_until_its_content_changes(ledger: Ledger) -> None:
    page = Page("https://example.com/1", b"<p>one")
    changed = Page("https://example.com/1", b"<p>two")
    assert not ledger.is_unchanged(page)
    ledger.record(an_article(1), some_claims(1), page=page)
    assert ledger.is_unchanged(page)
    assert not ledger.is_unchanged(changed)
    ledger.record(an_article(1), some_claims(1), page=changed)
    assert ledger.is_unchanged(changed)


def test_a_page_that_gives_itself_another_address_leaves_no_second_article(ledger: Ledger) -> None:
    page = Page("https://example.com/1", b"<p>one")
    ledger.record(an_article(1), some_claims(1), page=page)
    ledger.record(an_article(2), some_claims(2), page=Page(page.url, b"<p>one, moved"))
    assert [article.id for article in ledger.articles()] == ["a2"]


def test_an_article_stays_while_another_page_tells_it(ledger: Ledger) -> None:
    page, amp = Page("https://example.com/1", b"<p>one"), Page("https://example.com/1/amp", b"<p>one, lighter")
    for seen in (page, amp):
        ledger.record(an_article(1), some_claims(1), page=seen)
    ledger.record(an_article(2), some_claims(2), page=Page(amp.url, b"<p>two"))
    assert [article.id for article in ledger.articles()] == ["a1", "a2"]


def test_what_copies_are_known_by_rests_with_each_article_that_stands(ledger: Ledger) -> None:
    words = " ".join(f"word{number}" for number in range(100))
    for number in (1, 2):
        ledger.record(replace(an_article(number), text=words), some_claims(number))
    ledger.withdraw("a2")
    assert ledger.sketches() == {"a1": sketch(words)}


def a_run(source: str, hour: int, **yielded: int) -> SourceRun:
    return SourceRun(source, f"2026-01-02T{hour:02}:00:00+00:00", reasons=("x: empty",), **yielded)


def test_runs_of_a_source_come_back_with_the_latest_first(ledger: Ledger) -> None:
    early, late, other = a_run("wire", 3, articles=2, fetched=3), a_run("wire", 4, floor=5), a_run("blog", 4, deals=1)
    ledger.keep_runs([early, other])
    ledger.keep_runs([late])
    assert list(ledger.runs("wire")) == [late, early]
    assert list(ledger.runs("wire", most=1)) == [late]
    assert ledger.latest_runs() == {"blog": other, "wire": late}


def test_an_article_is_known_again_until_its_words_change(ledger: Ledger) -> None:
    ledger.record(an_article(1), some_claims(1))
    assert ledger.is_unchanged(an_article(1))
    assert not ledger.is_unchanged(an_article(1, title="Nokia buys"))
    assert not ledger.is_unchanged(an_article(2))


def _wait_for_its_turn(place: Path | str, arrived: Event, entered: Event) -> None:
    with Ledger.open(place) as ledger:
        arrived.set()
        with ledger.alone():
            entered.set()


def test_one_process_at_a_time_is_alone_with_a_ledger(ledger: Ledger, place: Path | str) -> None:
    spawn = multiprocessing.get_context("spawn")
    arrived, entered = spawn.Event(), spawn.Event()
    with ledger.alone():
        other = spawn.Process(target=_wait_for_its_turn, args=(place, arrived, entered))
        other.start()
        assert arrived.wait(60)
        assert not entered.wait(0.5)
    assert entered.wait(60)
    other.join()


def test_a_judgement_is_one_whichever_name_comes_first(ledger: Ledger) -> None:
    ledger.judge("same", "Meta", "Facebook")
    ledger.judge("different", "Facebook", "Meta")
    assert list(ledger.judgements()) == [Judgement("different", "Facebook", "Meta")]


def test_a_judgement_can_be_withdrawn(ledger: Ledger) -> None:
    ledger.judge("same", "Meta", "Facebook")
    assert ledger.unjudge("Meta", "Facebook")
    assert not ledger.unjudge("Meta", "Facebook")
    assert list(ledger.judgements()) == []


def test_a_contradicting_judgement_is_refused_and_nothing_changes(ledger: Ledger) -> None:
    ledger.judge("same", "A", "B")
    ledger.judge("same", "B", "C")
    with pytest.raises(Conflict):
        ledger.judge("different", "A", "C")
    assert [word.verdict for word in ledger.judgements()] == ["same", "same"]


def test_a_reader_sees_one_state_while_another_writes(ledger: Ledger, place: Path | str) -> None:
    for number in range(3):
        ledger.record(an_article(number), some_claims(number))
    reading = ledger.articles()
    first = next(reading)
    with Ledger.open(place) as other:
        other.record(an_article(9), some_claims(9))
    assert [first.id, *(article.id for article in reading)] == ["a0", "a1", "a2"]


def _record_many(place: Path | str, numbers: range) -> None:
    with Ledger.open(place) as ledger:
        for number in numbers:
            ledger.record(an_article(number), some_claims(number))


def test_two_processes_record_into_one_ledger(place: Path | str) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_record_many, args=(place, range(start, 60))) for start in (0, 20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Ledger.open(place) as ledger:
        assert ledger.counts()["article"] == 60


def _record_and_die(place: Path | str) -> None:
    with Ledger.open(place) as ledger:
        ledger.record(an_article(1), some_claims(1))
        with ledger._engine.connect() as connection:
            connection.exec_driver_sql("DELETE FROM article")
            os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_killed_amid_a_transaction_leaves_no_half_article(place: Path | str) -> None:
    dying = multiprocessing.get_context("spawn").Process(target=_record_and_die, args=(place,))
    dying.start()
    dying.join()
    assert dying.exitcode == -signal.SIGKILL
    with Ledger.open(place) as ledger:
        assert list(ledger.claims()) == [(an_article(1), some_claims(1))]


def garbage(file: Path) -> None:
    file.write_bytes(b"\x00garbage" * 1000)


def another_database(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def another_version(file: Path) -> None:
    Ledger.open(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE about SET value = '99'")


def a_folder(file: Path) -> None:
    file.mkdir()


def torn_pages(file: Path) -> None:
    _record_many(file, range(50))
    whole = bytearray(file.read_bytes())
    whole[100:] = os.urandom(len(whole) - 100)
    file.write_bytes(whole)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (garbage, "no ledger, or is damaged"),
        (another_database, "belongs to something else"),
        (another_version, "version 99"),
        (a_folder, "is a folder"),
        (torn_pages, "damaged"),
    ],
)
def test_an_unusable_file_is_told_in_one_line_with_its_name(file: Path, given: object, says: str) -> None:
    file.parent.mkdir()
    assert callable(given)
    given(file)
    with pytest.raises(LedgerError, match=says) as caught:
        Ledger.open(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_a_ledger_that_another_process_holds_is_told_as_busy(file: Path, kept: Ledger) -> None:
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Ledger.open(file, patience=0.1) as impatient, pytest.raises(LedgerError, match="another process"):
        impatient.record(an_article(1), some_claims(1))
    holder.close()


def test_damaged_claims_name_their_article(file: Path, kept: Ledger) -> None:
    kept.record(an_article(1), some_claims(1))
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE article SET claims = '{'")
    with pytest.raises(LedgerError, match="article a1 are damaged"):
        list(kept.claims())


@pytest.mark.parametrize(
    "url", ["postgresql+nosuchdriver://user:secret@127.0.0.1/ledger", "nosuchdatabase://user:secret@127.0.0.1/ledger"]
)
def test_a_missing_driver_is_named_without_the_password(url: str) -> None:
    with pytest.raises(LedgerError, match="no driver") as caught:
        Ledger.open(url)
    assert "secret" not in str(caught.value)
