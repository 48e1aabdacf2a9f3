"""A wire story in ten papers is one report of a deal: it counts once, votes once, and every copy still shows."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.copies import sketch
from pipeline.resolve import Resolution, resolve
from pipeline.resolve.project import project
from schemas.records import Deal, DealClaim, Money
from tests.resolve.world import Told, article, deal, relation

WIRE = " ".join(f"word{number}" for number in range(100))
OWN = " ".join(f"other{number}" for number in range(100))


def told_by(texts: Mapping[str, str], *articles: Told) -> Resolution:
    return resolve(articles, sketches={id_: sketch(text) for id_, text in texts.items()})


def ten_copies(claim: DealClaim) -> tuple[dict[str, str], list[Told]]:
    """A wire story of the first of January, and nine papers that print it later."""
    names = ["wire", *(f"paper{number}" for number in range(9))]
    days = ["2020-01-01", *(f"2020-01-1{number}" for number in range(9))]
    return dict.fromkeys(names, WIRE), [article(name, claim, on=day) for name, day in zip(names, days, strict=True)]


def only_deal(held: Resolution) -> Deal:
    (found,) = held.deals
    return found


def test_ten_copies_of_a_wire_story_count_as_one_report() -> None:
    texts, articles = ten_copies(deal(buyer="A1", target="T1", confidence=0.5))
    held = told_by(texts, *articles)
    (node,) = [node for node in project(held).nodes if node.label == "Deal"]
    assert (node.properties["reports"], node.properties["confidence"]) == (1, 0.5)


def test_every_copy_shows_with_the_report_that_it_copies() -> None:
    texts, articles = ten_copies(deal(buyer="A1", target="T1"))
    edges = [edge for edge in project(told_by(texts, *articles)).edges if edge.type == "REPORTS"]
    copies = {edge.source[1]: edge.properties.get("copy_of") for edge in edges}
    assert copies == {"wire": None, **{f"paper{number}": "wire" for number in range(9)}}


def test_an_own_report_is_a_second_one() -> None:
    texts, articles = ten_copies(deal(buyer="A1", target="T1", confidence=0.5))
    own = article("own", deal(buyer="A1", target="T1", confidence=0.5), on="2020-01-02")
    assert only_deal(told_by({**texts, "own": OWN}, *articles, own)).confidence == 0.75


def test_copies_printed_later_do_not_outdo_a_later_report() -> None:
    texts, articles = ten_copies(deal(buyer="A1", target="T1", amount=1e9))
    own = article("own", deal(buyer="A1", target="T1", amount=1.2e9), on="2020-01-05")
    assert only_deal(told_by({**texts, "own": OWN}, *articles, own)).amount == Money(1.2e9, "USD")


def test_copies_of_a_standing_fact_make_it_no_surer() -> None:
    said = relation("SUBSIDIARY_OF", "FIH Mobile", "Foxconn", confidence=0.5)
    (found,) = told_by({"a": WIRE, "b": WIRE}, article("a", said), article("b", said)).relations
    assert (found.articles, found.confidence) == (("a", "b"), 0.5)
