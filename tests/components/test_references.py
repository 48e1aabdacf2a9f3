from __future__ import annotations

import pytest

from pipeline.components.entities import References
from tests.components.docs import doc


def referent(written: str, word: str) -> str | None:
    """The fullest name of what a word stands for."""
    made = References()(doc(written))
    place = next(made._.references.get(token.i) for token in made if token.text == word)
    return made._.entities[place.entity].names[0] if place else None


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("Acme/nsubj/said said/ROOT it/nsubj/grew grew/ccomp/said", "it"),
        ("Acme/nsubj/sold sold/ROOT its/poss/unit unit/dobj/sold", "its"),
        ("Acme/nsubj/grew grew/ROOT | the/det/company company/nsubj/sold sold/ROOT Bolt/dobj/sold", "company"),
        ("Acme/nsubj/grew grew/ROOT | the/det/firm Finnish/amod/firm firm/nsubj/sold sold/ROOT", "firm"),
    ],
)
def test_word_stands_for_the_company_told_of(written: str, word: str) -> None:
    assert referent(written, word) == "Acme"


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("Acme/nsubj/bought bought/ROOT a/det/company company/dobj/bought", "company"),
        ("it/nsubj/rained rained/ROOT", "it"),
    ],
)
def test_word_without_a_company_before_it_stands_for_none(written: str, word: str) -> None:
    assert referent(written, word) is None
