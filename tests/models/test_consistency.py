from __future__ import annotations

import pytest

from pipeline.models.consistency import make_consistent
from schemas.records import Mention
from tests.models.parts import marked


def kept(written: str, *, kind: str = "company", confidence: float = 0.9, least: float = 0.5) -> list[tuple[int, int]]:
    text, mentions = marked(written, kind, confidence=confidence)
    return [(mention.start, mention.end) for mention in make_consistent(text, mentions, least={kind: least})]


def test_a_name_tagged_in_most_places_is_one_in_all() -> None:
    assert kept("[Acme] [Acme] Acme") == [(0, 4), (5, 9), (10, 14)]


def test_a_name_tagged_in_few_places_is_none() -> None:
    assert kept("[Acme] Acme Acme") == []


def test_an_added_place_is_as_sure_as_the_mean() -> None:
    text, mentions = marked("[Acme] [Acme] Acme")
    assert make_consistent(text, mentions, least={})[-1].confidence == pytest.approx(0.6)


def test_places_inside_another_name_of_the_kind_do_not_count() -> None:
    assert kept("[Acme] and [Acme Works]", least=0.9) == [(0, 4), (9, 19)]


@pytest.mark.parametrize(
    ("written", "places"),
    [
        pytest.param("[Acme & Bolt] merge: [Acme] and [Bolt]", [(0, 4), (7, 11), (19, 23), (28, 32)], id="two names"),
        pytest.param("[Acme & Bolt] merge, said [Acme]", [(0, 11), (24, 28)], id="one name"),
    ],
)
def test_two_names_joined_are_two_where_each_stands_elsewhere(written: str, places: list[tuple[int, int]]) -> None:
    assert kept(written) == places


def test_places_inside_words_do_not_count() -> None:
    assert kept("[Sand] and Sandisk", least=0.9) == [(0, 4)]


def test_a_phrase_for_an_asset_holds_only_where_it_stands() -> None:
    assert kept("[unit] and unit", kind="asset", least=0.9) == [(0, 4)]


def test_kinds_are_judged_by_themselves() -> None:
    mentions = [Mention("Acme", "company", 0, 4, 0.6), Mention("Acme", "product", 0, 4, 0.6)]
    found = make_consistent("Acme", mentions, least={"company": 0.5, "product": 0.7})
    assert [mention.kind for mention in found] == ["company"]
