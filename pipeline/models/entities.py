"""Mentions of one article -> the entities they name: short forms, acronyms and legal suffixes brought together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from schemas.records import Mention

_LEGAL = frozenset(
    [
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "ltd",
        "limited",
        "llc",
        "lp",
        "plc",
        "ag",
        "sa",
        "se",
        "nv",
        "bv",
        "ab",
        "oyj",
        "oy",
        "as",
        "asa",
        "spa",
        "gmbh",
        "kk",
        "pte",
        "pty",
        "group",
        "holding",
        "holdings",
    ]
)
_LEADING = frozenset(["the", "a", "an", "its", "their", "his", "her", "mr", "mrs", "ms", "dr", "sir"])
# What follows a parent's name in the name of a unit: "Boeing Defense", "Ford Credit".
_UNIT = frozenset(
    [
        "aerospace",
        "africa",
        "america",
        "americas",
        "asia",
        "australia",
        "aviation",
        "bank",
        "brasil",
        "brazil",
        "canada",
        "capital",
        "china",
        "cloud",
        "commercial",
        "credit",
        "defence",
        "defense",
        "deutschland",
        "digital",
        "energy",
        "europe",
        "financial",
        "foundation",
        "france",
        "germany",
        "global",
        "india",
        "international",
        "investments",
        "japan",
        "labs",
        "media",
        "mexico",
        "motor",
        "motors",
        "music",
        "networks",
        "news",
        "north",
        "oil",
        "pictures",
        "research",
        "securities",
        "services",
        "south",
        "sports",
        "studios",
        "systems",
        "technologies",
        "uk",
        "us",
        "usa",
        "ventures",
        "weapons",
    ]
)
_GENERIC = frozenset(
    [
        "aircraft",
        "airliner",
        "app",
        "apps",
        "browser",
        "car",
        "cars",
        "chip",
        "chips",
        "console",
        "device",
        "devices",
        "engine",
        "engines",
        "freighter",
        "freighters",
        "game",
        "handset",
        "handsets",
        "helicopter",
        "helicopters",
        "jet",
        "jets",
        "jetliner",
        "jetliners",
        "laptop",
        "laptops",
        "model",
        "models",
        "phone",
        "phones",
        "plane",
        "planes",
        "platform",
        "processor",
        "processors",
        "range",
        "series",
        "service",
        "smartphone",
        "smartphones",
        "software",
        "suv",
        "tablet",
        "tablets",
        "truck",
        "trucks",
        "vehicle",
        "vehicles",
    ]
)


@dataclass(slots=True)
class Named:
    """Someone or something that an article names. names: fullest first, then by how often they stand there."""

    kind: str
    names: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        return max(mention.confidence for mention in self.mentions)


def key(name: str) -> tuple[str, ...]:
    """Words by which two forms are compared: lower case, without possessive, legal form, article and punctuation.

    >>> key("The Walt Disney Co.'s"), key("AT&T Inc")
    (('walt', 'disney'), ('at&t',))
    """
    plain = re.sub(r"['’]s?(?=\s|$)", "", name.lower().replace("’", "'")).replace(".", "")
    words = re.sub(r"[^\w&+]+", " ", plain).split()
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    while len(words) > 1 and words[0] in _LEADING:
        words.pop(0)
    if words and re.fullmatch(r"[a-z]*\d+[a-z]*s", words[-1]):
        words[-1] = words[-1][:-1]  # "737s", "A380s"
    return tuple(words)


def gather(mentions: list[Mention]) -> list[Named]:
    """Entities in the order in which they are first named; a mention belongs to exactly one of its own kind."""
    entities = []
    for kind in dict.fromkeys(mention.kind for mention in mentions):
        own: dict[tuple[str, ...], list[Mention]] = {}
        for mention in mentions:
            if mention.kind == kind and (words := key(mention.text)):
                own.setdefault(words, []).append(mention)
        for keys in _clusters(kind, own):
            held = sorted((m for words in keys for m in own[words]), key=lambda mention: mention.start)
            entities.append(Named(kind, _forms(held), held))
    return sorted(entities, key=lambda entity: (entity.mentions[0].start, -entity.mentions[0].end, entity.kind))


def _forms(mentions: list[Mention]) -> tuple[str, ...]:
    counts = Counter(" ".join(mention.text.split()) for mention in mentions)
    fullest = max(counts, key=lambda form: (len(key(form)), not form.isupper(), len(form), form))
    rest = sorted((form for form in counts if form != fullest), key=lambda form: (-counts[form], form))
    return (fullest, *rest)


def _clusters(kind: str, own: dict[tuple[str, ...], list[Mention]]) -> list[list[tuple[str, ...]]]:
    parent = {words: words for words in own}

    def root(words: tuple[str, ...]) -> tuple[str, ...]:
        while parent[words] != words:
            words = parent[words]
        return words

    # Longest first, so that "Charter" meets "Charter Federal" already joined to its full name.
    for short in sorted(own, key=lambda words: (-len(words), words)):
        longer = [words for words in own if len(words) > len(short) and _may_shorten(kind, short, words, own)]
        roots = {root(words) for words in longer}
        if len(roots) == 1:
            parent[root(short)] = roots.pop()
    clusters: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for words in own:
        clusters.setdefault(root(words), []).append(words)
    return list(clusters.values())


def _may_shorten(
    kind: str, short: tuple[str, ...], words: tuple[str, ...], own: dict[tuple[str, ...], list[Mention]]
) -> bool:
    if kind == "person":
        return words[-len(short) :] == short
    if kind == "product":
        extra = words[len(short) :]
        return words[-len(short) :] == short or (words[: len(short)] == short and all(w in _GENERIC for w in extra))
    if "".join(word[0] for word in words if word not in {"of", "and", "&", "the", "for"}) == "".join(short):
        return len("".join(short)) > 1
    if words[: len(short)] == short:
        return not (words[len(short)] in _UNIT and own[short][0].start < own[words][0].start)
    return kind == "company" and words[-len(short) :] == short and len(short[-1]) > 3 and len(words) - len(short) == 1
