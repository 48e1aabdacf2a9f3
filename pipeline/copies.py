"""Copies of one report: a wire story that ten outlets print is one report, not ten.

MinHash finds the pairs that may be copies; the share of common shingles of words decides. The answer depends on the
articles alone, not on their order.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

import numpy as np
from datasketch import MinHash, MinHashLSH

from schemas.records import Article

SHINGLE = 4
ALIKE = 0.7
# Found below the limit, so that chance in the hashes loses no pair at it.
LOOKED_AT = 0.5
PERMUTATIONS = 128
SHORTEST = 40
WORD = re.compile(r"\w+")
# What agencies and outlets put before and after the same words.
DATELINE = re.compile(
    r"^.{0,80}?\((?:Reuters|AP|AFP|Bloomberg|Dow Jones|ANI|PTI|IANS|dpa)\)\s*[-–—]+\s*|^[A-Z][A-Z ,.]{2,40}\s*[-–—]{1,2}\s+"
)


def originals(articles: Iterable[Article]) -> dict[str, str]:
    """Of each article's id, the id of the report that it copies: its own where it copies none.

    Of several copies the first published is the report, of those the one with the smallest id.
    """
    known = {article.id: article for article in articles}
    groups = _joined(known, _pairs({name: shingles(article.text) for name, article in known.items()}))
    return {name: min(group, key=lambda other: _first(known[other])) for group in groups for name in group}


def _first(article: Article) -> tuple[str, str]:
    return article.published_at or "9999", article.id


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of four words, without regard to case, dateline and punctuation.

    >>> shingles("PARIS (Reuters) - Nokia sold it to Microsoft") == shingles("Nokia sold it, to Microsoft!")
    True
    """
    words = WORD.findall(DATELINE.sub("", text).casefold())
    runs = (" ".join(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "little") for run in runs)


def likeness(a: frozenset[int], b: frozenset[int]) -> float:
    """How much of two texts is common, 0 to 1: of the shorter one, where it is a cut of the longer."""
    common = len(a & b)
    return max(common / len(a | b), 0.8 * common / min(len(a), len(b))) if common else 0.0


def _pairs(told: Mapping[str, frozenset[int]]) -> list[tuple[str, str]]:
    """All pairs that are copies. A text of a few words is like any other, so it copies none."""
    index = MinHashLSH(threshold=LOOKED_AT, num_perm=PERMUTATIONS)
    pairs = []
    for name in sorted(name for name, runs in told.items() if len(runs) >= SHORTEST):
        sketch = _sketch(told[name])
        pairs += [(str(other), name) for other in index.query(sketch) if likeness(told[other], told[name]) >= ALIKE]
        index.insert(name, sketch)
    return pairs


def _sketch(runs: frozenset[int]) -> MinHash:
    # The runs are hashes already: the sketch takes their low half as it is.
    sketch = MinHash(num_perm=PERMUTATIONS, hashfunc=lambda value: value)
    sketch.update_batch(np.fromiter((run & 0xFFFFFFFF for run in sorted(runs)), dtype=np.uint64))
    return sketch


def _joined(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Groups of names that pairs connect, directly or over others."""
    above = {name: name for name in names}

    def top(name: str) -> str:
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for a, b in pairs:
        low, high = sorted((top(a), top(b)))
        above[high] = low
    groups: dict[str, list[str]] = {}
    for name in above:
        groups.setdefault(top(name), []).append(name)
    return list(groups.values())
