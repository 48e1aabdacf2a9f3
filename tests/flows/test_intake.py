"""Sources to ledger: what is read once is not read again, what fails is told, and a run that died goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.intake import sources_of, take_in
from flows.settings import Settings
from flows.steps import build, open_ledger
from flows.tally import Outcome, Recorded
from pipeline.errors import FetchError, SettingsError
from pipeline.ledger import Ledger
from pipeline.sources import read_catalogue
from schemas.records import Article, Claims
from tests.loopback import Site, says

STORY = "Acme Corp said on Tuesday that it had acquired Bolt Systems for $120 million. The price was paid in cash."


def page(title: str, text: str = STORY) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for _ in range(4))
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def feed(*links: str) -> str:
    items = "".join(f"<item><title>T</title><link>{link}</link></item>" for link in links)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>"


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    with open_ledger(settings) as opened:
        yield opened


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "news.jsonl"
    told = [{"id": f"n{n}", "title": "Acme buys Bolt", "date": "2020-03-04", "text": STORY} for n in range(20)]
    file.write_text("\n".join(json.dumps(line) for line in told))
    return file


def outcomes(named: list[str], settings: Settings, ledger: Ledger, *, again: bool = False) -> list[Outcome]:
    return [outcome for _, outcome in take_in(sources_of(named, settings), settings, ledger, again=again)]


def kinds(found: list[Outcome]) -> dict[str, int]:
    names = [type(outcome).__name__ for outcome in found]
    return {name: names.count(name) for name in sorted(set(names))}


def test_articles_are_recorded_once_and_then_known(lines: Path, settings: Settings, ledger: Ledger) -> None:
    assert kinds(outcomes([str(lines)], settings, ledger)) == {"Recorded": 20}
    assert kinds(outcomes([str(lines)], settings, ledger)) == {"Unchanged": 20}


def test_what_has_not_changed_is_read_again_when_asked(lines: Path, settings: Settings, ledger: Ledger) -> None:
    outcomes([str(lines)], settings, ledger)
    found = outcomes([str(lines)], settings, ledger, again=True)
    assert kinds(found) == {"Recorded": 20}
    assert not any(outcome.is_new for outcome in found if isinstance(outcome, Recorded))


def test_a_run_that_died_goes_on_where_it_stopped(lines: Path, settings: Settings, ledger: Ledger) -> None:
    run = take_in(sources_of([str(lines)], settings), settings, ledger)
    for _ in range(5):
        next(run)
    run.close()
    before = ledger.counts()["article"]
    found = kinds(outcomes([str(lines)], settings, ledger))
    assert 5 <= before < 20
    assert found == {"Recorded": 20 - before, "Unchanged": before}


def test_processes_leave_the_same_ledger(lines: Path, settings: Settings, ledger: Ledger, tmp_path: Path) -> None:
    outcomes([str(lines)], settings, ledger)
    apart = settings.model_copy(update={"workers": 2, "workspace": tmp_path / "other"})
    with open_ledger(apart) as other:
        outcomes([str(lines)], apart, other)
        assert list(other.claims()) == list(ledger.claims())


def test_a_feed_is_followed_and_seen_unchanged(site: Site, settings: Settings, ledger: Ledger) -> None:
    site.answers["/feed"] = says(feed(site.url("/1"), site.url("/2")), Content_Type="application/rss+xml")
    site.answers["/1"] = says(page("Acme buys Bolt"))
    site.answers["/2"] = says(page("Acme sells Bolt"))
    first = outcomes([site.url("/feed")], settings, ledger)
    site.answers["/2"] = says(page("Acme sells Bolt after all"))
    second = outcomes([site.url("/feed")], settings, ledger)
    assert (kinds(first), kinds(second)) == ({"Recorded": 2}, {"Recorded": 1, "Unchanged": 1})


def test_a_source_that_is_gone_stops_no_other(site: Site, lines: Path, settings: Settings, ledger: Ledger) -> None:
    found = outcomes([site.url("/nowhere"), str(lines)], settings, ledger)
    assert [str(o) for o in found if isinstance(o, FetchError)] == [
        f"{site.url('/nowhere')}: there is no such page (check the address)"
    ]
    assert kinds(found)["Recorded"] == 20


def test_what_cannot_be_read_is_set_aside_with_its_name(tmp_path: Path, settings: Settings, ledger: Ledger) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "x", "text": ')
    found = outcomes([str(tmp_path / "bad.jsonl")], settings, ledger)
    assert kinds(found) == {"ParseError": 1}
    assert [subject for subject, _ in ledger.asides()] == [f"{tmp_path / 'bad.jsonl'}, line 1"]


def test_sources_come_from_the_workspace_where_none_is_named(settings: Settings) -> None:
    settings.workspace.mkdir()
    catalogue = '[[source]]\nname = "wire"\nkind = "feed"\naddress = "https://example.com/feed"\nfloor = 7\n'
    (settings.workspace / "sources.toml").write_text(catalogue)
    assert [(source.name, source.floor) for source in sources_of((), settings)] == [("wire", 7)]


def test_a_workspace_without_a_catalogue_has_the_default_sources(settings: Settings) -> None:
    assert [source.name for source in sources_of((), settings)] == [source.name for source in read_catalogue()]


def test_a_missing_catalogue_that_is_named_is_told(settings: Settings) -> None:
    with pytest.raises(SettingsError, match=r"mine\.toml"):
        sources_of(["mine.toml"], settings)


def test_only_deals_that_were_not_in_the_graph_are_new(lines: Path, settings: Settings, ledger: Ledger) -> None:
    outcomes([str(lines)], settings, ledger)
    first = build(settings, ledger)
    ledger.record(Article("empty", "Nothing", "Nothing happened."), Claims("empty"))
    second = build(settings, ledger)
    assert len(first.new_deals) == sum(node.label == "Deal" for node in first.graph.nodes) > 0
    assert second.new_deals == frozenset()
