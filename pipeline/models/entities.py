"""Mentions of one article -> the entities they name: short forms, acronyms and legal suffixes brought together."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.lexicons import words as lexicon_words
from schemas.records import Mention

_LEGAL, _LEADING = lexicon_words("companies", "legal"), lexicon_words("forms", "leading")
_UNIT, _GENERIC, _VARIANT = (lexicon_words("forms", group) for group in ("unit", "generic", "variant"))
_PARTICLES = lexicon_words("forms", "particles")
_PLAIN = re.compile(r"( [a-z][a-z-]+)+$")
_LEAST_CUT, _LEAST_NICKNAME = 4, 4  # letters: of a word that was cut short, of a product's nickname
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

    >>> key("The Walt Disney Co.'s"), key("AT&T Inc"), key("Procter and Gamble")
    (('walt', 'disney'), ('at&t',), ('procter', '&', 'gamble'))
    """
    plain = re.sub(r"['’]s?(?=\s|$)", "", name.lower().replace("’", "'"))
    plain = re.sub(r"(?<=\w\w)\.com(?=\W|$)", "", plain).replace(".", "")
    words = ["&" if word == "and" else word for word in re.sub(r"[^\w&+]+", " ", plain).split()]
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    while len(words) > 1 and words[0] in _LEADING:
        words.pop(0)
    if words and re.fullmatch(r"[a-z]*\d+[a-z]*s", words[-1]):
        words[-1] = words[-1][:-1]  # "737s", "A380s"
    return tuple(words)


def product_key(name: str) -> Key:
    """Words by which products are compared: without the plain words behind and the plural.

    >>> product_key("787 Dreamliners"), product_key("Vulcan rocket")
    (('787', 'dreamliner'), ('vulcan',))
    """
    words = key(_without_plain(name))
    while len(words) > 1 and words[-1] in _GENERIC:
        words = words[:-1]
    return (*words[:-1], re.sub(r"(?<=[^s])s$", "", words[-1])) if words else ()


def _without_plain(name: str) -> str:
    """A product's name without the plain words behind it, unless they make it another, or all that is left is plain."""
    plain = _PLAIN.search(name)
    if plain is None or not _VARIANT.isdisjoint(plain[0].split()) or name[: plain.start()].islower():
        return name
    return name[: plain.start()]


def without_makers(products: Collection[Key], makers: Collection[Key]) -> dict[Key, Key]:
    """Products -> the same without a maker's name before their own, unless two makers have one of that name.

    >>> without_makers([("acme", "z9"), ("acme", "map"), ("bolt", "map")], {("acme",), ("bolt",)})
    {('acme', 'z9'): ('z9',), ('acme', 'map'): ('acme', 'map'), ('bolt', 'map'): ('bolt', 'map')}
    """
    own = {words: next((n for n in range(len(words) - 1, 0, -1) if words[:n] in makers), 0) for words in products}
    alike = Counter(words[at:] for words, at in own.items() if at)
    return {words: words[at:] if alike[words[at:]] == 1 else words for words, at in own.items()}


def gather(mentions: list[Mention], text: str = "") -> list[Named]:
    """Entities in the order in which they are first named; a mention belongs to exactly one of its own kind.

    text: what the mentions stand in; it tells where the headline ends, and which acronym or ticker is put in brackets
    behind a name.
    """
    headline = max(0, text.find("\n\n"))
    entities = []
    makers = {key(mention.text) for mention in mentions if mention.kind == "company"}
    for kind in dict.fromkeys(mention.kind for mention in mentions):
        keyed = _keyed(kind, [mention for mention in mentions if mention.kind == kind], makers)
        own: dict[Key, list[Mention]] = {}
        for words, mention in keyed:
            own.setdefault(words, []).append(mention)
        for keys in _Clusters(kind, own, headline).joined(_bracketed(keyed, text)):
            held = sorted((m for words in keys for m in own[words]), key=lambda mention: mention.start)
            entities.append(Named(kind, _forms(held, makers), held))
    return sorted(entities, key=lambda entity: (entity.mentions[0].start, -entity.mentions[0].end, entity.kind))


