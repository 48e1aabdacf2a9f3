"""A message to an address of the operator's choice when a run has ended, well or not."""

from __future__ import annotations

import logging
from typing import Any

from flows.settings import load_settings

log = logging.getLogger(__name__)


def when_ended(flow: Any, flow_run: Any, state: Any) -> None:
    """Hook of a Prefect flow: tell the webhook, where one is set, how the run ended."""
    tell(
        load_settings().webhook,
        {
            "flow": flow.name,
            "run": str(flow_run.id),
            "name": flow_run.name,
            "state": state.name,
            "message": state.message,
        },
    )


def tell(address: str | None, message: dict[str, Any]) -> None:
    """Send a JSON message. One that does not arrive is logged: the run itself is none the worse."""
    if not address:
        return
    import httpx
    import stamina

    try:
        for attempt in stamina.retry_context(on=httpx.HTTPError, attempts=3, timeout=30):
            with attempt:
                httpx.post(address, json=message, timeout=10).raise_for_status()
    except httpx.HTTPError as error:
        log.warning("the webhook was not told: %s", error)
