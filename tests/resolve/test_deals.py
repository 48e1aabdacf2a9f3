"""When two reports are of one deal, and what holds of it when they disagree."""

from __future__ import annotations

import pytest

from pipeline.resolve import resolve
from schemas.records import DealClaim, Money
from tests.resolve.world import Told, article, deal, named, only_deal, relation


def count(*claims: DealClaim, on: tuple[str, ...] = ()) -> int:
    """How many deals the claims are of, each in an article of its own."""
    days = on or ("2020-01-01",) * len(claims)
    return len(
        resolve(
            [article(f"a{n}", claim, on=day) for n, (claim, day) in enumerate(zip(claims, days, strict=True))]
        ).deals
    )


ONE = {
    "said twice": (deal(buyer="A1", target="T1"), deal(buyer="A1", target="T1")),
    "one names the seller": (deal(buyer="A1", target="T1"), deal("divestiture", seller="S1", target="T1", buyer="A1")),
    "one does not know the buyer": (deal("divestiture", seller="S1", target="T1"), deal(buyer="A1", target="T1")),
    "announced, then completed a year later": (
        deal(buyer="A1", target="T1", date="2013-09-03"),
        deal(status="completed", buyer="A1", target="T1", date="2014-04-25"),
    ),
    "a coarse date and a fine one": (
        deal(buyer="A1", target="T1", date="2016"),
        deal(buyer="A1", target="T1", date="2016-05"),
    ),
    "units called alike": (
        deal("divestiture", seller="S1", target="asset:Nokia's feature phone business"),
        deal("divestiture", seller="S1", target="asset:feature phone unit", buyer="A1"),
    ),
    "units called otherwise, both ends agree": (
        deal("divestiture", seller="S1", target="asset:handset unit", buyer="A1"),
        deal("divestiture", seller="S1", target="asset:devices business", buyer="A1"),
    ),
    "called a merger": (deal(buyer="A1", target="T1"), deal("merger", partner=["T1", "A1"])),
    "a consortium told in part": (deal(buyer=["A1", "B1"], target="T1"), deal(buyer="A1", target="T1")),
    "a third partner": (deal("partnership", partner=["A1", "B1"]), deal("partnership", partner=["A1", "B1", "C1"])),
    "a round without its investors, of one size": (
        deal("investment", investor="A1", target="T1", amount=1e8),
        deal("investment", target="T1", amount=1.1e8),
    ),
}

TWO = {
    "rival bidders": (deal(buyer="A1", target="T1"), deal(buyer="B1", target="T1")),
    "other years": (
        deal(buyer="A1", target="T1", status="completed", date="2005"),
        deal(buyer="A1", target="T1", status="completed", date="2013"),
    ),
    "given up, then talked of again": (
        deal(buyer="A1", target="T1", status="terminated", date="2022-05-30"),
        deal(buyer="A1", target="T1", status="rumored", date="2024-03-01"),
    ),
    "bought, then sold on": (deal(buyer="A1", target="T1"), deal("divestiture", seller="A1", target="T1")),
    "other units of one seller": (
        deal("divestiture", seller="S1", target="asset:chip plant"),
        deal("divestiture", seller="S1", target="asset:patents"),
    ),
    "other kinds": (deal("partnership", partner=["A1", "B1"]), deal("joint_venture", partner=["A1", "B1"])),
    "other partners": (deal("partnership", partner=["A1", "B1"]), deal("partnership", partner=["A1", "C1"])),
    "rounds of other sizes": (
        deal("investment", investor="A1", target="T1", amount=1e8),
        deal("investment", investor="A1", target="T1", amount=1e9),
    ),
    "orders of other products": (
        deal("supply", supplier="A1", customer="B1", subject="product:P1"),
        deal("supply", supplier="A1", customer="B1", subject="product:P2"),
    ),
    "the same way round only": (
        deal("supply", supplier="A1", customer="B1"),
        deal("supply", supplier="B1", customer="A1"),
    ),
}


