"""Stable ids: short hashes of a few raw fields. Raw, because cleaning rules change and must not rename the world."""

from __future__ import annotations

import hashlib


def stable_id(*fields: str) -> str:
    """Twenty hex digits that depend on nothing but the fields.

    >>> stable_id("Company", "Nokia") == stable_id("Company", "Nokia"), len(stable_id("a"))
    (True, 20)
    """
    return hashlib.sha256("\x1f".join(fields).encode("utf-8", "surrogatepass")).hexdigest()[:20]
