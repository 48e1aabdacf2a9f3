from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipeline.models.bundle import load_bundle
from pipeline.models.choice import BIAS, KINDS, candidates, choose, with_terms
from pipeline.models.cues import Text, Told, cues, told_again
from pipeline.models.values import Value
from pipeline.models.words import find_name
from schemas.records import Article, DealClaim, Money
from tests.models.parts import claim

DAY = "2024-05-10"
FIVE, NINE = Money(5e6, "USD"), Money(9e6, "USD")
TWO = "Acme bought Bolt for $5 million on Monday. In 2019 Crest acquired Delta for $9 million."


def told(
    text: Text, kind: str, *parties: str, sentence: int = 0, ruled: Mapping[str, Value | None] | None = None
) -> Told:
    """A deal told in one sentence of a text."""
    places = tuple(tuple(find_name(name, text.content)) for name in parties)
    return Told(kind, "completed", (sentence,), told_again(text, kind, places, (sentence,)), places, dict(ruled or {}))


def weighted(**weights: float) -> dict[str, dict[str, float]]:
    """Weights by which every value loses to none, but for the cues given (blanks for underscores)."""
    named = {cue.replace("_", " "): weight for cue, weight in weights.items()}
    return {kind: {BIAS: -5.0, **named} for kind in KINDS}


def test_a_deal_has_the_value_that_its_cues_speak_for_most() -> None:
    text = Text(TWO, DAY, 0)
    deals = [told(text, "acquisition", "Acme", "Bolt"), told(text, "acquisition", "Crest", "Delta", sentence=1)]
    chosen = choose(text, deals, weighted(away_0=9.0), "money")
    assert [found and found.value for found in chosen] == [text.values[0].value, text.values[3].value]


def test_a_deal_has_no_value_where_none_is_likelier() -> None:
    text = Text(TWO, DAY, 0)
    assert choose(text, [told(text, "acquisition", "Acme", "Bolt")], weighted(away_0=1.0), "money") == [None]


def test_a_value_is_chosen_alike_whatever_the_order_of_its_cues() -> None:
    text = Text("Acme bought Bolt for $5 million.", DAY, 0)
    deal = told(text, "acquisition", "Acme", "Bolt")
    held = sorted(cues(text, deal, [], text.values[0]))[:15]
    huge_ones_cancel = {cue: (1e16, 1.0, -1e16)[number % 3] for number, cue in enumerate(held)}
    (found,) = choose(text, [deal], {"money": {BIAS: -5.0} | huge_ones_cancel}, "money")
    assert len(held) == 15
    assert found == text.values[0]


def test_the_price_of_one_share_is_no_candidate() -> None:
    assert candidates(Text("Acme pays $31 a share, or $5 million.", DAY, 0), "money")[0].value == Money(
        5e6, "USD", "$5 million"
    )


@pytest.mark.parametrize(
    ("sentence", "cue", "held"),
    [
        pytest.param(0, "away 0", True, id="in the sentence of the deal"),
        pytest.param(1, "away -1", True, id="in the sentence before it"),
        pytest.param(0, "all parties|1", True, id="beside all its parties"),
        pytest.param(1, "all parties|0", False, id="beside none of them"),
        pytest.param(1, "rivals 1|0", True, id="in the sentence of another deal"),
        pytest.param(0, "nearer: own", False, id="no other deal's party near"),
        pytest.param(1, "nearer: only other", True, id="only another deal's parties near"),
        pytest.param(0, "before 0 for", True, id="the word before it"),
        pytest.param(0, "between for", True, id="the words to the deal word"),
    ],
)
def test_cues_tell_where_a_value_stands_to_a_deal(sentence: int, cue: str, held: bool) -> None:
    text = Text(TWO, DAY, 0)
    pairs = [("Acme", "Bolt"), ("Crest", "Delta")]
    deals = [told(text, "acquisition", *pair, sentence=n) for n, pair in enumerate(pairs)]
    first = next(found for found in text.values if found.kind == "money")
    assert (cue in cues(text, deals[sentence], [deals[1 - sentence]], first)) is held


@pytest.mark.parametrize(
    ("own", "others", "cue"),
    [
        pytest.param(FIVE, None, "rules: this", id="of this deal"),
        pytest.param(NINE, None, "rules: another", id="not of this deal"),
        pytest.param(None, FIVE, "rules: none, and another's", id="of another deal alone"),
    ],
)
def test_what_rules_read_is_a_cue(own: Money | None, others: Money | None, cue: str) -> None:
    text = Text(TWO, DAY, 0)
    deal = told(text, "acquisition", "Acme", "Bolt", ruled={"money": own})
    other = told(text, "acquisition", "Crest", "Delta", sentence=1, ruled={"money": others})
    assert cue in cues(text, deal, [other], next(found for found in text.values if found.kind == "money"))


@pytest.mark.parametrize(
    ("content", "again"),
    [
        pytest.param(
            "Acme bought Bolt. Acme's purchase of Bolt cost $5 million.", (1,), id="both parties and a deal word"
        ),
        pytest.param("Acme bought Bolt. Acme and Bolt are in Ohio.", (), id="no deal word"),
        pytest.param("Acme bought Bolt. Acme bought a desk.", (), id="one party"),
    ],
)
def test_a_deal_is_told_again_where_two_parties_meet_its_word(content: str, again: tuple[int, ...]) -> None:
    assert told(Text(content, DAY, 0), "acquisition", "Acme", "Bolt").again == again


@pytest.fixture(scope="module")
def shipped() -> dict[str, dict[str, float]]:
    return load_bundle().terms


def read(text: str, *deals: DealClaim, weights: Mapping[str, Mapping[str, float]]) -> list[DealClaim]:
    return list(with_terms(Article("a", "", text, published_at=DAY), deals, weights))


def test_of_two_deals_each_has_its_own_amount_and_date(shipped: dict[str, dict[str, float]]) -> None:
    first, second = TWO[: TWO.index(" In")], TWO[TWO.index("In") :]
    deals = read(
        TWO,
        claim("acquisition", "buyer Acme", "target Bolt", said=first),
        claim("acquisition", "buyer Crest", "target Delta", said=second, start=len(first) + 1),
        weights=shipped,
    )
    assert [(deal.amount and deal.amount.value, deal.date) for deal in deals] == [(5e6, "2024-05-06"), (9e6, "2019")]


def test_rounds_of_one_company_keep_the_amounts_that_told_them_apart() -> None:
    deals = read(
        TWO,
        claim("investment", "investor Acme", "target Bolt", amount=FIVE),
        claim("investment", "investor Crest", "target Bolt", amount=NINE),
        claim("investment", "target Delta", amount=NINE),
        weights=weighted(),
    )
    assert [deal.amount for deal in deals] == [FIVE, NINE, None]


def test_a_valuation_is_no_amount_of_a_round(shipped: dict[str, dict[str, float]]) -> None:
    text = "Bolt raised $5 million in a round led by Acme Capital that values it at $80 million."
    (deal,) = read(text, claim("investment", "investor Acme Capital", "target Bolt", said=text), weights=shipped)
    assert deal.amount == Money(5e6, "USD", "$5 million")


def test_what_no_value_of_the_text_supports_is_dropped(shipped: dict[str, dict[str, float]]) -> None:
    text = "Acme bought Bolt."
    (deal,) = read(text, claim("acquisition", "buyer Acme", "target Bolt", said=text, amount=FIVE), weights=shipped)
    assert deal.amount is None
