from __future__ import annotations

import re

import pytest

from pipeline.models.assemble import Frame
from pipeline.models.links import Link
from pipeline.models.rounds import split_rounds
from pipeline.models.terms import Standing
from pipeline.models.values import values
from pipeline.models.windows import Span
from tests.models.parts import EVEN, NAMES, link, links, number

LEAST = {"AMOUNT": 1.0}
TWO = "Acme led a round of $9 million in Crest. In 2019 Crest raised $2 million from Bolt."


def standing(text: str) -> list[Standing]:
    """The amounts of a text, numbered after the names."""
    amounts = [found for found in values(text, None) if found[2] == "money"]
    return [Standing(Span(s, e, kind, len(NAMES) + n), value) for n, (s, e, kind, value) in enumerate(amounts)]


def amount(name: str, which: int, score: float) -> Link:
    """The link from a name to an amount, by its number in the text."""
    return Link(number(name), len(NAMES) + which, "AMOUNT", score, EVEN, (0, 0))


def funding(target: str, *investors: str) -> Frame:
    found = [link(f"{name} investment:investor:target {target}") for name in investors]
    return Frame("investment", [*(("investor", number(n)) for n in investors), ("target", number(target))], found)


def rounds(text: str, frames: list[Frame], *found: Link) -> list[str]:
    """Rounds as "Acme, Crest: Acme led a round", told by the first words of their sentences."""
    split = split_rounds(frames, standing(text), links(*found), text, LEAST)
    return [
        ", ".join(NAMES[entity] for _, entity in frame.parties)
        + ": "
        + " ".join(re.findall(r"\w+", text[slice(*frame.sentence)])[:2])
        for frame in split
    ]


def test_each_amount_is_a_round_with_the_investors_bound_to_it() -> None:
    found = rounds(
        TWO,
        [funding("Crest", "Acme", "Bolt")],
        *(amount("Crest", 0, 4.0), amount("Crest", 1, 2.0), amount("Acme", 0, 3.0), amount("Bolt", 1, 3.0)),
    )
    assert found == ["Acme, Crest: Acme led", "Bolt, Crest: In 2019"]


@pytest.mark.parametrize(
    ("bound", "second"),
    [
        pytest.param(3.5, "Acme, Bolt, Crest: In 2019", id="as sure of both"),
        pytest.param(1.0, "Bolt, Crest: In 2019", id="surer of one"),
    ],
)
def test_an_investor_can_be_in_two_rounds(bound: float, second: str) -> None:
    told = [amount("Crest", 0, 4.0), amount("Crest", 1, 3.0), amount("Acme", 0, 4.0), amount("Bolt", 1, 3.0)]
    assert rounds(TWO, [funding("Crest", "Acme", "Bolt")], *told, amount("Acme", 1, bound))[1] == second


def test_an_investor_bound_to_no_amount_is_in_the_surest_round() -> None:
    told = [amount("Crest", 0, 4.0), amount("Crest", 1, 2.0)]
    assert rounds(TWO, [funding("Crest", "Acme")], *told) == ["Acme, Crest: Acme led", "Crest: In 2019"]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        pytest.param(TWO, 0.5, id="a doubtful amount"),
        pytest.param("Acme led a round of $9 million in Crest. The $9m are for Bolt.", 2.0, id="the same amount again"),
        pytest.param("Acme led a round of $9 million (8 million euros) in Crest.", 2.0, id="another currency"),
        pytest.param("Acme led a round of $9 million in Crest, now valued at $90 million.", 2.0, id="a valuation"),
        pytest.param("Acme led a round of $9 million in Crest. It has raised $30 million so far.", 2.0, id="a total"),
    ],
)
def test_one_amount_is_one_round(text: str, score: float) -> None:
    told = [amount("Crest", 0, 4.0), amount("Crest", 1, score)]
    frame = funding("Crest", "Acme", "Bolt")
    assert split_rounds([frame], standing(text), links(*told), text, LEAST) == [frame]


def test_an_amount_of_the_headline_alone_is_no_round() -> None:
    text = "Crest hits $90 million\n\nAcme led a round of $9 million in Crest."
    frame = funding("Crest", "Acme")
    told = links(amount("Crest", 0, 2.0), amount("Crest", 1, 4.0))
    assert split_rounds([frame], standing(text), told, text, LEAST) == [frame]


def test_an_amount_that_is_more_another_deals_is_no_round() -> None:
    frames = [funding("Crest", "Acme"), funding("Delta")]
    told = [amount("Crest", 0, 4.0), amount("Crest", 1, 2.0), amount("Delta", 1, 3.0)]
    assert split_rounds(frames, standing(TWO), links(*told), TWO, LEAST) == frames


def test_only_investments_have_rounds() -> None:
    bought = Frame("acquisition", [("buyer", 0), ("target", 2)], [link("Acme acquisition:buyer:target Crest")])
    told = links(amount("Crest", 0, 4.0), amount("Crest", 1, 4.0))
    assert split_rounds([bought], standing(TWO), told, TWO, LEAST) == [bought]
