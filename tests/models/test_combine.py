from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.models.combine import alike, combine
from schemas.records import Article, Claims, DealClaim, Evidence, Money, RelationClaim
from tests.models.parts import claim

FIVE, NINE = Money(5e6, "USD"), Money(9e6, "USD")
BOUGHT = claim("acquisition", "buyer Acme", "target Bolt", confidence=0.8)


def combined(read: list[DealClaim], ruled: list[DealClaim], text: str = "") -> list[DealClaim]:
    claims = combine(Article("a", "", text), Claims("a", deals=tuple(read)), Claims("a", deals=tuple(ruled)))
    return list(claims.deals)


def parties(deal: DealClaim) -> list[str]:
    return [f"{party.role} {party.names[0]}" for party in deal.parties]


def relation(type_: str, subject: str, object_: str) -> RelationClaim:
    return RelationClaim(type_, (subject,), (object_,), Evidence("", 0, 0))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(BOUGHT, claim("acquisition", "buyer The Acme Co.", "target Nut/Bolt"), True, id="other forms"),
        pytest.param(BOUGHT, claim("divestiture", "seller Crest", "target Bolt", "buyer Acme"), True, id="with seller"),
        pytest.param(BOUGHT, claim("acquisition", "target Bolt"), True, id="all that one of them names"),
        pytest.param(BOUGHT, claim("acquisition", "buyer Bolt", "target Acme"), True, id="roles reversed"),
        pytest.param(BOUGHT, claim("acquisition", "buyer Crest", "target Bolt"), False, id="another buyer"),
        pytest.param(BOUGHT, claim("divestiture", "seller Acme", "target Bolt", "buyer Crest"), False, id="sold again"),
        pytest.param(BOUGHT, claim("merger", "partner Acme", "partner Bolt"), False, id="another kind"),
    ],
)
def test_two_readings_can_be_of_one_deal(one: DealClaim, other: DealClaim, same: bool) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


def test_a_deal_of_both_readings_is_one_and_surer_than_each() -> None:
    (deal,) = combined([claim("acquisition", "buyer Acme", "target Bolt", confidence=0.5)], [BOUGHT])
    assert deal.confidence == pytest.approx(1 - 0.2 * 0.5)


@pytest.mark.parametrize("sure", [0.5, 0.9])
def test_a_purchase_and_the_sale_that_followed_are_two(sure: float) -> None:
    sold = claim("divestiture", "seller Acme", "target Bolt", "buyer Crest", confidence=0.7)
    kinds = {deal.kind for deal in combined([replace(BOUGHT, confidence=sure), sold], [])}
    assert kinds == {deal.kind for deal in combined([BOUGHT], [sold])} == {"acquisition", "divestiture"}


def test_deals_of_one_reading_stay_in_the_order_of_the_text() -> None:
    read = claim("merger", "partner Crest", "partner Delta", start=5)
    ruled = [claim("acquisition", "buyer Acme", "target Bolt", start=9), claim("supply", "supplier X", "customer Y")]
    assert [deal.kind for deal in combined([read], ruled)] == ["supply", "merger", "acquisition"]


def test_a_party_of_which_rules_alone_tell_is_no_deal() -> None:
    lone = claim("investment", "target Acme")
    assert combined([], [lone]) == []
    assert [parties(deal) for deal in combined([lone], [lone])] == [["target Acme"]]


def test_of_two_readings_that_fit_the_one_with_more_parties_is_joined() -> None:
    ruled = claim("divestiture", "seller Crest", "target Bolt", "buyer Acme")
    fewer = claim("divestiture", "seller Crest", "target Bolt", confidence=0.1)
    more = claim("divestiture", "seller Crest", "target Bolt", "buyer Acme", confidence=0.5)
    assert [deal.confidence for deal in combined([fewer, more], [ruled])] == [pytest.approx(0.9)]


SOLD = claim("divestiture", "buyer Acme", "seller Crest", "target Bolt Works", confidence=0.9)


@pytest.mark.parametrize(
    ("again", "told"),
    [
        pytest.param(claim("divestiture", "buyer Acme", "seller Crest", "target Bolt"), 1, id="a shorter name"),
        pytest.param(claim("divestiture", "buyer Delta", "seller Crest", "target Bolt"), 2, id="another buyer"),
        pytest.param(claim("divestiture", "buyer Acme", "seller Crest", "target Nuts"), 2, id="another thing"),
    ],
)
def test_rules_that_tell_a_deal_again_by_a_shorter_name_tell_it_once(again: DealClaim, told: int) -> None:
    assert len(combined([], [again, SOLD])) == told


def test_deals_of_the_same_names_at_two_prices_are_two() -> None:
    again = claim("divestiture", "buyer Acme", "seller Crest", "target Bolt", amount=FIVE)
    assert len(combined([], [again, replace(SOLD, amount=NINE)])) == 2


