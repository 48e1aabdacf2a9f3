"""How the sources of a workspace do, run by run."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.intake import catalogue_of
from flows.settings import Settings
from flows.tally import Tally
from pipeline.errors import SettingsError
from pipeline.ledger import Ledger
from pipeline.sources import DEFAULT, Source, read_catalogue
from schemas.records import SourceRun

FIGURES = ("last_run", "fetched", "new", "unchanged", "set_aside", "articles", "deals", "health")
Row = dict[str, Any]


def lasting(sources: Iterable[Source], tallies: Mapping[str, Tally]) -> list[Tally]:
    """The tallies of sources that can fall silent: a file is read once, and its own errors say all."""
    read_once = {s.name for s in sources if s.kind in ("folder", "warc") and not Path(s.address).is_dir()}
    return [tally for name, tally in tallies.items() if name not in read_once]


def keep(ledger: Ledger, tallies: Iterable[Tally]) -> None:
    """Remember what a run that ends now yielded."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    ledger.keep_runs(tally.at(now) for tally in tallies)


def of_all(settings: Settings, ledger: Ledger) -> list[Row]:
    """Each source with what its last run yielded: those of the workspace in their order, then those that were only
    named to a command."""
    runs = ledger.latest_runs()
    named = {source.name: source for source in read_catalogue(catalogue_of(settings))}
    return [
        {"source": name, "kind": named[name].kind if name in named else "", **_figures(runs.get(name))}
        for name in [*named, *sorted(runs.keys() - named)]
    ]


def of_one(name: str, settings: Settings, ledger: Ledger) -> list[Row]:
    """The last runs of a source, the latest first, with the reasons why inputs were set aside."""
    if all(row["source"] != name for row in of_all(settings, ledger)):
        raise SettingsError("no such source", subject=name, remedy="see `dealgraph sources`")
    return [{**_figures(run), "why": list(run.reasons)} for run in ledger.runs(name)]


def _figures(run: SourceRun | None) -> Row:
    if run is None:
        return dict.fromkeys(FIGURES) | {"health": "not read yet"}
    offered = run.articles + run.unchanged
    health = f"BELOW ITS FLOOR: {offered} of {run.floor}" if run.is_below_floor else "well"
    told = (run.at, run.fetched, run.new, run.unchanged, run.set_aside, run.articles, run.deals, health)
    return dict(zip(FIGURES, told, strict=True))


def write_default(settings: Settings) -> Path:
    """Put the default sources.toml into the workspace, to be changed there; one that is there stays."""
    path = settings.workspace / "sources.toml"
    if path.exists():
        raise SettingsError("it is there already", subject=str(path), remedy="change it, or move it away first")
    settings.workspace.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DEFAULT, path)
    return path
