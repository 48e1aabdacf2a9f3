"""A person's word on names: same is transitive, different keeps clusters apart, a contradiction is refused."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import Conflict
from pipeline.resolve.clusters import Clusters
from pipeline.resolve.keys import key, plain
from schemas.records import Judgement


def check(judgements: Iterable[Judgement]) -> None:
    """`Conflict` when the judgements contradict each other."""
    agreed(judgements)


def split(judgements: Iterable[Judgement]) -> frozenset[str]:
    """The keys that a judgement divides: "Merck & Co" and "Merck KGaA" are told apart by their legal forms."""
    return frozenset(key(word.a) for word in judgements if word.verdict == "different" and key(word.a) == key(word.b))


def judged_key(name: str, divided: frozenset[str]) -> str:
    """The key of a name, with its legal form where a judgement asks for it."""
    found = key(name)
    return plain(name) if found in divided else found


def agreed(judgements: Iterable[Judgement]) -> Clusters[str]:
    """The keys that are one by judgement, and those that are apart; `Conflict` when the judgements contradict."""
    clusters: Clusters[str] = Clusters()
    known = list(judgements)
    divided = split(known)
    for word in sorted(known, key=lambda word: (word.verdict != "same", word.a, word.b)):
        a, b = judged_key(word.a, divided), judged_key(word.b, divided)
        if word.verdict == "same":
            clusters.join(a, b)
        elif clusters.find(a) == clusters.find(b):
            raise Conflict(
                "judged different, but other judgements make them one",
                subject=f"{word.a} / {word.b}",
                remedy="withdraw one of the judgements",
            )
        else:
            clusters.part(a, b)
    return clusters