ROUND = claim("investment", "investor Acme", "investor Crest", "target Bolt", amount=FIVE, confidence=0.6)


def test_rounds_of_two_amounts_are_two_deals() -> None:
    other = claim("investment", "investor Acme", "investor Delta", "target Bolt", amount=NINE, start=50)
    assert [deal.amount for deal in combined([ROUND, other], [ROUND])] == [FIVE, NINE]


def test_of_two_rounds_the_one_of_the_same_amount_is_joined() -> None:
    ruled = claim("investment", "target Bolt", amount=NINE, start=50, confidence=0.5)
    other = claim("investment", "investor Delta", "target Bolt", amount=NINE, start=50, confidence=0.6)
    assert [deal.confidence for deal in combined([ROUND, other], [ruled])] == [0.6, pytest.approx(0.8)]


@pytest.mark.parametrize(
    ("some", "told"),
    [
        pytest.param(claim("investment", "investor Acme", "target Bolt", amount=FIVE), 1, id="at the same price"),
        pytest.param(claim("investment", "investor Acme", "target Bolt", amount=NINE), 2, id="at another"),
        pytest.param(claim("investment", "investor Acme", "target Bolt"), 2, id="at none"),
        pytest.param(claim("investment", "investor Delta", "target Bolt", amount=FIVE), 2, id="by another"),
    ],
)
def test_some_of_the_parties_at_the_same_price_are_no_deal_of_their_own(some: DealClaim, told: int) -> None:
    assert len(combined([], [replace(ROUND, confidence=0.9), some])) == told


def test_nobody_deals_with_themselves() -> None:
    assert combined([], [claim("acquisition", "buyer Acme", "target Acme")]) == []


def test_a_reading_is_joined_once() -> None:
    other = claim("acquisition", "buyer Acme", "target Bolt", start=50, confidence=0.6)
    read = claim("acquisition", "buyer Acme", "target Bolt", confidence=0.5)
    assert [deal.confidence for deal in combined([read], [BOUGHT, other])] == [pytest.approx(0.9), 0.6]


def test_a_deal_that_the_model_repeats_is_dropped() -> None:
    assert len(combined([BOUGHT, claim("acquisition", "buyer Acme", "target Bolt", start=50)], [BOUGHT])) == 1


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        pytest.param(
            claim("divestiture", "seller Crest", "target Bolt", "buyer Acme"),
            ["seller Crest", "target Bolt", "buyer Acme"],
            id="a role left empty is filled",
        ),
        pytest.param(
            claim("divestiture", "seller Delta", "target Bolt", "buyer Bolt"),
            ["seller Crest", "target Bolt"],
            id="nobody takes two roles",
        ),
        pytest.param(
            claim("divestiture", "seller Crest", "target Bolt", "seller Acme"),
            ["seller Crest", "target Bolt"],
            id="a role that is filled stays",
        ),
    ],
)
def test_roles_of_the_rules_are_completed(read: DealClaim, expected: list[str]) -> None:
    (deal,) = combined([read], [claim("divestiture", "seller Crest", "target Bolt")])
    assert parties(deal) == expected


def test_investors_that_the_model_missed_are_those_of_the_rules() -> None:
    read = claim("investment", "target Bolt")
    ruled = claim("investment", "investor Acme", "target Bolt")
    assert [parties(deal) for deal in combined([read], [ruled])] == [["target Bolt", "investor Acme"]]


def test_a_role_that_the_kind_does_not_know_is_not_filled() -> None:
    (deal,) = combined([claim("divestiture", "seller Crest", "target Bolt", "buyer Acme")], [BOUGHT])
    assert (deal.kind, parties(deal)) == ("acquisition", ["buyer Acme", "target Bolt"])


@pytest.mark.parametrize(
    ("kind", "roles"),
    [("investment", "investor target"), ("supply", "supplier customer"), ("licensing", "licensor licensee")],
)
def test_of_some_kinds_the_model_names_the_parties(kind: str, roles: str) -> None:
    giver, taker = roles.split()
    ruled = claim(kind, f"{giver} Acme", f"{taker} Bolt", f"{taker} Crest")
    (deal,) = combined([claim(kind, f"{giver} Bolt", f"{taker} Acme")], [ruled])
    assert parties(deal) == [f"{giver} Bolt", f"{taker} Acme"]


@pytest.mark.parametrize(
    ("ruled", "read", "terms"),
    [
        pytest.param(
            (FIVE, 0.0, "2015"), (NINE, 20.0, "2016"), (NINE, 0.0, "2016"), id="the rules' share, the model's else"
        ),
        pytest.param((None, None, None), (NINE, 20.0, "2016"), (NINE, 20.0, "2016"), id="nothing by the rules"),
        pytest.param((FIVE, 20.0, "2015"), (None, None, None), (FIVE, 20.0, "2015"), id="nothing by the model"),
    ],
)
def test_terms_of_a_joined_deal(
    ruled: tuple[Money | None, float | None, str | None],
    read: tuple[Money | None, float | None, str | None],
    terms: tuple[Money | None, float | None, str | None],
) -> None:
    one, other = (
        claim("acquisition", "buyer Acme", "target Bolt", amount=amount, stake=stake, date=date)
        for amount, stake, date in (ruled, read)
    )
    (deal,) = combined([other], [one])
    assert (deal.amount, deal.stake_percent, deal.date) == terms


