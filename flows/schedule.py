"""Serve the ingestion on a schedule, with Prefect's own machinery."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx

from flows.orchestra import prepare
from flows.settings import Settings
from pipeline.errors import DealgraphError

LOCAL_PORT = 4200
STARTING = 120  # seconds that a server may take


def serve(sources: list[str], settings: Settings, *, every: int, cron: str | None) -> None:
    """Run `news_to_graph` every so many seconds, or by a cron line, until interrupted."""
    prepare()
    # Each run is a process of its own, which learns of the workspace by the environment.
    os.environ["DEALGRAPH_WORKSPACE"] = str(settings.workspace.resolve())
    with server():
        from prefect.types.entrypoint import EntrypointType

        from flows.news import news_to_graph

        news_to_graph.serve(
            name="dealgraph",
            tags=["dealgraph"],
            parameters=parameters(sources, settings),
            interval=None if cron else timedelta(seconds=every),
            cron=cron,
            # Runs never overlap. A limit of the runner, not of the deployment: that one outlives a crash of the server,
            # and then no run starts any more.
            limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )


def parameters(sources: list[str], settings: Settings) -> dict[str, Any]:
    """The parameters of each run. Paths are made absolute: a run may start elsewhere."""
    return {
        "sources": [os.path.abspath(name) if os.path.exists(name) else name for name in sources],
        "workspace": str(settings.workspace.resolve()),
    }


@contextmanager
def server() -> Iterator[str]:
    """The Prefect server that PREFECT_API_URL or Prefect's profile names, or one of our own: the ephemeral one has no
    schedules. Yields its address."""
    from prefect.settings import PREFECT_API_URL

    known = PREFECT_API_URL.value()
    if known:
        yield str(known)
        return
    port = free_port(LOCAL_PORT)
    url = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, "PREFECT_API_URL": url})
    try:
        _wait(process, url)
        os.environ["PREFECT_API_URL"] = url
        from prefect.settings import temporary_settings

        with temporary_settings({PREFECT_API_URL: url}):
            yield url
    finally:
        process.terminate()
        process.wait()


def free_port(wanted: int) -> int:
    """The port wanted, or any that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DealgraphError("no free port on this machine", remedy="end a server that is not needed")


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/health", timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise DealgraphError("the local Prefect server did not start", remedy="start one and set PREFECT_API_URL")
