from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.models.train.examples import Event, Example
from pipeline.models.train.fit import climb, gold_of, nearest

TEXT = "Acme buys Bolt\n\nAcme Inc. said it bought Bolt."
BOUGHT = Event("acquisition", "completed", (("buyer", 0), ("target", 1)), (16, 46), (5e6, "USD"), 20.0, "2016-05")
EXAMPLE = Example(
    "a",
    TEXT,
    len("Acme buys Bolt"),
    "2016-05-18",
    ("company", "company", "product"),
    3,
    ((0, 4, 0), (10, 14, 1), (16, 25, 0), (41, 45, 1)),
    (BOUGHT,),
    (("SUBSIDIARY_OF", 1, 0), ("PRODUCES", 0, 2)),
    ((16, 25, 0), (0, 4, 0), (10, 14, 1)),
)


def hill(**tops: float) -> Any:
    """A value that falls with the distance of each threshold from its top."""
    return lambda settings: -sum(abs(settings["thresholds"].get(key, 0.0) - top) for key, top in tops.items())


@pytest.mark.parametrize(
    ("start", "top", "reached"),
    [
        pytest.param(0.0, 0.8, 0.8, id="up"),
        pytest.param(0.0, -0.4, -0.4, id="down"),
        pytest.param(0.0, 5.0, 0.8, id="by the largest step only"),
        pytest.param(0.3, 0.3, 0.3, id="stays at the top"),
    ],
)
def test_a_threshold_moves_while_that_raises_the_value(start: float, top: float, reached: float) -> None:
    settings = climb({"thresholds": {"default": 0.0, "merger": start}}, ["merger"], hill(merger=top))
    assert settings["thresholds"]["merger"] == reached


def test_a_label_without_a_threshold_starts_at_the_default() -> None:
    settings = climb({"thresholds": {"default": 1.0}}, ["merger"], hill(merger=1.4))
    assert settings["thresholds"] == {"default": 1.0, "merger": 1.4}


def test_each_threshold_is_fitted_on_top_of_those_before() -> None:
    settings = {"thresholds": {"default": 0.0, "merger": 0.0, "supply": 0.0}}
    found = climb(settings, ["merger", "supply"], hill(merger=0.4, supply=-0.8))
    assert found["thresholds"] == {"default": 0.0, "merger": 0.4, "supply": -0.8}


def test_settings_given_are_not_changed() -> None:
    settings = {"thresholds": {"default": 0.0}}
    climb(settings, ["default"], hill(default=0.4))
    assert settings == {"thresholds": {"default": 0.0}}


@pytest.mark.parametrize(("wanted", "argument"), [(8.0, 1.0), (20.0, 1.0), (80.0, 2.0), (1e-8, -20.0)])
def test_the_argument_is_found_whose_value_is_nearest_by_ratio(wanted: float, argument: float) -> None:
    assert nearest((-20.0, 0.0, 1.0, 2.0), lambda x: 10**x if x > -20 else 0.0, wanted) == argument


def test_gold_names_what_stands_in_the_text_fullest_first() -> None:
    gold = gold_of(EXAMPLE)
    assert gold["companies"] == [["Acme Inc.", "Acme"], ["Bolt"]]
    assert gold["products"] == []


def test_gold_lists_no_name_that_only_takes_part() -> None:
    assert gold_of(replace(EXAMPLE, listed=1))["companies"] == [["Acme Inc.", "Acme"]]


def test_gold_tells_a_deal_with_its_terms_and_sentence() -> None:
    (deal,) = gold_of(EXAMPLE)["deals"]
    assert [(party["role"], party["names"]) for party in deal["parties"]] == [
        ("buyer", ["Acme Inc.", "Acme"]),
        ("target", ["Bolt"]),
    ]
    assert (deal["amount"], deal["stake_percent"], deal["date"]) == ({"value": 5e6, "currency": "USD"}, 20.0, "2016-05")
    assert deal["evidence"] == "Acme Inc. said it bought Bolt."


def test_gold_leaves_out_parties_and_relations_that_the_text_does_not_name() -> None:
    gold = gold_of(replace(EXAMPLE, events=(replace(BOUGHT, parties=(("buyer", 0), ("target", 2))),)))
    assert [party["role"] for party in gold["deals"][0]["parties"]] == ["buyer"]
    assert [relation["type"] for relation in gold["relations"]] == ["SUBSIDIARY_OF"]