@pytest.mark.parametrize(
    ("told", "status", "amount"),
    [
        pytest.param(None, "completed", 5e6, id="an amount from its sentence"),
        pytest.param(NINE, "completed", 9e6, id="its own amount"),
    ],
)
def test_a_deal_that_only_the_model_found_is_completed_from_its_sentence(
    told: Money | None, status: str, amount: float
) -> None:
    said = "Acme has completed its acquisition of Bolt for $5 million."
    (deal,) = combined([claim("acquisition", "buyer Acme", "target Bolt", said=said, amount=told)], [], said)
    assert (deal.status, deal.amount and deal.amount.value) == (status, amount)


def test_relations_of_both_readings_are_told_once() -> None:
    read = relation("COMPETES_WITH", "Acme Inc.", "Bolt")
    ruled = [
        relation("COMPETES_WITH", "Acme", "Bolt"),
        relation("SHAREHOLDER_OF", "Acme", "Bolt"),
        relation("COMPETES_WITH", "Acme", "Crest"),
    ]
    claims = combine(Article("a", "", ""), Claims("a", relations=(read,)), Claims("a", relations=tuple(ruled)))
    assert claims.relations == (read, *ruled[1:])


@pytest.mark.parametrize(
    ("investment", "kept"),
    [
        pytest.param(claim("investment", "target Bolt", start=9, amount=FIVE), False, id="at the price"),
        pytest.param(claim("investment", "target Bolt"), False, id="in the sentence"),
        pytest.param(claim("investment", "target Bolt", amount=NINE), True, id="of another amount"),
        pytest.param(claim("investment", "target Bolt", start=9), True, id="elsewhere, without an amount"),
        pytest.param(claim("investment", "target Crest", amount=FIVE), True, id="in another company"),
        pytest.param(claim("investment", "investor Bolt"), True, id="by the company"),
        pytest.param(claim("investment", "investor Acme", "target Bolt", amount=FIVE), True, id="by somebody"),
    ],
)
def test_the_price_of_a_purchase_is_no_investment_by_nobody(investment: DealClaim, kept: bool) -> None:
    bought = replace(BOUGHT, amount=FIVE)
    assert (investment.kind in {deal.kind for deal in combined([bought, investment], [])}) is kept


def test_what_no_deal_pays_for_is_an_investment() -> None:
    impossible = claim("acquisition", "buyer Bolt", "target Bolt", amount=FIVE)
    invested = claim("investment", "target Bolt", amount=FIVE)
    assert [parties(deal) for deal in combined([impossible, invested], [])] == [["target Bolt"]]


CROSS_LICENCE = claim("licensing", "licensor Acme", "licensor Bolt", "licensee Acme", "licensee Bolt")


def test_a_cross_licence_that_rules_tell_stands_beside_a_licence_one_way() -> None:
    read = claim("licensing", "licensor Acme", "licensee Bolt")
    assert [parties(deal) for deal in combined([read], [CROSS_LICENCE])] == [parties(CROSS_LICENCE)]


@pytest.mark.parametrize("sure", [0.3, 0.9])
@pytest.mark.parametrize("start", [0, 9])
def test_a_partnership_of_those_who_license_is_none_in_the_same_sentence(sure: float, start: int) -> None:
    licence = claim("licensing", "licensor Acme", "licensee Bolt", confidence=0.5)
    partnership = claim("partnership", "partner Acme", "partner Bolt", confidence=sure, start=start)
    kinds = ["licensing", "partnership"] if start else ["licensing"]
    assert [deal.kind for deal in combined([licence, partnership], [])] == kinds


@pytest.mark.parametrize(
    "deal",
    [
        pytest.param(claim("acquisition", "buyer Acme", "target Acme"), id="buys itself"),
        pytest.param(claim("licensing", "licensor Acme", "licensee Acme", "subject Bolt"), id="licenses to itself"),
        pytest.param(claim("licensing", "licensor Acme", "licensee Bolt", "subject Acme"), id="is its own subject"),
    ],
)
def test_whoever_takes_two_parts_was_misread(deal: DealClaim) -> None:
    assert combined([deal], []) == []


def test_rules_that_give_a_name_two_parts_leave_the_parties_to_the_model() -> None:
    read = claim("supply", "supplier Acme", "customer Delta")
    ruled = claim("supply", "supplier Acme", "customer Acme", "customer Delta")
    assert [parties(deal) for deal in combined([read], [ruled])] == [parties(read)]
