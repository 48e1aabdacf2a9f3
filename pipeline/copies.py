"""Copies of one report: a wire story that ten outlets print is one report, not ten.

A MinHash sketch of each article's words rests in the ledger; two articles are copies where their sketches agree. The
answer depends on the articles alone, not on their order.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from datasketch import MinHash

SHINGLE = 4
ALIKE = 0.7
PERMUTATIONS = 128
# Two texts with half their runs in common agree in one of so many bands nearly always, two that differ hardly ever.
BANDS = 32
SHORTEST = 40
WORD = re.compile(r"\w+")
# What agencies and outlets put before and after the same words.
DATELINE = re.compile(
    r"^.{0,80}?\((?:Reuters|AP|AFP|Bloomberg|Dow Jones|ANI|PTI|IANS|dpa)\)\s*[-–—]+\s*|^[A-Z][A-Z ,.]{2,40}\s*[-–—]{1,2}\s+"
)
# How a sketch rests: the number of its runs of words, then the least hash of each permutation.
STORED = np.dtype("<u4")
Sketch = npt.NDArray[np.uint32]


def sketch(text: str) -> bytes:
    """What a text's copies are known by, in 516 bytes; nothing for a few words, which are like any other few."""
    runs = shingles(text)
    if len(runs) < SHORTEST:
        return b""
    # The runs are hashes already: the sketch takes their low half as it is.
    made = MinHash(num_perm=PERMUTATIONS, hashfunc=lambda value: value)
    made.update_batch(np.fromiter((run & 0xFFFFFFFF for run in sorted(runs)), dtype=np.uint64))
    return np.concatenate([[len(runs)], made.hashvalues]).astype(STORED).tobytes()


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of four words, without regard to case, dateline and punctuation.

    >>> shingles("PARIS (Reuters) - Nokia sold it to Microsoft") == shingles("Nokia sold it, to Microsoft!")
    True
    """
    words = WORD.findall(DATELINE.sub("", text).casefold())
    runs = (" ".join(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "little") for run in runs)


def originals(in_time: Sequence[str], sketches: Mapping[str, bytes]) -> dict[str, str]:
    """Of each article, the report that it copies: its own id where it copies none.

    in_time: ids of articles, the first published first: of several copies that one is the report. sketches: by id.
    """
    above = {id_: id_ for id_ in in_time}
    place = {id_: number for number, id_ in enumerate(in_time)}

    def report(id_: str) -> str:
        while above[id_] != id_:
            above[id_] = above[above[id_]]
            id_ = above[id_]
        return id_

    for a, b in _pairs({id_: np.frombuffer(sketches[id_], STORED) for id_ in above if sketches.get(id_)}):
        first, later = sorted((report(a), report(b)), key=place.__getitem__)
        above[later] = first
    return {id_: report(id_) for id_ in above}


def _pairs(known: Mapping[str, Sketch]) -> Iterator[tuple[str, str]]:
    """All pairs that are copies. Only those are compared whose sketches agree in a band."""
    index: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    for id_, one in known.items():
        bands = [(number, band.tobytes()) for number, band in enumerate(one[1:].reshape(BANDS, -1))]
        for other in dict.fromkeys(other for band in bands for other in index[band]):
            if likeness(one, known[other]) >= ALIKE:
                yield other, id_
        for band in bands:
            index[band].append(id_)


def likeness(a: Sketch, b: Sketch) -> float:
    """How much of two texts is common, 0 to 1: of the shorter one, where it is a cut of the longer."""
    share = float((a[1:] == b[1:]).mean())
    common = share / (1 + share) * (int(a[0]) + int(b[0]))
    return max(share, 0.8 * min(1.0, common / min(int(a[0]), int(b[0]))))
