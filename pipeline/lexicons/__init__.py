"""Word lists, as data that anyone can mend. Each is a YAML file beside this one."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The lexicon of that name, as it stands in its file."""
    text = resources.files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


@cache
def words(name: str, key: str) -> frozenset[str]:
    """One list of a lexicon, as a set."""
    return frozenset(str(word) for word in lexicon(name)[key])
