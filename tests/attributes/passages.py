"""Passages for tests, written as one sentence with the deal word in brackets."""

from __future__ import annotations

from pipeline.attributes import Passage


def passage(marked: str, kind: str = "acquisition", *, day: str | None = None, rest: str = "") -> Passage:
    """`"Acme [bought] Bolt"`: the brackets mark the deal word; rest: text that follows."""
    at = marked.find("[")
    said = marked.replace("[", "").replace("]", "")
    trigger = (at, marked.find("]") - 1) if at >= 0 else None
    return Passage(f"{said} {rest}".rstrip(), (0, len(said)), kind, trigger=trigger, day=day)