@pytest.mark.parametrize("case", ONE)
def test_two_articles_tell_of_one_deal(case: str) -> None:
    assert count(*ONE[case]) == 1


@pytest.mark.parametrize("case", TWO)
def test_two_articles_tell_of_two_deals(case: str) -> None:
    assert count(*TWO[case]) == 2


@pytest.mark.parametrize(
    ("status", "told", "published", "deals"),
    [
        ("completed", "2014-04", "2021-06-01", 1),  # background, years later
        ("completed", "2021-12", "2021-06-01", 2),  # not yet done when it was told as done
        ("announced", "2014-04", "2021-06-01", 2),  # a new bid
        ("announced", "2022-03", "2021-06-01", 1),  # announced long before it was done
    ],
)
def test_an_article_without_a_date_means_the_deal_that_fits_its_day(
    status: str, told: str, published: str, deals: int
) -> None:
    dated = deal(buyer="A1", target="T1", status="completed", date=told)
    assert count(dated, deal(buyer="A1", target="T1", status=status), on=(published, published)) == deals


def test_two_deals_of_one_article_stay_two() -> None:
    told = article("a", deal(buyer="A1", target="T1", date="2016-05"), deal(buyer="A1", target="T1", date="2016-06"))
    assert len(resolve([told]).deals) == 2


def test_two_deals_of_one_article_stay_two_in_the_light_of_another() -> None:
    told = article("a", deal(buyer="A1", target="T1", date="2016-05"), deal(buyer="A1", target="T1", date="2016-06"))
    assert len(resolve([told, article("b", deal(buyer="A1", target="T1"), on="2016-07-01")]).deals) == 2


def test_one_deal_told_in_two_places_of_an_article_is_one() -> None:
    told = article("a", deal(buyer="A1", target="T1", date="2016"), deal(buyer="A1", target="T1", start=50))
    assert [len(one.reports) for one in resolve([told]).deals] == [2]


def lifecycle(*stages: tuple[str, str]) -> list[Told]:
    return [article(f"a{n}", deal(buyer="A1", target="T1", status=s), on=day) for n, (s, day) in enumerate(stages)]


@pytest.mark.parametrize(
    ("stages", "status"),
    [
        ([("rumored", "2020-01-01"), ("announced", "2020-02-01")], "announced"),
        ([("announced", "2020-01-01"), ("completed", "2020-06-01")], "completed"),
        ([("completed", "2020-01-01"), ("announced", "2020-06-01")], "completed"),
        ([("rumored", "2020-01-01"), ("terminated", "2020-01-05")], "terminated"),
        ([("terminated", "2020-01-01"), ("rumored", "2020-01-05")], "terminated"),
        ([("terminated", "2020-01-01"), ("announced", "2020-02-05")], "announced"),
    ],
)
def test_later_reports_move_the_status(stages: list[tuple[str, str]], status: str) -> None:
    assert only_deal(*lifecycle(*stages)).status == status


def test_each_report_keeps_what_it_said() -> None:
    found = only_deal(*lifecycle(("rumored", "2020-01-01"), ("completed", "2020-02-01")))
    assert [(report.article_id, report.claim.status) for report in found.reports] == [
        ("a0", "rumored"),
        ("a1", "completed"),
    ]


def priced(*amounts: tuple[str, float]) -> list[Told]:
    return [article(f"a{n}", deal(buyer="A1", target="T1", amount=x), on=day) for n, (day, x) in enumerate(amounts)]


@pytest.mark.parametrize(
    ("amounts", "chosen"),
    [
        ([("2020-01-01", 1.2e9), ("2020-01-09", 1.25e9)], 1.25e9),
        ([("2020-01-09", 1.2e9), ("2020-01-01", 1.25e9)], 1.2e9),
        ([("2020-01-01", 1.2e9), ("2020-01-01", 1.25e9), ("2020-01-01", 1.2e9)], 1.2e9),
        ([("2020-01-01", 1.2e9), ("2020-01-01", 1.25e9)], 1.25e9),
    ],
)
def test_the_price_is_of_the_latest_report_then_of_most_then_the_larger(
    amounts: list[tuple[str, float]], chosen: float
) -> None:
    assert only_deal(*priced(*amounts)).amount == Money(chosen, "USD")


