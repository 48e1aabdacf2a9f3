"""graph.html: one file that draws the graph without a network, a server or a script from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib import resources
from pathlib import Path

from pipeline.errors import DealgraphError
from pipeline.explore.contents import contents
from pipeline.explore.selection import LIMIT, select
from schemas.records import Graph

SCRIPTS = ("words.js", "picture.js", "details.js", "search.js", "filters.js", "page.js")


def write_page(graph: Graph, out: Path, *, limit: int = LIMIT) -> None:
    """Write the picture of a graph, of at most `limit` nodes; it says what it leaves out."""
    text = page(graph, limit=limit)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8", newline="\n")


def page(graph: Graph, *, limit: int = LIMIT) -> str:
    """The HTML of the picture; the same for the same graph."""
    cytoscape, script = _vendored("cytoscape.min.js"), "\n".join(_own(name) for name in SCRIPTS)
    parts = {
        "policy": _policy(cytoscape, script),
        "style": _own("page.css"),
        "data": _inert(contents(graph, select(graph, limit=limit))),
        "cytoscape": cytoscape,
        "script": script,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: parts[slot[1]], _own("page.html"))


def _own(name: str) -> str:
    return resources.files("pipeline.explore").joinpath("web", name).read_text(encoding="utf-8")


def _vendored(name: str) -> str:
    try:
        return resources.files("pipeline.explore").joinpath("vendor", name).read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        remedy = "run `python hatch_build.py` in the checkout, or install the wheel"
        raise DealgraphError("is not in this installation", subject=name, remedy=remedy) from missing


def _policy(*scripts: str) -> str:
    """Only these very scripts may run, and nothing may be fetched: whatever an article's text holds, it stays text."""
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{value}'" for value in hashes)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _inert(value: object) -> str:
    """JSON that no HTML parser takes for markup: a title may hold `</script>`."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
