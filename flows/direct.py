"""An ingestion without Prefect: starts at once, and leaves the same ledger and graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows import show
from flows.settings import Settings
from flows.tally import BelowFloor, check_floors, tallies_of
from flows.webhook import tell
from pipeline.errors import DealgraphError


@dataclass(frozen=True)
class Done:
    """What a run did, all sources together."""

    articles: int
    unchanged: int
    deals: int
    set_aside: int
    nodes: int
    edges: int

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[str, Any]], graph: Mapping[str, int]) -> Done:
        """The sum of what the sources yielded."""
        sums = {name: sum(row[name] for row in rows) for name in ("articles", "unchanged", "deals", "set aside")}
        set_aside = sums.pop("set aside")
        return cls(**sums, set_aside=set_aside, nodes=graph["nodes"], edges=graph["edges"])

    def told(self) -> str:
        """One line for people."""
        return (
            f"{self.articles} articles read, {self.unchanged} unchanged, {self.deals} deals told, {self.set_aside} "
            f"inputs set aside; the graph holds {self.nodes} nodes and {self.edges} edges"
        )


def run(named: Sequence[str] | None, settings: Settings, *, again: bool) -> Done:
    """Sources to graph. `BelowFloor` after all else is done, unless a low yield is only to be told."""
    from flows import intake, steps

    sources = intake.sources_of(named or (), settings)
    tallies = tallies_of(sources)
    with steps.open_ledger(settings) as ledger:
        for source, outcome in show.progress(intake.take_in(sources, settings, ledger, again=again), "articles"):
            tallies[source.name].count(outcome)
            if isinstance(outcome, DealgraphError):
                show.error(str(outcome))
        held = steps.build(settings, ledger).summary
    rows = [tally.row() for tally in tallies.values()]
    try:
        check_floors(tallies.values())
    except BelowFloor as low:
        tell(settings.webhook, {"flow": "ingest", "state": "Failed", "message": str(low), "sources": rows})
        if settings.below_floor == "fail":
            raise
        show.error(str(low))
    else:
        tell(settings.webhook, {"flow": "ingest", "state": "Completed", "message": None, "sources": rows})
    return Done.of_rows(rows, {"nodes": held.nodes, "edges": held.edges})
