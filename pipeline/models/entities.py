"""Mentions of one article -> the entities they name: short forms, acronyms and legal suffixes brought together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.lexicons import words as lexicon_words
from schemas.records import Mention

_LEGAL, _LEADING = lexicon_words("companies", "legal"), lexicon_words("forms", "leading")
_UNIT, _GENERIC = lexicon_words("forms", "unit"), lexicon_words("forms", "generic")
Key = tuple[str, ...]


@dataclass(slots=True)
class Named:
    """Someone or something that an article names. names: fullest first, then by how often they stand there."""

    kind: str
    names: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        return max(mention.confidence for mention in self.mentions)


def key(name: str) -> Key:
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


def gather(mentions: list[Mention], text: str = "") -> list[Named]:
    """Entities in the order in which they are first named; a mention belongs to exactly one of its own kind.

    text: what the mentions stand in; it tells which acronym or ticker is put in brackets behind a name.
    """
    entities = []
    for kind in dict.fromkeys(mention.kind for mention in mentions):
        own: dict[Key, list[Mention]] = {}
        for mention in mentions:
            if mention.kind == kind and (words := key(mention.text)):
                own.setdefault(words, []).append(mention)
        for keys in _clusters(kind, own, _bracketed(kind, mentions, text)):
            held = sorted((m for words in keys for m in own[words]), key=lambda mention: mention.start)
            entities.append(Named(kind, _forms(held), held))
    return sorted(entities, key=lambda entity: (entity.mentions[0].start, -entity.mentions[0].end, entity.kind))


def _forms(mentions: list[Mention]) -> tuple[str, ...]:
    counts = Counter(" ".join(mention.text.split()) for mention in mentions)
    fullest = max(counts, key=lambda form: (len(key(form)), not form.isupper(), len(form), form))
    rest = sorted((form for form in counts if form != fullest), key=lambda form: (-counts[form], form))
    return (fullest, *rest)


def _bracketed(kind: str, mentions: list[Mention], text: str) -> dict[Key, Key]:
    """Acronyms and tickers -> the names behind which they stand in brackets."""
    own = [mention for mention in mentions if mention.kind == kind]
    return {
        key(short.text): key(name.text)
        for name, short in pairwise(own)
        if short.text.isupper() and text[name.end : short.start] == " (" and text[short.end : short.end + 1] == ")"
    }


def _clusters(kind: str, own: dict[Key, list[Mention]], bracketed: dict[Key, Key]) -> list[list[Key]]:
    parent = {words: words for words in own}

    def root(words: Key) -> Key:
        while parent[words] != words:
            words = parent[words]
        return words

    # Longest first, so that "Charter" meets "Charter Federal" already joined to its full name.
    for short in sorted(own, key=lambda words: (-len(words), words)):
        longer = [words for words in own if len(words) > len(short) and _may_shorten(kind, short, words, own)]
        roots = {root(words) for words in longer}
        if len(roots) == 1:
            parent[root(short)] = roots.pop()
    for short, name in bracketed.items():
        if short in own and name in own and root(short) != root(name):
            parent[root(short)] = root(name)
    clusters: dict[Key, list[Key]] = {}
    for words in own:
        clusters.setdefault(root(words), []).append(words)
    return list(clusters.values())


def _may_shorten(kind: str, short: Key, words: Key, own: dict[Key, list[Mention]]) -> bool:
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
