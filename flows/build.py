"""Ledger to graph as a Prefect flow."""

# No `from __future__ import annotations` here: Prefect sends a flow to other processes by value, where the names that
# written-out annotations refer to would be missing.

from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from flows import artifacts, steps
from flows.settings import Settings, load_settings
from pipeline.errors import LedgerError, QueryError, StoreError


def _may_recover(_task: Any, _run: Any, state: Any) -> bool:
    error = state.result(raise_on_failure=False)
    return isinstance(error, StoreError | LedgerError) and not isinstance(error, QueryError)


@task(
    name="build graph",
    # A store that restarts is back within a minute, and a load is all or nothing.
    retries=5,
    retry_delay_seconds=exponential_backoff(2),
    retry_jitter_factor=0.5,
    retry_condition_fn=_may_recover,
    cache_policy=NO_CACHE,
)
def build_graph(settings: Settings) -> steps.Built:
    """Make the store hold what the ledger says."""
    with steps.open_ledger(settings) as ledger:
        return steps.build(settings, ledger)


@flow(name="build", description="Ledger to graph: entities, deals and relations from all claims and judgements.")
def build(workspace: Path | None = None) -> dict[str, int]:
    """Bring the graph and its picture up to date; how many nodes and edges it holds, and how many deals are new.

    Args:
        workspace: Folder of the ledger and the graph; none: that of the settings.
    """
    from pipeline.explore.page import write_page

    settings = load_settings(workspace=workspace)
    built = build_graph(settings)
    get_run_logger().info("the graph holds %d nodes and %d edges", built.summary.nodes, built.summary.edges)
    artifacts.deals(built)
    page = settings.workspace / "graph.html"
    write_page(built.graph, page)
    artifacts.picture(page)
    return {"nodes": built.summary.nodes, "edges": built.summary.edges, "new_deals": len(built.new_deals)}
