"""What two names say about being one: named features, each with a score and a sentence for a person.

The first feature that applies decides. Its score is how surely the names alone make them one; what articles list
together or keep apart, and what a person judged, comes on top in `identity`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from pipeline.resolve.keys import initials, is_acronym, key, plain, squeezed, words

SAME = 0.7
DIFFERENT = 0.36


@dataclass(frozen=True, slots=True)
class Likeness:
    """A feature that applies to two names. short: the key of the one that is a short form of the other."""

    feature: str
    score: float
    says: str
    short: str | None = None


Feature = Callable[[str, str, Collection[str]], Likeness | None]


def same_key(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """One name, but for case, accents, punctuation, articles and legal form."""
    if key(a) != key(b):
        return None
    if plain(a) == plain(b):
        return Likeness("same name", 1.0, f"“{a}” and “{b}” are one name")
    return Likeness("legal form", 0.97, f"“{a}” and “{b}” differ only in legal form")


def same_spelling(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """One name, but for spaces, hyphens and signs."""
    if squeezed(key(a)) != squeezed(key(b)) or len(squeezed(key(a))) < 3:
        return None
    return Likeness("spelling", 0.95, f"“{a}” and “{b}” differ only in spaces and signs")


def same_words(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """The same words in another order."""
    if word_set(key(a)) != word_set(key(b)) or len(word_set(key(a))) < 2:
        return None
    return Likeness("word order", 0.9, f"“{a}” and “{b}” are the same words in another order")


def numbers(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """Other numbers, other things: "3M" and "3i", "iPhone 6" and "iPhone 7"."""
    if re.findall(r"\d+", key(a)) == re.findall(r"\d+", key(b)):
        return None
    return Likeness("numbers", 0.1, f"“{a}” and “{b}” carry different numbers")


def typo(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """One letter apart in a long name."""
    one, two = squeezed(key(a)), squeezed(key(b))
    if min(len(one), len(two)) < 8 or one[0] != two[0] or OSA.distance(one, two, score_cutoff=1) > 1:
        return None
    return Likeness("one letter", 0.75, f"“{a}” and “{b}” are one letter apart")


def acronym(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """The initials of the other."""
    for short, full in ((a, b), (b, a)):
        if is_acronym(short) and squeezed(key(short)).replace("&", "") in initials(full):
            score = 0.85 if len(key(short)) > 2 else 0.72
            return Likeness("acronym", score, f"“{short}” are the initials of “{full}”", key(short))
    return None


def blend(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """The first letters of each word of the other: "FedEx", "BofA", "Nabisco"."""
    for short, full in ((a, b), (b, a)):
        if " " not in short and len(short) > 3 and any(_is_blend(short, f.split()) for f in (key(full), plain(full))):
            return Likeness("blend", 0.75, f"“{short}” is put together from “{full}”", key(short))
    return None


def _is_blend(letters: str, of: list[str]) -> bool:
    """Whether letters are the beginnings of all the words in turn; a single letter must be a capital ("BofA")."""
    if not of:
        return not letters
    word, *rest = of
    if len(of) > len(letters):
        return False
    starts = (n for n in range(1, len(word) + 1) if letters[:n].casefold() == word[:n])
    return any((n > 1 or letters[0].isupper()) and _is_blend(letters[n:], rest) for n in starts)


def short_form(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """The first words of the other: what the rest says decides."""
    for short, full in ((a, b), (b, a)):
        if key(full).startswith(key(short) + " "):
            return _judge_rest(short, full, key(full)[len(key(short)) + 1 :], known)
    return None


def _judge_rest(short: str, full: str, rest: str, known: Collection[str]) -> Likeness:
    found = rest.split()
    told = f"“{full}” is “{short}” and “{_as_written(full, len(found))}”"
    other = _company_in(found, known)
    if other:
        return Likeness("another company", 0.1, f"{told}: the name holds another company, {other}", key(short))
    unit = [phrase for phrase in (*found, rest) if phrase in words("unit")]
    if unit:
        return Likeness("unit", 0.15, f"{told}: “{unit[0]}” names a unit or branch, not its parent", key(short))
    if all(word in words("plain") for word in found):
        if key(short) in words("common_heads"):
            return Likeness("common word", 0.5, f"{told}: “{short}” opens the names of many companies", key(short))
        return Likeness("short form", 0.85, f"{told}, which only says what it does", key(short))
    if all(word in words("plain") | words("trade") for word in found):
        return Likeness("trade or unit", 0.5, f"{told}: that may be its trade or a unit of another", key(short))
    if len(key(short).split()) > 1:
        return Likeness("first words", 0.45, f"{told}: first words in common, the rest is a name", key(short))
    return Likeness("first word", 0.35, f"{told}: a common first word alone is not enough", key(short))


def _as_written(full: str, count: int) -> str:
    """The last words of a name before its legal form, as they are written where that can be told."""
    written = [word for word in full.split() if plain(word)]
    while len(written) > count and key(" ".join(written)) == key(" ".join(written[:-1])):
        written.pop()
    return " ".join(written[-count:])


def _company_in(found: list[str], known: Collection[str]) -> str | None:
    ordinary = words("plain") | words("trade") | words("unit") | words("common_heads")
    runs = (" ".join(found[i:j]) for i in range(len(found)) for j in range(len(found), i, -1))
    return next((run for run in runs if len(run) > 2 and run in known and not set(run.split()) <= ordinary), None)


def last_words(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """The last words of the other: "Disney" in "Walt Disney"."""
    for short, full in ((a, b), (b, a)):
        if key(full).endswith(" " + key(short)):
            return Likeness("last words", 0.45, f"“{full}” ends with “{short}”", key(short))
    return None


def shared_head(a: str, b: str, known: Collection[str]) -> Likeness | None:
    """The same first word, then different ones."""
    one, two = key(a).split(), key(b).split()
    if one[0] != two[0]:
        return None
    return Likeness("different rest", 0.15, f"“{a}” and “{b}” share the first word and differ in the rest")


def nothing(a: str, b: str, known: Collection[str]) -> Likeness:
    """No resemblance that counts."""
    return Likeness("no likeness", 0.05, f"“{a}” and “{b}” have no name in common")


FEATURES: tuple[Feature, ...] = (
    same_key,
    same_spelling,
    same_words,
    numbers,
    typo,
    acronym,
    short_form,
    blend,
    last_words,
    shared_head,
)
# A person's, product's or body's short name says too little; only spelling makes two of them one.
SPELLING: tuple[Feature, ...] = (same_key, same_spelling, numbers)


def compare(a: str, b: str, *, known: Collection[str] = frozenset(), label: str = "Company") -> Likeness:
    """The likeness of two names. known: keys of companies that may hide in a longer name."""
    for feature in FEATURES if label in {"Company", "Organization"} else SPELLING:
        found = feature(a, b, known)
        if found is not None:
            return found
    return nothing(a, b, known)


def word_set(key_: str) -> frozenset[str]:
    """The words of a key that count, whatever their order."""
    return frozenset(key_.split()) - words("small")
