"""Mentions of one article -> the entities they name: short forms, acronyms and legal suffixes brought together."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.lexicons import words as lexicon_words
from schemas.records import Mention

_LEGAL, _LEADING = lexicon_words("companies", "legal"), lexicon_words("forms", "leading")
_UNIT, _GENERIC = lexicon_words("forms", "unit"), lexicon_words("forms", "generic")
_PARTICLES = lexicon_words("forms", "particles")
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
    plain = re.sub(r"['’]s?(?=\s|$)", "", name.lower().replace("’", "'"))
    plain = re.sub(r"(?<=\w\w)\.com(?=\W|$)", "", plain).replace(".", "")
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

    text: what the mentions stand in; it tells where the headline ends, and which acronym or ticker is put in brackets
    behind a name.
    """
    headline = max(0, text.find("\n\n"))
    entities = []
    for kind in dict.fromkeys(mention.kind for mention in mentions):
        own: dict[Key, list[Mention]] = {}
        for mention in mentions:
            if mention.kind == kind and (words := key(mention.text)):
                own.setdefault(words, []).append(mention)
        bracketed = _bracketed([mention for mention in mentions if mention.kind == kind], text)
        for keys in _Clusters(kind, own, headline).joined(bracketed):
            held = sorted((m for words in keys for m in own[words]), key=lambda mention: mention.start)
            entities.append(Named(kind, _forms(held, own), held))
    return sorted(entities, key=lambda entity: (entity.mentions[0].start, -entity.mentions[0].end, entity.kind))


def _forms(mentions: list[Mention], own: dict[Key, list[Mention]]) -> tuple[str, ...]:
    counts = Counter(" ".join(mention.text.split()) for mention in mentions)
    fullest = max(counts, key=lambda form: (len(key(form)), not form.isupper(), len(form), form))
    rest = sorted((form for form in counts if form != fullest), key=lambda form: (-counts[form], form))
    return (fullest, *rest, *_bare(mentions[0].kind, counts, own))


def _bare(kind: str, forms: Iterable[str], own: dict[Key, list[Mention]]) -> list[str]:
    """Names of products without the plain words behind them ("KC-46 refuelling"), unless that is another product."""
    found = dict.fromkeys(re.sub(r"( [a-z]+)+$", "", form) for form in forms) if kind == "product" else {}
    return [form for form in found if form not in forms and key(form) not in own]


def _bracketed(own: list[Mention], text: str) -> dict[Key, Key]:
    """Acronyms and tickers -> the names behind which they stand in brackets."""
    return {
        key(short.text): key(name.text)
        for name, short in pairwise(own)
        if short.text.isupper() and text[name.end : short.start] == " (" and text[short.end : short.end + 1] == ")"
    }


class _Clusters:
    """The keys of one kind, joined where one is a form of the other. headline: where it ends in the text."""

    def __init__(self, kind: str, own: dict[Key, list[Mention]], headline: int) -> None:
        self._kind, self._own = kind, own
        self._parent = {words: words for words in own}
        # A headline names shortly what the text then names in full.
        self._first = {
            words: min((m.start for m in held if m.start >= headline), default=math.inf) for words, held in own.items()
        }
        self._initials: dict[str, list[Key]] = {}
        for words, held in own.items():
            for initials in {_initials(words), *(_initials(tuple(m.text.lower().split())) for m in held)}:
                self._initials.setdefault(initials, []).append(words)

    def joined(self, bracketed: dict[Key, Key]) -> list[list[Key]]:
        # Longest first, so that "Charter" meets "Charter Federal" already joined to its full name.
        for short in sorted(self._own, key=lambda words: (-len(words), words)):
            roots = {self._root(words) for words in self._spelt_out(short) or self._longer(short)}
            if len(roots) == 1:
                self._join(short, roots.pop())
        for short, name in bracketed.items():
            if short in self._own and name in self._own:
                self._join(short, name)
        clusters: dict[Key, list[Key]] = {}
        for words in self._own:
            clusters.setdefault(self._root(words), []).append(words)
        return list(clusters.values())

    def _root(self, words: Key) -> Key:
        while self._parent[words] != words:
            words = self._parent[words]
        return words

    def _join(self, short: Key, name: Key) -> None:
        if self._root(short) != self._root(name):
            self._parent[self._root(short)] = self._root(name)

    def _spelt_out(self, short: Key) -> list[Key]:
        """The names whose initials a form is."""
        letters = "".join(short).replace("&", "")
        if self._kind not in ("company", "organization") or len(letters) < 2:
            return []
        return [words for words in self._initials.get(letters, ()) if len(words) > len(short)]

    def _longer(self, short: Key) -> list[Key]:
        return [words for words in self._own if len(words) > len(short) and self._shortens(short, words)]

    def _shortens(self, short: Key, words: Key) -> bool:
        extra = words[len(short) :]
        begins, ends = words[: len(short)] == short, words[-len(short) :] == short
        if self._is_pair(words):
            return False
        if self._kind == "person":
            return ends
        if self._kind == "product":
            return ends or (begins and all(word in _GENERIC for word in extra))
        if begins:
            return not (self._first[short] < self._first[words] and self._is_unit(short, words))
        return self._kind == "company" and ends and len(short[-1]) > 3 and len(words) - len(short) == 1

    def _is_unit(self, short: Key, words: Key) -> bool:
        """Whether a longer name is that of a unit: "Ford Credit", or "Acme Mobile Vietnam" where Acme is in the news."""
        extra = words[len(short) :]
        return extra[0] in _UNIT or (len(extra) > 1 and len(self._own[short]) >= 2 * len(self._own[words]))

    def _is_pair(self, words: Key) -> bool:
        """Whether two known names are hyphened to one: "Gazprom-Rosneft" is the long form of neither."""
        known = any(words[:at] in self._own and words[at:] in self._own for at in range(1, len(words)))
        return known and all(re.search(r"\w[-–/]\w", mention.text) for mention in self._own[words])


def _initials(words: Key) -> str:
    return "".join(word[0] for word in words if word not in _PARTICLES)
