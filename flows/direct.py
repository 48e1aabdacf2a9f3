"""An ingestion without Prefect: starts at once, and leaves the same ledger and graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flows import show
from flows.settings import Settings
from flows.tally import tallies_of, told_low
from flows.webhook import tell
from pipeline.errors import DealgraphError

STATES = ("Completed", "Failed")


@dataclass(frozen=True)
class Done:
    """What a run did, all sources together. is_low: a source is below its floor, and that is a failure."""

    articles: int
    unchanged: int
    deals: int
    set_aside: int
    nodes: int
    edges: int
    is_low: bool = False

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
    """Sources to graph. Tells what each of several sources yielded, and loudly which are below their floors."""
    from flows import health, intake, steps

    sources = intake.sources_of(named or (), settings)
    tallies = tallies_of(sources)
    with steps.open_ledger(settings) as ledger:
        for source, outcome in show.progress(intake.take_in(sources, settings, ledger, again=again), "articles"):
            tallies[source.name].count(outcome)
            if isinstance(outcome, DealgraphError):
                show.error(str(outcome))
        lasting = health.lasting(sources, tallies)
        health.keep(ledger, lasting)
        held = steps.build(settings, ledger).summary
    rows = [tally.row() for tally in tallies.values()]
    if len(lasting) > 1:
        show.records([tally.row() for tally in lasting], "table")
    low = [tally for tally in lasting if tally.is_below_floor]
    for tally in low:
        show.error(f"BELOW ITS FLOOR: {told_low(tally)} (look at `dealgraph sources`, or lower its floor)")
    is_low = bool(low) and settings.below_floor == "fail"
    message = "; ".join(map(told_low, low)) or None
    tell(settings.webhook, {"flow": "ingest", "state": STATES[is_low], "message": message, "sources": rows})
    done = Done.of_rows(rows, {"nodes": held.nodes, "edges": held.edges})
    return replace(done, is_low=is_low)
