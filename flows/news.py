"""News to graph: the whole way as one Prefect flow, which a schedule runs."""

# No `from __future__ import annotations` here: Prefect sends a flow to other processes by value, where the names that
# written-out annotations refer to would be missing.

from pathlib import Path
from typing import Any

from prefect import flow, runtime

from flows.build import build
from flows.ingest import ingest
from flows.log import begin
from flows.settings import BelowFloorIs, load_settings
from flows.webhook import when_ended


@flow(
    name="news-to-graph",
    description="Sources to ledger to graph. A failed article never fails the run; a source below its floor may.",
    on_completion=[when_ended],
    on_failure=[when_ended],
    on_crashed=[when_ended],
)
def news_to_graph(
    sources: list[str] | None = None,
    workspace: Path | None = None,
    again: bool = False,
    below_floor: BelowFloorIs | None = None,
) -> dict[str, Any]:
    """What each source yielded and what the graph holds. A low yield is raised when all else is done.

    Args:
        sources: Feeds, sitemaps, page addresses, files, folders, catalogues (.toml); none: the workspace's own.
        workspace: Folder of the ledger and the graph; none: that of the settings.
        again: Read also what has not changed, as after a change of the reader.
        below_floor: Whether a source below its floor makes the run fail or warn; none: as the settings say.
    """
    begin(str(runtime.flow_run.id))
    folder = load_settings(workspace=workspace).workspace
    intake = ingest(sources, folder, again, below_floor, return_state=True)
    graph = build(folder)
    tallies = intake.result()
    return {"sources": [tally.row() for tally in tallies], "graph": graph}