def _keyed(kind: str, mentions: list[Mention], makers: Collection[Key]) -> list[tuple[Key, Mention]]:
    """Mentions with the words by which those of their kind are compared; one without any word is left out."""
    compared = product_key if kind == "product" else key
    keyed = [(words, mention) for mention in mentions if (words := compared(mention.text))]
    if kind != "product":
        return keyed
    # "GE engines" and "GE turbines" are two, and neither is called as their maker.
    keyed = [(key(mention.text) if words in makers else words, mention) for words, mention in keyed]
    bare = without_makers({words for words, _ in keyed}, makers)
    return [(bare[words], mention) for words, mention in keyed]


def _forms(mentions: list[Mention], makers: Collection[Key]) -> tuple[str, ...]:
    kind, counts = mentions[0].kind, Counter(" ".join(mention.text.split()) for mention in mentions)

    def fullness(form: str) -> tuple[int, bool, bool, int, str]:
        return (
            len(key(form)),
            not form.isupper(),
            not (kind == "product" and form.endswith("s") and form[:-1] in counts),
            len(form),
            form,
        )

    fullest = max(counts, key=fullness)
    rest = sorted((form for form in counts if form != fullest), key=lambda form: (-counts[form], form))
    return (fullest, *rest, *_bare(kind, counts, makers))


def _bare(kind: str, forms: Collection[str], makers: Collection[Key]) -> list[str]:
    """Names of products without the plain words behind them: "KC-46 refuelling"."""
    found = dict.fromkeys(map(_without_plain, forms)) if kind == "product" else {}
    return [form for form in found if form not in forms and key(form) not in makers]


def _bracketed(keyed: list[tuple[Key, Mention]], text: str) -> dict[Key, Key]:
    """Acronyms and tickers -> the names behind which they stand in brackets."""
    return {
        short: name
        for (name, full), (short, acronym) in pairwise(keyed)
        if acronym.text.isupper()
        and text[full.end : acronym.start] == " ("
        and text[acronym.end : acronym.end + 1] == ")"
    }


