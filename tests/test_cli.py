"""The command line as people use it: processes, exit codes, one-line errors."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.cli import app
from pipeline.stores import open_store

COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)
ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "raw" / "samples"
STORY = {
    "id": "t-1",
    "title": "Acme buys Bolt",
    "date": "2020-03-04",
    "text": "Acme Corp said on Tuesday it had agreed to acquire Bolt Systems for $120 million.",
}


def run(*args: str, workspace: Path, stdin: str | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """`dealgraph ARGS` in a process of its own, with nothing of the machine's settings."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DEALGRAPH_", "NEO4J_", "PREFECT_"))}
    environment = {**clean, "DEALGRAPH_WORKSPACE": str(workspace), "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-m", "flows.cli", *args]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment, cwd=workspace, check=False
    )


def errors(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The messages on standard error; each must be one line of JSON, so a traceback fails here."""
    return [json.loads(line)["message"] for line in done.stderr.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example_in_its_help(name: str, tmp_path: Path) -> None:
    done = run(name, "--help", workspace=tmp_path)
    assert done.returncode == 0
    assert "Example: dealgraph" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_shows_every_command(name: str) -> None:
    assert f"dealgraph {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_wrong_usage_is_exit_code_2(tmp_path: Path) -> None:
    assert run("path", "Nokia", workspace=tmp_path).returncode == 2


def test_extract_reads_json_lines_and_names_the_bad_one(tmp_path: Path) -> None:
    lines = "\n".join([json.dumps(STORY), "{broken", json.dumps({**STORY, "id": "t-2"})])
    done = run("extract", "--format", "jsonl", workspace=tmp_path, stdin=lines)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["t-1", "t-2"]
    assert [message for message in errors(done) if "standard input, line 2" in message]
    assert done.returncode == 1


def test_extract_tells_the_deal_with_its_sentence(tmp_path: Path) -> None:
    done = run("extract", workspace=tmp_path, stdin=json.dumps(STORY))
    claims = json.loads(done.stdout)
    content = f"{STORY['title']}\n\n{STORY['text']}"
    assert [deal["type"] for deal in claims["deals"]] == ["acquisition"]
    assert all(content[deal["start"] : deal["end"]] == deal["evidence"] for deal in claims["deals"])


def ingested(workspace: Path) -> str:
    with open_store("ladybug", path=workspace / "graph.lbug") as store:
        return repr(store.dump())


def test_ingesting_twice_gives_the_same_graph(tmp_path: Path) -> None:
    assert run("ingest", str(SAMPLES), workspace=tmp_path).returncode == 0
    first = ingested(tmp_path)
    assert run("ingest", str(SAMPLES), workspace=tmp_path).returncode == 0
    assert ingested(tmp_path) == first


def test_articles_in_another_order_give_the_same_graph(tmp_path: Path) -> None:
    pages = sorted(str(page) for page in SAMPLES.glob("*.html"))
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, order in ((one, pages), (other, random.Random(7).sample(pages, len(pages)))):
        folder.mkdir()
        assert run("ingest", *order, workspace=folder).returncode == 0
    assert ingested(one) == ingested(other)


def test_a_killed_ingest_run_again_gives_the_undisturbed_graph(tmp_path: Path) -> None:
    calm, hurt = tmp_path / "calm", tmp_path / "hurt"
    for folder in (calm, hurt):
        folder.mkdir()
    assert run("ingest", str(SAMPLES), workspace=calm).returncode == 0
    environment = {**os.environ, "DEALGRAPH_WORKSPACE": str(hurt)}
    process = subprocess.Popen([sys.executable, "-m", "flows.cli", "ingest", str(SAMPLES)], env=environment, cwd=ROOT)
    while process.poll() is None and not _some_articles(hurt):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert run("ingest", str(SAMPLES), workspace=hurt).returncode == 0
    assert ingested(hurt) == ingested(calm)


def _some_articles(workspace: Path) -> bool:
    """Whether the ledger holds articles, asked of the file itself so that the writer is not disturbed."""
    wal = workspace / "ledger.db-wal"
    return wal.exists() and wal.stat().st_size > 60_000


def test_a_rebuild_from_the_ledger_makes_the_same_graph(tmp_path: Path) -> None:
    assert run("ingest", str(SAMPLES), workspace=tmp_path).returncode == 0
    before = ingested(tmp_path)
    assert run("build", "--rebuild", workspace=tmp_path).returncode == 0
    assert ingested(tmp_path) == before


BAD_INPUTS = {
    "empty.html": b"",
    "binary.html": bytes(range(256)) * 40,
    "huge.html": b"<p>word</p>" * 5_000_000,
    "index.html": b"<html><body><nav><a href='/a'>A</a></nav></body></html>",
    "broken.jsonl": b'{"id": "x", "text": ',
    "odd.txt": bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D]) * 300,
    "odd.jsonl": '{"id": "x", "text": "Müller"}'.encode("latin-1"),
}


def test_bad_inputs_are_named_and_lose_nothing_else(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, content in BAD_INPUTS.items():
        (inbox / name).write_bytes(content)
    (inbox / "good.jsonl").write_text(json.dumps(STORY))
    done = run("ingest", str(inbox), workspace=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in BAD_INPUTS:
        assert [message for message in errors(done) if name in message], name
    answer = run("query", "MATCH (a:Article) RETURN a.title AS title", "--format", "json", workspace=tmp_path)
    assert json.loads(answer.stdout) == [{"title": "Acme buys Bolt"}]


@pytest.mark.parametrize(
    ("broken", "args"),
    [
        ("ledger.db", ("build",)),
        ("graph.lbug", ("query", "MATCH (n) RETURN n")),
    ],
)
def test_a_damaged_workspace_is_one_line_with_the_file_and_the_remedy(
    broken: str, args: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / broken).write_bytes(b"not what it was" * 300)
    done = run(*args, workspace=tmp_path)
    assert (done.returncode, len(errors(done)), "Traceback" in done.stderr) == (1, 1, False)
    assert broken in errors(done)[0]


def test_an_unreachable_neo4j_is_one_line(tmp_path: Path) -> None:
    server = {"DEALGRAPH_STORE": "neo4j", "NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": "x"}
    done = run("query", "MATCH (n) RETURN n", workspace=tmp_path, **server)
    assert done.returncode == 1
    assert "bolt://127.0.0.1:1" in errors(done)[0]


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    done = run("build", workspace=tmp_path, DEALGRAPH_STORE="oracle")
    assert done.returncode == 1
    assert "DEALGRAPH_STORE" in errors(done)[0]


def test_query_answers_as_csv(tmp_path: Path) -> None:
    run("ingest", "-w", str(tmp_path), str(SAMPLES / "microsoft-fih-mobile-2016.html"), workspace=tmp_path)
    done = run("query", "MATCH (a:Article) RETURN count(a) AS articles", "--format", "csv", workspace=tmp_path)
    assert done.stdout.split() == ["articles", "1"]
