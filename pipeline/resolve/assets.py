"""Units, stakes, plants and patents: known by what they are called and whose they are."""

from __future__ import annotations

import re

from pipeline.resolve.keys import key

Names = tuple[str, ...]
STAKE = frozenset({"stake", "shares", "interest", "holding", "business", "unit", "assets", "division", "operations"})


def alike(a: Names, b: Names) -> bool:
    """Whether two assets go by one name: the longest run of words in common covers half of the shorter.

    >>> alike(("Nokia's feature phone business",), ("feature phone unit",)), alike(("chip plant",), ("patents",))
    (True, False)
    """
    return any(_alike(key(x).split(), key(y).split()) for x in a[:3] for y in b[:3])


def _alike(a: list[str], b: list[str]) -> bool:
    run = _longest_run(a, b)
    telling = [word for word in run if word not in STAKE]
    return bool(run) and 2 * len(run) >= min(len(a), len(b)) and (bool(telling) or a == b)


def _longest_run(a: list[str], b: list[str]) -> list[str]:
    best: list[str] = []
    for i in range(len(a)):
        for j in range(len(b)):
            n = 0
            while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
                n += 1
            best = a[i : i + n] if n > len(best) else best
    return best


def whose(name: str) -> tuple[str, str] | None:
    """The owner and the rest of "Nokia's feature phone business"; None where no owner stands in front.

    >>> whose("Nokia’s feature phone business"), whose("ThinkPad brand")
    (('Nokia', 'feature phone business'), None)
    """
    found = re.fullmatch(r"(.+?)(?:['’]s|(?<=s)['’]) (.+)", name)
    return (found[1], found[2]) if found and found[1].strip() else None


def is_proper(name: str) -> bool:
    """Whether an asset has a name of its own ("ThinkPad brand"), and not just a description ("handset unit")."""
    return any(word[:1].isupper() for word in name.split())