class _Clusters:
    """The keys of one kind, joined where one is a form of the other. headline: where it ends in the text."""

    def __init__(self, kind: str, own: dict[Key, list[Mention]], headline: int) -> None:
        self._kind, self._own = kind, own
        self._parent = {words: words for words in own}
        self._pairs = {words for words in own if self._is_pair(words)}
        # A headline names shortly what the text then names in full.
        self._first = {
            words: min((m.start for m in held if m.start >= headline), default=math.inf) for words, held in own.items()
        }
        self._initials: dict[str, list[Key]] = {}
        for words, held in own.items():
            for full in {words, *(tuple(mention.text.lower().split()) for mention in held)}:
                for initials in {_initials(full), _initials([word for word in full if word not in _PARTICLES])}:
                    self._initials.setdefault(initials.replace("&", ""), []).append(words)

    def joined(self, bracketed: dict[Key, Key]) -> list[list[Key]]:
        # Longest first, so that "Charter" meets "Charter Federal" already joined to its full name.
        for short in sorted(self._own, key=lambda words: (-len(words), words)):
            longer = self._spelt_out(short) or self._longer(short) or self._blended(short)
            roots = {self._root(words) for words in longer}
            if len(roots) == 1:
                self._join(short, roots.pop())
        for short, name in bracketed.items():
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
        """The names whose initials a form is, or of which it tells the ends and the number of letters between: "a16z"."""
        letters = "".join(short).replace("&", "")
        if self._kind not in ("company", "organization") or len(letters) < 2:
            return []
        found = [words for words in self._initials.get(letters, ()) if len("".join(words)) > len("".join(short))]
        return found or [words for words in self._own if len(words) > 1 and _is_numbered(letters, words)]

    def _blended(self, short: Key) -> list[Key]:
        """The names of whose words a form takes the beginnings: "Amex"."""
        if self._kind != "company" or len(short) > 1:
            return []
        return [words for words in self._own if len(words) > 1 and _is_blend(short[0], words)]

    def _longer(self, short: Key) -> list[Key]:
        return [words for words in self._own if words != short and self._shortens(short, words)]

    def _shortens(self, short: Key, words: Key) -> bool:
        if words in self._pairs:
            return False
        if len(words) <= len(short):
            return self._is_cut(short, words)
        extra = words[len(short) :]
        begins, ends = words[: len(short)] == short, words[-len(short) :] == short
        if self._kind == "person":
            return ends
        if self._kind == "product":
            return (ends and self._stands_alone(short)) or (begins and _is_nickname(short[-1], extra))
        if begins:
            return not (self._first[short] < self._first[words] and self._is_unit(short, words))
        return self._kind == "company" and ends and len(short[-1]) > 3 and len(words) - len(short) == 1

    def _is_cut(self, short: Key, words: Key) -> bool:
        """Whether it is written in one, in the singular, or its last word is cut: "Spirit Aero", "Exxon" for ExxonMobil."""
        if "".join(short) == "".join(words):
            return len(words) < len(short)
        last, full = short[-1], words[-1]
        if self._kind != "company" or words[:-1] != short[:-1] or len(last) < _LEAST_CUT or not full.startswith(last):
            return False
        # Of a single word, much must stand or a capital follow: "Snap" is not Snapdeal. In 640 articles cuts of four
        # letters and more were right 14 times and wrong 3 times.
        if full == last + "s" or len(short) > 1 or len(last) > _LEAST_CUT:
            return True
        seam = re.compile(rf"\b(?i:{re.escape(last)})[A-Z]")
        return any(seam.search(mention.text) for mention in self._own[words])

    def _stands_alone(self, product: Key) -> bool:
        """Whether it is told without its maker anywhere: "Apple Watch" is no short form of "Galaxy Watch"."""
        return any(product_key(mention.text) == product for mention in self._own[product])

    def _is_unit(self, short: Key, words: Key) -> bool:
        """Whether a longer name is that of a unit: "Ford Credit", or "Acme Mobile Vietnam" where Acme is in the news."""
        extra = words[len(short) :]
        return extra[0] in _UNIT or (len(extra) > 1 and len(self._own[short]) >= 2 * len(self._own[words]))

    def _is_pair(self, words: Key) -> bool:
        """Whether two known names are hyphened to one: "Gazprom-Rosneft" is the long form of neither."""
        known = any(words[:at] in self._own and words[at:] in self._own for at in range(1, len(words)))
        return known and all(re.search(r"\w[-–/]\w", mention.text) for mention in self._own[words])


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def _is_numbered(letters: str, words: Key) -> bool:
    """Whether it tells the first and last letter and how many stand between them: "a16z"."""
    told, whole = re.fullmatch(r"([a-z])(\d+)([a-z])", letters), "".join(words)
    return told is not None and (whole[0], len(whole) - 2, whole[-1]) == (told[1], int(told[2]), told[3])


def _is_blend(letters: str, words: Key) -> bool:
    """Whether it is made of the beginnings of all words, two letters and more of each: "Amex", "Petrobras"."""
    if not words:
        return not letters
    return any(
        letters[:taken] == words[0][:taken] and _is_blend(letters[taken:], words[1:])
        for taken in range(2, min(len(letters), len(words[0])) + 1)
    )


def _is_nickname(code: str, extra: Key) -> bool:
    """Whether words behind a code are what the product is called as well: "787 Dreamliner", and not "737 Max"."""
    plain = all(word.isalpha() and len(word) >= _LEAST_NICKNAME and word not in _VARIANT for word in extra)
    return plain and len(extra) <= 2 and re.search(r"\d", code) is not None
