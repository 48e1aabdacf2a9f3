"""Serve the ingestion on a schedule, with Prefect's own machinery."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx

from flows.settings import Settings
from pipeline.errors import DealgraphError

_LOCAL = "http://127.0.0.1:4200/api"


def serve(sources: list[str], settings: Settings, *, every: int, cron: str | None) -> None:
    """Run `news_to_graph` every so many seconds, or by a cron line, until interrupted."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    with _server():
        from flows.news import news_to_graph

        # One run at a time: two writers of one graph would only wait for each other.
        news_to_graph.serve(
            name="dealgraph",
            parameters={"sources": sources, "workspace": str(settings.workspace.resolve())},
            interval=None if cron else timedelta(seconds=every),
            cron=cron,
            limit=1,
        )


@contextmanager
def _server() -> Iterator[None]:
    """The Prefect server that PREFECT_API_URL names, or a local one: nothing can be scheduled on the ephemeral one."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    process = subprocess.Popen([sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"])
    try:
        _wait(process)
        os.environ["PREFECT_API_URL"] = _LOCAL
        yield
    finally:
        process.terminate()
        process.wait()


def _wait(process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{_LOCAL}/health", timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise DealgraphError("the local Prefect server did not start", remedy="start one and set PREFECT_API_URL")
