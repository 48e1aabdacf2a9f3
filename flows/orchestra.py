"""Prefect as our commands want it: silent towards its makers, logging JSON where no person watches."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from flows.direct import Done
from flows.settings import Settings
from pipeline.errors import DealgraphError

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def prepare() -> None:
    """Set up Prefect, before its first import. What the operator has set stays."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    if not sys.stderr.isatty():
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER", "json")
        os.environ.setdefault("PREFECT_LOGGING_FORMATTERS_JSON_CLASS", "flows.log.JsonLines")


def known_server() -> str | None:
    """The address of the server that PREFECT_API_URL or Prefect's profile names; `DealgraphError` when it is silent."""
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL

    url = PREFECT_API_URL.value()
    if not url:
        return None
    with get_client(sync_client=True) as client:
        if client.api_healthcheck() is not None:
            raise DealgraphError(
                "this Prefect server does not answer", subject=str(url), remedy="start it, or unset PREFECT_API_URL"
            )
    return str(url)


def run_flow(sources: Sequence[str] | None, settings: Settings, *, again: bool) -> Done:
    """The same as `direct.run`, as the Prefect flow. Raises what the flow ends with."""
    prepare()
    known_server()
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.news import news_to_graph

    # The heartbeat tells a server of dead runs; waiting for its end costs a short run a second.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        ended = news_to_graph(sources=list(sources or ()), workspace=Path(settings.workspace), again=again)
    return Done.of_rows(ended["sources"], ended["graph"])
