"""The ingestion as Prefect flows over the plain steps: order, retries, a summary people can look at.

A task is a batch of sources, never one article: a Prefect task costs more than reading an article does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact

from flows import steps
from flows.settings import load_settings
from pipeline.errors import DealgraphError


@task(name="ingest sources", task_run_name="ingest {sources}")
def ingest_sources(sources: list[str], workspace: Path | None) -> dict[str, Any]:
    """Read, extract and record a batch. Parsing is not retried: a page that cannot be read stays so."""
    settings = load_settings(workspace=workspace)
    extract = steps.extractor(settings)
    articles, deals, aside = 0, 0, []
    with steps.open_ledger(settings) as ledger:
        for item in steps.ingest(sources, ledger, extract):
            if isinstance(item, DealgraphError):
                get_run_logger().warning(str(item))
                aside.append(str(item))
            else:
                articles, deals = articles + 1, deals + item[1]
    return {"source": ", ".join(sources), "articles": articles, "deals": deals, "set_aside": aside}


@task(name="build graph", retries=3, retry_delay_seconds=[2, 10, 30], retry_jitter_factor=0.5)
def build_graph(workspace: Path | None) -> dict[str, int]:
    """Claims to graph. Retried: a store that restarts is back in seconds, and a load is all or nothing."""
    settings = load_settings(workspace=workspace)
    with steps.open_ledger(settings) as ledger:
        _, summary = steps.build(settings, ledger)
    return {"nodes": summary.nodes, "edges": summary.edges}


@flow(name="news-to-graph")
def news_to_graph(sources: list[str], workspace: Path | None = None) -> dict[str, Any]:
    """Sources to graph: what each yielded, and what the graph holds. A failed article never fails the run."""
    batches = [ingest_sources([source], workspace) for source in sources]
    graph = build_graph(workspace)
    rows = [{**batch, "set_aside": len(batch["set_aside"])} for batch in batches]
    create_table_artifact(key="sources", table=rows, description="What each source yielded in this run")
    return {"sources": rows, "set_aside": [line for batch in batches for line in batch["set_aside"]], "graph": graph}
