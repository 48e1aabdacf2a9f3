from __future__ import annotations

import pytest

from pipeline.attributes import status
from pipeline.attributes.status import STATUSES, cues
from pipeline.lexicons import lexicon
from tests.attributes.passages import passage


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Acme [bought] Bolt in 2009 for $40 million.", "completed"),
        ("Acme has completed its [acquisition] of Bolt.", "completed"),
        ("Acme has agreed to [buy] Bolt for $40 million.", "announced"),
        ("Acme will [acquire] Bolt, subject to regulatory approval.", "announced"),
        ("Acme made a takeover [offer] for Bolt.", "announced"),
        ("Acme is in talks to [buy] Bolt, people familiar with the matter said.", "rumored"),
        ("Acme is considering a [bid] for Bolt.", "rumored"),
        ("Acme called off its planned [takeover] of Bolt.", "terminated"),
        ("Acme cancelled its plan to [buy] Bolt after regulators blocked the deal.", "terminated"),
    ],
)
def test_status_follows_tense_negation_and_rumor(said: str, expected: str) -> None:
    assert status(passage(said)) == expected


@pytest.mark.parametrize(
    "said",
    [
        "Acme denied that it will [buy] Bolt.",
        "Acme has no plans to [buy] Bolt.",
        "Acme is not in talks to [acquire] Bolt.",
        "Acme dismissed reports of a [takeover] of Bolt.",
    ],
)
def test_denied_deal_is_never_announced_or_completed(said: str) -> None:
    assert status(passage(said)) in ("rumored", "terminated")


def test_a_round_told_as_raised_is_completed() -> None:
    assert status(passage("Bolt [raised] $20 million in a Series A led by Crest.", "investment")) == "completed"


def test_a_fresh_order_is_announced() -> None:
    said = "Crest Air said on Tuesday it has signed a contract to [order] 20 jets from Bolt."
    assert status(passage(said, "supply", day="2020-05-14")) == "announced"


def test_a_date_long_past_is_told_to_the_weights() -> None:
    assert "age:years" in cues(passage("Acme [bought] Bolt in 2009.", day="2016-05-18"))


def test_every_weight_belongs_to_a_cue_and_speaks_for_each_status() -> None:
    known = {*lexicon("status_cues"), *lexicon("triggers")}
    computed = {"any", "base", "past", "ing", "noun", "none", "headline", "undated"}
    for cue, weights in lexicon("status_weights").items():
        assert len(weights) == len(STATUSES)
        assert cue in known | computed or ":" in cue
