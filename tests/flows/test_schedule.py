"""A live schedule as an operator runs it: a site, a ledger on PostgreSQL, a graph in Neo4j, and things that go wrong.

The story is played once; each test looks at one side of it. A minute between runs is the least that is sane: a run is
a process of its own, which takes ten seconds to come up.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowRunFilter,
    FlowRunFilterParentFlowRunId,
    TaskRunFilter,
    TaskRunFilterFlowRunId,
)
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from pipeline.stores import open_store
from schemas.records import Graph
from tests.flows.processes import api_of, finish, spawned_by, start, wait_for, without_fetching
from tests.flows.test_webhook import Inbox
from tests.loopback import Site, says, unless_known
from tests.neo4j.server import Neo4j
from tests.postgres.server import fresh_database

pytestmark = [pytest.mark.prefect, pytest.mark.neo4j]

STORIES = {
    "/w1": ("Acme buys Bolt", "Acme Corp said on Tuesday that it had acquired Bolt Systems for $120 million."),
    "/w2": ("Cord backs Dart", "Cord Capital has invested $30 million in Dart Robotics, the companies said."),
    "/w3": ("Echo buys Fern", "Echo Motors said on Friday that it had acquired Fern Batteries for $75 million."),
    "/p1": ("Gale supplies Hart", "Gale Energy won a contract worth $9 million to supply cells to Hart Motors."),
}
CATALOGUE = """
[[source]]
name = "wire"
kind = "feed"
address = "{wire}"

