"""What is installed and reachable, and how to mend what is not."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.settings import Settings
from pipeline.errors import DealgraphError
from pipeline.models.bundle import DEFAULT


@dataclass(frozen=True)
class Finding:
    """One part: whether it is well, and the detail or the remedy."""

    part: str
    well: bool
    detail: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Findings, part by part."""
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])
    installed = importlib.util.find_spec(settings.spacy_model) is not None
    yield Finding(
        "spaCy model", installed, settings.spacy_model if installed else f"pip install {settings.spacy_model}"
    )
    model = Path(settings.model) if settings.model else DEFAULT
    yield Finding(
        "reader", model.exists(), str(model) if model.exists() else f"{model} is missing: reinstall dealgraph"
    )
    yield _ledger(settings)
    yield _store(settings)


def _ledger(settings: Settings) -> Finding:
    from flows.steps import open_ledger

    try:
        with open_ledger(settings) as ledger:
            count = sum(1 for _ in ledger.articles())
    except DealgraphError as error:
        return Finding("ledger", False, str(error))
    return Finding("ledger", True, f"{count} articles in {settings.ledger_path}")


def _store(settings: Settings) -> Finding:
    from flows.steps import store

    if settings.store == "ladybug" and not settings.graph_path.exists():
        return Finding("store", True, "no graph yet; `dealgraph ingest` makes one")
    try:
        with store(settings) as opened:
            count = opened.query("MATCH (n) RETURN count(n) AS nodes").rows[0][0]
    except DealgraphError as error:
        return Finding("store", False, str(error))
    return Finding("store", True, f"{settings.store}, {count} nodes")
