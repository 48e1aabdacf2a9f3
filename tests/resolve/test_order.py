"""The graph depends on what the articles say, never on the order in which they are told."""

from __future__ import annotations

import random

import pytest

from pipeline.resolve import resolve
from pipeline.resolve.project import project
from schemas.records import Judgement
from tests.resolve.world import Names, Told, article, deal, relation

HOUSES = ("Acme", "Bolt", "Cord", "Delta", "Nokia", "General", "Zeta")
TAILS = ("", "", " Inc", " Corp", " Motors", " Networks", " Electronics", " Siemens Networks", " India", " Holdings")
KINDS = {
    "acquisition": ("buyer", "target"),
    "divestiture": ("seller", "buyer", "target"),
    "merger": ("partner", "partner"),
    "investment": ("investor", "target"),
    "joint_venture": ("partner", "partner", "target"),
    "partnership": ("partner", "partner", "partner"),
    "licensing": ("licensor", "licensee"),
    "supply": ("supplier", "customer"),
}


def a_name(chance: random.Random) -> Names:
    fullest = chance.choice(HOUSES) + chance.choice(TAILS)
    others = [fullest.split()[0], "".join(word[0] for word in fullest.split()), chance.choice(HOUSES)]
    return (fullest, *dict.fromkeys(n for n in chance.sample(others, chance.randint(0, 2)) if n != fullest))


def a_deal(chance: random.Random) -> object:
    kind = chance.choice(sorted(KINDS))
    roles: dict[str, list[Names]] = {}
    for role in KINDS[kind]:
        roles.setdefault(role, []).append(a_name(chance))
    if kind == "divestiture" and chance.random() < 0.5:
        roles["target"] = [chance.choice(["asset:phone unit", "asset:its phone business", "asset:Nokia's phone unit"])]
    return deal(
        kind,
        chance.choice(["rumored", "announced", "completed", "terminated"]),
        date=chance.choice([None, "2016", "2016-05", "2016-05-14", "2014"]),
        amount=chance.choice([None, 1e9, 1.2e9, 5e9]),
        confidence=chance.choice([0.3, 0.7, 0.9]),
        start=chance.randint(0, 900),
        **roles,  # type: ignore[arg-type]
    )


def a_press(seed: int, articles: int = 60) -> list[Told]:
    """Articles that contradict each other in every way the rules know."""
    chance = random.Random(seed)
    return [
        article(
            f"a{n}",
            *(a_deal(chance) for _ in range(chance.randint(0, 3))),  # type: ignore[arg-type]
            relation(chance.choice(["SUBSIDIARY_OF", "COMPETES_WITH"]), a_name(chance), a_name(chance)),
            on=chance.choice([None, "2014-01-01", "2016-05-15", "2016-06-01T09:00:00+02:00", "2020-01-01"]),
            names=[a_name(chance) for _ in range(chance.randint(0, 4))],
            products=["Lumia", ("Windows Phone", "Windows")],
        )
        for n in range(articles)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_shuffled_articles_give_the_same_graph(seed: int) -> None:
    told = a_press(seed)
    words = [Judgement("same", "Acme", "Cord"), Judgement("different", "Nokia", "Zeta")]
    shuffled = random.Random(seed + 1).sample(told, len(told))
    assert project(resolve(shuffled, words[::-1])) == project(resolve(told, words))


def test_the_same_articles_twice_give_the_same_graph() -> None:
    told = a_press(99)
    assert project(resolve([*told, *told])) == project(resolve(told))


def test_a_withdrawn_article_leaves_no_trace() -> None:
    told = a_press(7)
    extra = article("z", deal(buyer="Newco", target="Oldco"), names=["Newco", ("Acme", "Bolt")])
    assert project(resolve([*told, extra])) != project(resolve(told))
    assert not any(node.properties.get("name") in {"Newco", "Oldco"} for node in project(resolve(told)).nodes)
