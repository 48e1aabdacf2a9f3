"""News to graph: the whole way as one Prefect flow, which a schedule runs."""

# No `from __future__ import annotations` here: Prefect sends a flow to other processes by value, where the names that
# written-out annotations refer to would be missing.

from typing import Any

from prefect import flow, runtime

from flows.build import build
from flows.ingest import Again, Below, Sources, Workspace, ingest
from flows.log import begin
from flows.settings import load_settings
from flows.webhook import when_ended


@flow(
    name="news-to-graph",
    description="Sources to ledger to graph. A failed article never fails the run; a source below its floor may.",
    on_completion=[when_ended],
    on_failure=[when_ended],
    on_crashed=[when_ended],
)
def news_to_graph(
    sources: Sources | None = None, workspace: Workspace = None, again: Again = False, below_floor: Below = None
) -> dict[str, Any]:
    """What each source yielded and what the graph holds. A low yield is raised when all else is done."""
    begin(str(runtime.flow_run.id))
    folder = load_settings(workspace=workspace).workspace
    intake = ingest(sources, folder, again, below_floor, return_state=True)
    graph = build(folder)
    tallies = intake.result()
    return {"sources": [tally.row() for tally in tallies], "graph": graph}
