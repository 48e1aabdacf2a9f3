"""How long resolution takes as the articles grow: synthetic claims in the shape of news.

    python benchmarks/resolve.py [ARTICLES ...]      (default 1000 10000)

A few companies are in most of the news and most are in little of it, names come in full, short and as acronyms, and
each deal is told by several articles. Prints articles, entities, deals, reports, and seconds for both steps.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator

from pipeline.resolve import resolve
from pipeline.resolve.project import project
from schemas.records import Article, Claims, DealClaim, Evidence, Money, NameClaim, Party, RelationClaim

SYLLABLES = ["ka", "no", "vel", "tri", "zon", "mer", "lux", "dan", "pho", "qui", "ber", "sto", "ram", "gil", "ty", "os"]
TAILS = [
    "",
    " Inc",
    " Corp",
    " Technologies",
    " Motors",
    " Networks",
    " Energy",
    " Pharmaceuticals",
    " India",
    " Group",
]
KINDS = [("acquisition", "buyer", "target"), ("investment", "investor", "target"), ("supply", "supplier", "customer")]


def companies(count: int, chance: random.Random) -> list[tuple[str, ...]]:
    """Names with their short forms: a third share their first word with others."""
    heads = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize() for _ in range(count)]
    found = []
    for head in heads:
        fullest = chance.choice([head, f"{head} {chance.choice(heads)}"]) + chance.choice(TAILS)
        found.append(tuple(dict.fromkeys([fullest, fullest.split()[0]])))
    return found


def press(articles: int, seed: int = 1) -> Iterator[tuple[Article, Claims]]:
    """Articles with ten names and one or two deals each."""
    chance = random.Random(seed)
    firms = companies(max(100, articles), chance)
    events = [
        (*chance.choice(KINDS), *chance.sample(range(len(firms)), 2), chance.randint(2010, 2024), chance.random() * 1e9)
        for _ in range(articles // 2)
    ]
    for n in range(articles):
        told = [events[int(len(events) * chance.random() ** 2)] for _ in range(chance.randint(1, 2))]
        rank = [int(len(firms) * chance.random() ** 3) for _ in range(8)]
        named = dict.fromkeys([*rank, *(i for event in told for i in event[3:5])])
        names = tuple(NameClaim("company", firms[i][: chance.randint(1, 2)], chance.randint(1, 9)) for i in named)
        deals = tuple(claim(event, firms, chance) for event in told)
        rival = RelationClaim("COMPETES_WITH", firms[rank[0]], firms[rank[1]], Evidence("They compete.", 0, 13))
        published = f"{chance.randint(2010, 2024)}-{chance.randint(1, 12):02}-01"
        yield Article(f"a{n}", "Title", "", published_at=published), Claims(f"a{n}", names, deals, (rival,))


def claim(
    event: tuple[str, str, str, int, int, int, float], firms: list[tuple[str, ...]], chance: random.Random
) -> DealClaim:
    """One article's telling of an event, more or less precise."""
    kind, one, other, a, b, year, price = event
    parties = (Party(one, "company", firms[a]), Party(other, "company", firms[b]))
    date = chance.choice([None, f"{year}", f"{year}-05"])
    amount = chance.choice([None, Money(round(price), "USD")])
    return DealClaim(
        kind, chance.choice(["announced", "completed"]), parties, Evidence("s", 0, 1), amount, None, date, 0.8
    )


def main() -> None:
    for articles in [int(argument) for argument in sys.argv[1:]] or [1000, 10000]:
        told = list(press(articles))
        start = time.perf_counter()
        held = resolve(told)
        resolved = time.perf_counter()
        graph = project(held)
        done = time.perf_counter()
        reports = sum(len(deal.reports) for deal in held.deals)
        print(
            f"{articles} articles, {len(held.entities)} entities, {len(held.deals)} deals, {reports} reports, "
            f"{len(graph.edges)} edges: resolve {resolved - start:.1f} s, project {done - resolved:.1f} s"
        )


if __name__ == "__main__":
    main()