[[source]]
name = "post"
kind = "feed"
address = "{post}"
"""


def page(path: str) -> str:
    title, text = STORIES[path]
    body = f"<p>{text}</p><p>The price was paid in cash, and lawyers see no reason for any objection to it.</p>"
    head = f'<title>{title}</title><meta property="article:published_time" content="2020-03-04T08:00:00Z">'
    return f"<html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"


class Press(Site):
    """A site with two feeds, which know who has seen them."""

    def publish(self, feed: str, *paths: str) -> None:
        links = "".join(f"<item><title>T</title><link>{self.url(path)}</link></item>" for path in paths)
        told = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed</title>{links}</channel></rss>"
        self.answers[feed] = unless_known(told, Content_Type="application/rss+xml")
        self.answers |= {path: unless_known(page(path)) for path in paths}


@dataclass
class Story:
    """The schedule under way, and what came of it."""

    workspace: Path
    process: subprocess.Popen[bytes]
    client: SyncPrefectClient
    site: Press
    inbox: Inbox
    first: FlowRun | None = None
    killed: FlowRun | None = None
    outage: FlowRun | None = None
    dark: FlowRun | None = None
    graph: Graph | None = None
    undisturbed: Graph | None = None
    refused: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)

    def runs(self) -> list[FlowRun]:
        """The runs of the schedule so far, by their start."""
        try:
            deployment = self.client.read_deployment_by_name("news-to-graph/dealgraph")
        except ObjectNotFound:  # not served yet
            return []
        found = [run for run in self.client.read_flow_runs() if run.deployment_id == deployment.id and run.start_time]
        return sorted(found, key=lambda run: run.start_time or datetime.now(UTC))

    def subflows(self, run: FlowRun) -> dict[str, FlowRun]:
        """The flows within a run, by what they do."""
        within = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[run.id]))
        found = self.client.read_flow_runs(flow_run_filter=within)
        return {"build" if run.parameters.keys() <= {"workspace"} else "ingest": run for run in found}

    def tries(self, run: FlowRun) -> tuple[int, str]:
        """How often the graph was tried to be built in a run, and how that stands."""
        build = self.subflows(run).get("build")
        if build is None:
            return 0, ""
        within = TaskRunFilter(flow_run_id=TaskRunFilterFlowRunId(any_=[build.id]))
        tasks = self.client.read_task_runs(task_run_filter=within)
        return (tasks[0].run_count, tasks[0].state_name or "") if tasks else (0, "")

    def artifacts(self, run: FlowRun) -> dict[str, Any]:
        """What people see of a run, by key."""
        ids = [subflow.id for subflow in self.subflows(run).values()]
        within = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=ids))
        return {str(artifact.key): artifact.data for artifact in self.client.read_artifacts(artifact_filter=within)}

    def table(self, run: FlowRun | None) -> dict[str, dict[str, Any]]:
        """What each source yielded, by its name."""
        assert run
        return {row["source"]: row for row in json.loads(self.artifacts(run)["sources"])}

    def told(self, path: str) -> str:
        """How an article is told of among new deals."""
        return f"[{STORIES[path][0]}](<{self.site.url(path)}>): "

    def run_after(self, moment: datetime, *, seconds: float = 600) -> FlowRun:
        """The first run that began after a moment, once it has ended."""

        def ended() -> FlowRun | None:
            later = [run for run in self.runs() if run.start_time and run.start_time > moment]
            return later[0] if later and later[0].state and later[0].state.is_final() else None

        return wait_for("run", ended, seconds=seconds)


@pytest.fixture(scope="module")
def story(postgres_server: str) -> Iterator[Story]:
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        inbox, site, neo4j_ = Inbox(), Press(), Neo4j(folder / "neo4j")
        opened.callback(inbox.server_close)
        opened.callback(inbox.shutdown)
        opened.callback(site.close)
        site.publish("/wire", "/w1", "/w2")
        site.publish("/post", "/p1")
        opened.callback(neo4j_.kill)
        neo4j_.start()
        workspace = folder / "data"
        workspace.mkdir()
        catalogue = CATALOGUE.format(wire=site.url("/wire"), post=site.url("/post"))
        (workspace / "sources.toml").write_text(catalogue)
        process = start(
            *("schedule", "--every", "60"),
            workspace=workspace,
            DEALGRAPH_ALLOW_HOSTS="127.0.0.1",
            DEALGRAPH_LEDGER=fresh_database(postgres_server, "schedule"),
            DEALGRAPH_STORE="neo4j",
            DEALGRAPH_WEBHOOK=inbox.address,
            NEO4J_URI=neo4j_.server.uri,
            NEO4J_PASSWORD=neo4j_.server.password,
        )
        opened.callback(process.wait)
        opened.callback(process.kill)
        api = wait_for("Prefect server", lambda: api_of(workspace), seconds=400)
        told = Story(workspace, process, opened.enter_context(SyncPrefectClient(api=api)), site, inbox)
        play(told, neo4j_)
        yield told


def play(story: Story, neo4j_: Neo4j) -> None:
    """A first run; one that is killed; one whose store goes away and comes back; one with a source that is dark."""
    first = wait_for("first run", lambda: story.runs()[:1], seconds=400)[0]
    ask_for_a_run_meanwhile(story, first)
    story.first = story.run_after(datetime.min.replace(tzinfo=UTC))
    assert story.first.start_time
    wait_for("second run", lambda: story.runs()[1:], seconds=400)
    (run,) = spawned_by(story.process)
    os.kill(run, signal.SIGKILL)
    story.killed = story.run_after(story.first.start_time)

    neo4j_.kill()
    story.site.publish("/wire", "/w1", "/w2", "/w3")
    changed = datetime.now(UTC)
    wait_for("failure", lambda: any(story.tries(run)[1] == "AwaitingRetry" for run in story.runs()), seconds=400)
    neo4j_.start()
    story.outage = story.run_after(changed)

    story.site.answers["/post"] = says("gone", status=404)
    story.dark = story.run_after(datetime.now(UTC))
    server = neo4j_.server
    with open_store("neo4j", uri=server.uri, username=server.username, password=server.password) as store:
        story.graph = store.dump()

    answered = zip(story.site.asked, story.site.sent, strict=True)
    story.fresh = sorted(path for path, code in answered if code == 200 and path in STORIES)
    story.site.publish("/post", "/p1")
    apart = story.workspace.with_name("apart")
    finish("ingest", str(story.workspace / "sources.toml"), workspace=apart, DEALGRAPH_ALLOW_HOSTS="127.0.0.1")
    with open_store("ladybug", path=apart / "graph.lbug") as store:
        story.undisturbed = store.dump()


def ask_for_a_run_meanwhile(story: Story, running: FlowRun) -> None:
    """One more run, while one is under way, and one with parameters that make no sense."""
    assert running.deployment_id
    story.client.create_flow_run_from_deployment(running.deployment_id)
    try:
        story.client.create_flow_run_from_deployment(running.deployment_id, parameters={"below_floor": "shrug"})
    except PrefectHTTPStatusError as error:
        story.refused.append(error.response.text)


def test_the_first_run_reads_all_that_the_sources_offer(story: Story) -> None:
    assert {name: (row["new"], row["unchanged"]) for name, row in story.table(story.first).items()} == {
        "wire": (2, 0),
        "post": (1, 0),
    }


def test_a_later_run_reads_only_what_is_new(story: Story) -> None:
    assert {name: (row["new"], row["unchanged"]) for name, row in story.table(story.outage).items()} == {
        "wire": (1, 2),
        "post": (0, 1),
    }


def test_the_deals_that_a_run_added_are_shown_with_the_way_to_their_articles(story: Story) -> None:
    assert story.first
    assert story.outage
    first, later = (story.artifacts(run)["new-deals"] for run in (story.first, story.outage))
    assert story.told("/w1") in first
    assert story.told("/w3") in later
    assert story.told("/w1") not in later


def test_the_way_to_the_picture_is_shown(story: Story) -> None:
    assert story.first
    picture = story.workspace / "graph.html"
    assert picture.exists()
    assert picture.as_uri() in story.artifacts(story.first)["graph-page"]


def test_a_store_that_restarts_costs_a_retry_and_no_run(story: Story) -> None:
    assert story.outage
    assert story.outage.state_name == "Completed"
    assert any(story.tries(run)[0] > 1 for run in story.runs())


def test_a_killed_run_is_told_as_crashed_and_stops_no_other(story: Story) -> None:
    assert story.killed
    assert story.killed.state_name == "Crashed"
    assert {"run": str(story.killed.id), "state": "Crashed"} in [
        {"run": message["run"], "state": message["state"]} for message in story.inbox.got if isinstance(message, dict)
    ]


def test_a_source_gone_dark_fails_the_run_with_its_name_after_the_graph_is_built(story: Story) -> None:
    assert story.dark
    assert story.dark.state
    assert story.dark.state_name == "Failed"
    assert "post: 0 articles, its floor is 1" in str(story.dark.state.message)
    assert story.table(story.dark)["wire"]["unchanged"] == 3
    assert story.subflows(story.dark)["build"].state_name == "Completed"


def test_the_webhook_is_told_how_each_run_ended(story: Story) -> None:
    told = {message["run"]: message["state"] for message in story.inbox.got if isinstance(message, dict)}
    expected = {str(run.id): run.state_name for run in (story.first, story.outage, story.dark) if run}
    assert told == told | expected


def test_no_page_is_sent_twice(story: Story) -> None:
    assert story.fresh == sorted(STORIES)


def test_runs_never_overlap(story: Story) -> None:
    assert len(story.runs()) >= 4
    done = [run for run in story.runs() if run.start_time and run.end_time]
    assert all(run.end_time < later.start_time for run, later in pairwise(done))  # type: ignore[operator]


def test_nothing_is_lost_and_nothing_told_twice(story: Story) -> None:
    assert story.graph
    assert story.undisturbed
    assert without_fetching(story.graph) == without_fetching(story.undisturbed)
    assert sum(node.label == "Article" for node in story.graph.nodes) == len(STORIES)


def test_parameters_are_explained_and_those_that_make_no_sense_refused(story: Story) -> None:
    deployment = story.client.read_deployment_by_name("news-to-graph/dealgraph")
    known = (deployment.parameter_openapi_schema or {})["properties"]
    assert all(known[name]["description"] for name in ("sources", "workspace", "again", "below_floor"))
    assert "shrug" in story.refused[0]


def test_prefect_tells_its_makers_nothing(story: Story) -> None:
    settings = httpx.get(f"{story.client.api_url}admin/settings").json()
    assert settings["server"]["analytics_enabled"] is False


def test_every_line_of_log_is_json_with_the_id_of_its_run(story: Story) -> None:
    said = [
        json.loads(line)
        for line in story.workspace.with_suffix(".err").read_text().splitlines()
        if line.startswith("{") and '"flow"' in line
    ]
    assert {line["run"] for line in said} >= {str(run.id) for run in (story.first, story.dark) if run}


def test_the_schedule_ends_when_asked_and_takes_its_server_with_it(story: Story) -> None:
    story.process.send_signal(signal.SIGTERM)
    assert story.process.wait(60) == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{story.client.api_url}health")
