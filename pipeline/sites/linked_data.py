"""JSON-LD: what a page tells machines about itself, in schema.org's words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|PressRelease|ReviewNewsArticle)$")
COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
# Line breaks inside strings and trailing commas are the two faults that templates make.
CONTROL = re.compile(r"[\x00-\x1f]+")
TRAILING_COMMA = re.compile(r",(\s*[}\]])")

Thing = Mapping[str, Any]


def things(scripts: Iterable[str]) -> list[Thing]:
    """Every object in these scripts, nested ones included; a script that is no JSON is left out."""
    return [thing for script in scripts for thing in _walk(_loaded(script))]


def _loaded(script: str) -> Any:
    text = COMMENT.sub("", script.strip())
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(TRAILING_COMMA.sub(r"\1", CONTROL.sub(" ", text)).rstrip("; "), strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(value: Any) -> Iterator[Thing]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def types(thing: Thing) -> list[str]:
    """The types of a thing, without a namespace."""
    told = thing.get("@type", ())
    return [str(t).rsplit("/", 1)[-1] for t in (told if isinstance(told, list) else [told])]


def article(found: Iterable[Thing]) -> Thing:
    """The article among them (the one that tells most), or an empty mapping."""
    articles = [thing for thing in found if any(ARTICLE_TYPES.search(t) for t in types(thing))]
    return max(articles, key=lambda thing: ("headline" in thing, "datePublished" in thing, len(thing)), default={})


def text(value: Any) -> str | None:
    """A plain string out of a value that may be a list, an object with a name, or escaped HTML."""
    if isinstance(value, list):
        return next((told for told in map(text, value) if told), None)
    if isinstance(value, dict):
        return text(value.get("name") or value.get("@id") or value.get("url"))
    if not isinstance(value, str):
        return None
    plain = " ".join(html.unescape(html.unescape(value)).split())
    return plain or None


def people(value: Any) -> list[tuple[str, bool]]:
    """(name, whether it is an organisation) of each author."""
    if isinstance(value, list):
        return [person for entry in value for person in people(entry)]
    if isinstance(value, dict):
        return [(name, "Organization" in "".join(types(value))) for name, _ in people(value.get("name"))]
    name = text(value)
    return [(name, False)] if name else []
