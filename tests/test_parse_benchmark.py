"""The benchmark of the reader, run on the saved pages of the tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import parse as benchmark

PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of `<id>.html`, with its `gold.json`."""
    gold = {}
    for page in PAGES.glob("*/*/page.html"):
        told = json.loads(page.with_name("article.json").read_text("utf-8"))
        (tmp_path / f"{page.parent.name}.html").write_bytes(page.read_bytes())
        body = "\n".join(told["text"])
        fields = {"headline": told["title"], "datePublished": told["published_at"], "author": told["authors"]}
        gold[page.parent.name] = {"articleBody": body, "url": told["url"], **fields}
    (tmp_path / "gold.json").write_text(json.dumps(gold))
    return tmp_path


def test_the_reader_reads_our_pages_better_than_trafilatura_alone(pages: Path) -> None:
    gold = json.loads((pages / "gold.json").read_text())
    loaded = benchmark.load(pages, gold)
    ours, plain = (benchmark.score(read, loaded, gold) for read in (benchmark.ours, benchmark.plain))
    assert ours.body[2] > plain.body[2]
    assert all(ours.fields[name][0] >= plain.fields[name][0] for name in ("headline", "datePublished", "author"))


def test_the_command_prints_both_readers(
    pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["parse.py", "--html", str(pages), "--gold", str(pages / "gold.json")])
    benchmark.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith(("dealgraph", "trafilatura"))] == [
        "dealgraph",
        "trafilatura",
    ]