def test_dates_are_those_of_their_status_as_precise_as_most_reports_support() -> None:
    found = only_deal(
        article("a", deal(buyer="A1", target="T1", date="2013-09")),
        article("b", deal(buyer="A1", target="T1", date="2013-09-03")),
        article("c", deal(buyer="A1", target="T1", date="2013-10-01")),
        article("d", deal(buyer="A1", target="T1", status="completed", date="2014-04")),
    )
    assert (found.announced_on, found.completed_on) == ("2013-09-03", "2014-04")


def test_confidence_grows_with_every_report() -> None:
    told = [article(f"a{n}", deal(buyer="A1", target="T1", confidence=0.5)) for n in range(3)]
    assert only_deal(*told).confidence == 0.875


def test_a_sale_wins_over_a_purchase_and_keeps_all_parties() -> None:
    held = resolve(
        [
            article("a", deal(buyer="FIH Mobile", target="T1")),
            article("b", deal("divestiture", seller="Microsoft", target="T1", buyer="FIH Mobile")),
        ]
    )
    (found,) = held.deals
    assert found.kind == "divestiture"
    assert named(held, found) == {("buyer", "FIH Mobile"), ("seller", "Microsoft"), ("target", "T1")}


def test_a_unit_told_in_many_ways_is_one_target() -> None:
    held = resolve(
        [
            article("a", deal("divestiture", seller="S1", buyer="A1", target="asset:handset unit")),
            article("b", deal("divestiture", seller="S1", buyer="A1", target="asset:devices business")),
            article("c", deal("divestiture", seller="S1", buyer="A1", target="asset:devices business")),
        ]
    )
    assert [entity.name for entity in held.entities if entity.label == "Asset"] == ["devices business"]


def test_a_unit_sold_on_is_one_and_the_same() -> None:
    first = deal("divestiture", seller="Nokia", buyer="Microsoft", target="asset:feature phone business", date="2013")
    then = deal(
        "divestiture", seller="Microsoft", buyer="FIH", target="asset:Nokia's feature phone business", date="2016"
    )
    held = resolve([article("a", first), article("b", then)])
    assert len([entity for entity in held.entities if entity.label == "Asset"]) == 1


def test_like_units_of_two_owners_are_two() -> None:
    told = [
        article("a", deal("divestiture", seller="S1", target="asset:chip unit")),
        article("b", deal("divestiture", seller="S2", target="asset:chip unit")),
    ]
    assert len([entity for entity in resolve(told).entities if entity.label == "Asset"]) == 2


def test_a_deal_keeps_its_id_when_a_later_article_tells_more() -> None:
    first = article("a", deal(buyer="A1", target="T1"), on="2020-01-01")
    later = article("b", deal("divestiture", seller="S1", target="T1", buyer="A1", amount=1e6), on="2020-01-02")
    assert only_deal(first).id == only_deal(first, later).id


def test_a_party_without_a_name_is_left_out() -> None:
    held = resolve([article("a", deal(buyer="Acme", target="the company"))])
    assert named(held, held.deals[0]) == {("buyer", "Acme")}


def test_relations_keep_every_article_behind_them() -> None:
    told = [
        article("a", relation("SUBSIDIARY_OF", "FIH Mobile", "Foxconn", confidence=0.5), on="2016-05-19"),
        article("b", relation("SUBSIDIARY_OF", "FIH Mobile Ltd", "Foxconn", confidence=0.5), on="2016-05-18"),
    ]
    (found,) = resolve(told).relations
    assert (found.articles, found.confidence) == (("b", "a"), 0.75)


def test_rivalry_is_one_relation_in_whichever_order_it_is_told() -> None:
    told = [article("a", relation("COMPETES_WITH", "A1", "B1")), article("b", relation("COMPETES_WITH", "B1", "A1"))]
    assert len(resolve(told).relations) == 1
