from __future__ import annotations

import pytest

from pipeline.models.assemble import Frame
from pipeline.models.links import Link, Links
from pipeline.models.terms import Standing, term
from pipeline.models.values import Value
from pipeline.models.windows import Span
from schemas.records import Money
from tests.models.parts import EVEN, link, links, number, place

FIVE, NINE = Money(5e6, "USD"), Money(9e6, "USD")
FIRST = Frame("acquisition", [("buyer", 0), ("target", 1)], [link("Acme acquisition:buyer:target Bolt", sentence=0)])
SECOND = Frame("acquisition", [("buyer", 2), ("target", 3)], [link("Crest acquisition:buyer:target Delta", sentence=1)])


def standing(kind: str, value: Value, n: int, *, sentence: int = 0) -> Standing:
    """Value number n of the text."""
    start = place(sentence)[0] + 10
    return Standing(Span(start, start + 5, kind, 100 + n), value)


def told(score: float, name: str, label: str, n: int) -> Link:
    """A link from a name to value number n."""
    return Link(number(name), 100 + n, label, score, EVEN, place(0))


def terms(values: list[Standing], found: Links, *, kind: str = "money") -> list[Value | None]:
    """The value of each of the two deals."""
    return [term(kind, frame, [FIRST, SECOND], values, found, {}) for frame in (FIRST, SECOND)]


def test_a_deal_has_the_amount_that_its_parties_point_to_most() -> None:
    found = links(told(1.0, "Acme", "AMOUNT", 0), told(2.0, "Bolt", "AMOUNT", 1))
    assert terms([standing("money", FIVE, 0), standing("money", NINE, 1)], found) == [NINE, None]


def test_an_amount_of_two_deals_goes_to_the_one_it_is_most_told_of() -> None:
    found = links(told(2.0, "Acme", "AMOUNT", 0), told(3.0, "Delta", "AMOUNT", 0))
    assert terms([standing("money", FIVE, 0, sentence=2)], found) == [None, FIVE]


def test_standing_in_the_sentence_of_a_deal_counts_for_it() -> None:
    found = links(told(2.0, "Acme", "AMOUNT", 0), told(3.0, "Delta", "AMOUNT", 0))
    assert terms([standing("money", FIVE, 0, sentence=0)], found) == [FIVE, None]


def test_a_deal_left_without_its_first_amount_takes_the_next() -> None:
    found = links(told(3.0, "Acme", "AMOUNT", 0), told(4.0, "Crest", "AMOUNT", 0), told(2.0, "Acme", "AMOUNT", 1))
    values = [standing("money", FIVE, 0, sentence=2), standing("money", NINE, 1, sentence=2)]
    assert terms(values, found) == [NINE, FIVE]


def test_a_date_may_be_that_of_two_deals() -> None:
    found = links(told(2.0, "Acme", "DATE", 0), told(3.0, "Delta", "DATE", 0))
    assert terms([standing("date", "2016", 0)], found, kind="date") == ["2016", "2016"]


def test_a_value_of_another_kind_does_not_count() -> None:
    found = links(told(3.0, "Acme", "AMOUNT", 0), told(3.0, "Acme", "STAKE", 0))
    assert terms([standing("money", FIVE, 0)], found, kind="percent") == [None, None]


@pytest.mark.parametrize(("least", "value"), [(2.9, FIVE), (3.0, None)])
def test_an_amount_must_exceed_its_threshold(least: float, value: Value | None) -> None:
    found = links(told(2.0, "Acme", "AMOUNT", 0))  # and 1 for the deal's own sentence
    assert term("money", FIRST, [FIRST], [standing("money", FIVE, 0)], found, {"AMOUNT": least}) == value
