from __future__ import annotations

import random
from typing import Any

import pytest

from pipeline.models.train.epochs import OWN_SHARE, CoreEpochs, Epochs, called, is_name, names_of, renamed
from pipeline.models.train.examples import Example, from_gold

TEXT = "NOKIA SELLS MAPS\n\nNokia Corp said Nokia sold Here to Audi AG. IBM, or Big Blue, bid for Here Maps too."


def example(text: str, companies: list[list[str]], products: list[list[str]]) -> Example:
    title, body = text.split("\n\n")
    deal = {
        "type": "divestiture",
        "status": "completed",
        "parties": [{"role": "seller", "kind": "company", "names": companies[0]}],
        "evidence": body.split(". ")[0],
    }
    article = {"id": "a", "title": title, "text": body, "companies": companies, "products": products, "deals": [deal]}
    return from_gold(article, article)


TOLD = example(
    TEXT, [["Nokia Corp", "Nokia", "NOKIA"], ["Audi AG", "Audi"], ["IBM", "Big Blue"]], [["Here Maps", "Here"]]
)


class Always(random.Random):
    """Renames everything that can be, and samples as it should."""

    def random(self) -> float:
        return 0.0


def placed(one: Example) -> list[str]:
    return [one.text[start:end] for start, end, _ in one.places]


def test_a_name_is_replaced_in_all_its_forms_and_in_capitals() -> None:
    told = renamed(TOLD, {"company": ["Zentrix"], "product": []}, Always())
    assert told.text.startswith("ZENTRIX SELLS MAPS\n\nZentrix Corp said Zentrix sold Here to ")


def test_places_still_hold_the_names() -> None:
    told = renamed(TOLD, {"company": ["Zentrix"], "product": ["Oak"]}, Always())
    assert placed(TOLD) == ["NOKIA", "Nokia Corp", "Nokia", "Here", "Audi AG", "IBM", "Big Blue", "Here Maps"]
    assert placed(told) == ["ZENTRIX", "Zentrix Corp", "Zentrix", "Oak", "Audi AG", "IBM", "Big Blue", "Oak Maps"]


def test_evidence_and_headline_move_with_the_names() -> None:
    told = renamed(TOLD, {"company": ["Zentrix"], "product": []}, Always())
    (event,) = told.events
    assert event.evidence is not None
    assert told.text[slice(*event.evidence)].startswith("Zentrix Corp said")
    assert told.text[: told.title_length] == "ZENTRIX SELLS MAPS"


def test_a_name_whose_forms_have_nothing_in_common_stays() -> None:
    told = renamed(TOLD, {"company": ["Zentrix"], "product": []}, Always())
    assert "IBM, or Big Blue, bid" in told.text


def test_no_name_is_given_that_the_text_has_already() -> None:
    assert renamed(TOLD, {"company": ["Audi", "IBM"], "product": ["Here"]}, Always()) is TOLD


def test_names_to_choose_from_are_the_shortest_of_their_kind() -> None:
    assert names_of([TOLD]) == {"company": ["Audi", "Nokia"], "product": ["Here"]}


@pytest.mark.parametrize("seed", range(5))
def test_an_epoch_sees_all_articles_and_a_share_of_the_passages(seed: int) -> None:
    passages = [example(f"Nokia {n}\n\nNokia sold Oak.", [["Nokia"]], []) for n in range(10)]
    seen = Epochs([TOLD], passages).next(random.Random(seed))
    assert len(seen) == 1 + OWN_SHARE * 10


def core_line(told: str) -> dict[str, Any]:
    """A line of CORE: its two ends in brackets, the first the buyer."""
    words = told.split()
    starts, stops = (
        [n for n, word in enumerate(words) if word[place] == mark] for place, mark in ((0, "["), (-1, "]"))
    )
    ends = {f"e{n}_{key}": at[n - 1] for n in (1, 2) for key, at in (("start", starts), ("end", stops))}
    return {
        "relation": "acquired_by",
        "invert_relation": 1,
        "context": told.replace("[", "").replace("]", "").split(),
    } | ends


@pytest.mark.parametrize(
    ("told", "end", "name", "becomes"),
    [
        ("[Oak] bought [Elm Works] in May", "e1", "Big Ash", "[Big Ash] bought [Elm Works] in May"),
        ("[Big Ash] bought [Elm Works] in May", "e2", "Yew", "[Big Ash] bought [Yew] in May"),
        ("In May Elm Works fell , as [Oak] bought [Elm Works]", "e2", "Yew", "In May Yew fell , as [Oak] bought [Yew]"),
        ("[Oak] bought [Oak Works] , and Oak rose", "e1", "Yew", "[Yew] bought [Oak Works] , and Yew rose"),
    ],
)
def test_an_end_of_a_line_of_core_is_called_otherwise_wherever_it_stands(
    told: str, end: str, name: str, becomes: str
) -> None:
    assert called(core_line(told), end, name.split()) == core_line(becomes)


def test_lines_of_core_take_names_of_the_same_part() -> None:
    lines = [core_line("[Oak] bought [Elm]"), core_line("[Ash] bought [Yew]")]
    other = core_line("[Fir] bought [Box]") | {"relation": "merged_with"}
    seen = [CoreEpochs([*lines, other]).next(random.Random(seed)) for seed in range(20)]
    told = {" ".join(line["context"]) for epoch in seen for line in epoch}
    assert told == {"Oak bought Elm", "Oak bought Yew", "Ash bought Elm", "Ash bought Yew", "Fir bought Box"}


@pytest.mark.parametrize(("words", "name"), [("The company", False), ("Its", False), ("The Gap", True), ("Oak", True)])
def test_what_stands_for_a_name_is_none(words: str, name: bool) -> None:
    assert is_name(words.split()) is name
