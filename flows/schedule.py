"""Serve the ingestion on a schedule, with Prefect's own machinery."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flows import show
from flows.orchestra import known_server, prepare
from flows.server import local_server
from flows.settings import Settings
from pipeline.errors import SettingsError


def serve(sources: list[str], settings: Settings, *, every: int, cron: str | None) -> None:
    """Run `news_to_graph` every so many seconds, or by a cron line, until interrupted."""
    prepare()
    if cron:
        _check(cron)
    # Each run is a process of its own, which learns of the workspace by the environment.
    os.environ["DEALGRAPH_WORKSPACE"] = str(settings.workspace.resolve())
    with server() as url:
        from prefect.types.entrypoint import EntrypointType

        from flows.news import news_to_graph

        show.line(f"serving by {cron or f'{every} s'}; the runs are at {url.removesuffix('/api')}")
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


def _check(cron: str) -> None:
    from prefect.client.schemas.schedules import CronSchedule

    try:
        CronSchedule(cron=cron)
    except ValueError as error:
        raise SettingsError("is no cron line", subject=cron, remedy="five fields, such as '5 * * * *'") from error


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
    known = known_server()
    if known:
        yield known
        return
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with local_server(os.environ) as url:
        os.environ["PREFECT_API_URL"] = url
        with temporary_settings({PREFECT_API_URL: url}):
            yield url
