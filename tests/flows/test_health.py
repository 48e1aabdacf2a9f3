"""The health of sources: what each run yielded is remembered, and a source below its floor shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import direct, health
from flows.settings import Settings
from flows.steps import open_ledger
from flows.tally import Tally
from pipeline.errors import SettingsError
from pipeline.ledger import Ledger
from tests.loopback import Site, says, unless_known

STORY = "Acme Corp said on Tuesday that it had acquired Bolt Systems for $120 million. The price was paid in cash."
PAGE = f"<html><title>Acme buys Bolt</title><body><h1>Acme buys Bolt</h1><p>{STORY}</p><p>It said: {STORY}</p></body>"
FEED = "<rss version='2.0'><channel><title>Wire</title>{}</channel></rss>"
SOURCE = '[[source]]\nname = "{}"\nkind = "feed"\naddress = "{}"\nfloor = {}\n'


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    with open_ledger(settings) as opened:
        yield opened


def a_workspace(settings: Settings, *sources: str) -> None:
    settings.workspace.mkdir(exist_ok=True)
    (settings.workspace / "sources.toml").write_text("\n".join(sources))


def by_name(settings: Settings, ledger: Ledger) -> dict[str, health.Row]:
    return {row["source"]: row for row in health.of_all(settings, ledger)}


def test_a_new_workspace_lists_the_default_sources_as_not_read(settings: Settings, ledger: Ledger) -> None:
    rows = health.of_all(settings, ledger)
    assert (len(rows), {row["health"] for row in rows}) == (10, {"not read yet"})


def test_each_source_shows_what_its_last_run_yielded(settings: Settings, site: Site, ledger: Ledger) -> None:
    links = "".join(f"<item><link>{site.url(path)}</link></item>" for path in ("/a", "/b", "/gone"))
    site.answers |= {"/a": unless_known(PAGE), "/b": unless_known("<html><nav><a href='/x'>News</a></nav></html>")}
    site.answers["/feed"] = says(FEED.format(links), Content_Type="application/rss+xml")
    a_workspace(settings, SOURCE.format("wire", site.url("/feed"), 1), SOURCE.format("dark", site.url("/no"), 5))
    direct.run(None, settings, again=False)
    direct.run(None, settings, again=False)
    wire, dark = by_name(settings, ledger).values()
    shown = ("fetched", "new", "unchanged", "set_aside", "articles", "health")
    assert [wire[name] for name in shown] == [1, 0, 1, 2, 0, "well"]
    assert [dark[name] for name in shown] == [0, 0, 0, 1, 0, "BELOW ITS FLOOR: 0 of 5"]


def test_a_source_tells_run_by_run_what_was_set_aside_and_why(settings: Settings, ledger: Ledger) -> None:
    a_workspace(settings, SOURCE.format("wire", "https://example.com/feed", 1))
    ledger.keep_runs([Tally("wire", 1, set_aside=["https://example.com/a: it is empty"]).at("2026-01-02T03:00:00")])
    ledger.keep_runs([Tally("wire", 1, fetched=2, articles=2, deals=3).at("2026-01-02T04:00:00")])
    latest, before = health.of_one("wire", settings, ledger)
    assert (latest["health"], latest["deals"], latest["why"]) == ("well", 3, [])
    assert (before["health"], before["why"]) == ("BELOW ITS FLOOR: 0 of 1", ["https://example.com/a: it is empty"])


def test_a_single_file_is_no_source_that_can_fall_silent(settings: Settings, ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    done = direct.run([str(tmp_path / "empty.html")], settings, again=False)
    assert (done.set_aside, done.is_low) == (1, False)
    assert ledger.latest_runs() == {}


def test_an_unknown_source_is_told(settings: Settings, ledger: Ledger) -> None:
    with pytest.raises(SettingsError, match=r"^nobody: no such source"):
        health.of_one("nobody", settings, ledger)


def test_a_run_below_a_floor_says_so_loudly_and_fails(
    settings: Settings, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.answers["/feed"] = says(FEED.format(""), Content_Type="application/rss+xml")
    a_workspace(settings, SOURCE.format("quiet", site.url("/feed"), 5))
    assert direct.run(None, settings, again=False).is_low
    assert "BELOW ITS FLOOR: quiet: 0 articles, its floor is 5" in capsys.readouterr().err


def test_a_low_yield_fails_no_run_where_it_is_only_to_be_told(
    settings: Settings, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.answers["/feed"] = says(FEED.format(""), Content_Type="application/rss+xml")
    a_workspace(settings, SOURCE.format("quiet", site.url("/feed"), 5))
    assert not direct.run(None, settings.model_copy(update={"below_floor": "warn"}), again=False).is_low
    assert "BELOW ITS FLOOR" in capsys.readouterr().err


def test_the_default_sources_are_written_once(settings: Settings) -> None:
    path = health.write_default(settings)
    path.write_text("mine")
    with pytest.raises(SettingsError, match="it is there already"):
        health.write_default(settings)
    assert Path(path).read_text() == "mine"
