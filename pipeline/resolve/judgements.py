"""A person's word on names: same is transitive, different keeps clusters apart, a contradiction is refused."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import Conflict
from pipeline.resolve.clusters import Clusters
from schemas.records import Judgement


def check(judgements: Iterable[Judgement]) -> None:
    """`Conflict` when the judgements contradict each other."""
    agreed(judgements)


def agreed(judgements: Iterable[Judgement]) -> Clusters[str]:
    """The names that are one by judgement, and those that are apart; `Conflict` when they contradict."""
    clusters: Clusters[str] = Clusters()
    words = sorted(judgements, key=lambda word: (word.verdict != "same", word.a, word.b))
    for word in words:
        one = clusters.find(word.a) == clusters.find(word.b)
        if word.verdict == "same":
            clusters.join(word.a, word.b)
        elif one:
            raise Conflict(
                "judged different, but other judgements make them one",
                subject=f"{word.a} / {word.b}",
                remedy="withdraw one of the judgements",
            )
        else:
            clusters.part(word.a, word.b)
    return clusters
