"""Prefect as our commands set it up."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.schedules import CronSchedule

from tests.flows.processes import api_of, start, wait_for

pytestmark = pytest.mark.prefect


@pytest.mark.parametrize("command", ["ingest", "schedule"])
def test_a_prefect_server_that_is_silent_is_one_line_with_the_remedy(command: str, tmp_path: Path) -> None:
    silent = "http://127.0.0.1:1/api"
    process = start(command, "news", workspace=tmp_path / "data", PREFECT_API_URL=silent)
    assert process.wait() == 1
    (line,) = (tmp_path / "data.err").read_text().splitlines()
    assert json.loads(line)["message"] == (
        f"{silent}: this Prefect server does not answer (start it, or unset PREFECT_API_URL)"
    )


def test_a_cron_line_that_is_none_is_one_line_with_an_example(tmp_path: Path) -> None:
    process = start("schedule", "--cron", "hourly", workspace=tmp_path / "data")
    assert process.wait() == 1
    (line,) = (tmp_path / "data.err").read_text().splitlines()
    assert json.loads(line)["message"] == "hourly: is no cron line (five fields, such as '5 * * * *')"


def test_a_schedule_may_go_by_cron(prefect: str, tmp_path: Path) -> None:
    workspace = tmp_path / "data"
    process = start("schedule", "news", "--cron", "5 6 * * 1", workspace=workspace, PREFECT_API_URL=prefect)
    with SyncPrefectClient(api=prefect) as client:
        wait_for("schedule", lambda: api_of(workspace), seconds=400)
        wait_for("deployment", lambda: "being served" in workspace.with_suffix(".out").read_text(), seconds=400)
        made = client.read_deployment_by_name("news-to-graph/dealgraph")
    process.send_signal(signal.SIGTERM)
    process.wait()
    (planned,) = (planned.schedule for planned in made.schedules)
    assert isinstance(planned, CronSchedule)
    assert (planned.cron, planned.timezone or "UTC") == ("5 6 * * 1", "UTC")
