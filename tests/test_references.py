from __future__ import annotations

import pytest

from pipeline.models.entities import gather
from pipeline.models.words import split_sentences
from pipeline.references import find_references
from schemas.records import Mention


def referents(text: str, names: list[str]) -> dict[str, str]:
    """Reference words -> the company they stand for."""
    entities = gather([Mention(n, "company", text.index(n), text.index(n) + len(n)) for n in names])
    found = find_references(text, split_sentences(text), entities)
    return {text[reference.start : reference.end]: entities[reference.entity].names[0] for reference in found}


@pytest.mark.parametrize(
    ("text", "word", "company"),
    [
        ("Acme sued Bolt. The company wants royalties.", "The company", "Acme"),
        ("Acme met Bolt, a German carmaker. The carmaker said no.", "The carmaker", "Bolt"),
        ("China's Acme met Finland's Bolt. The Finnish firm said no.", "The Finnish firm", "Bolt"),
        ("Acme sued Bolt. It wants royalties.", "It", "Acme"),
        ("Acme sold its unit to Bolt.", "its", "Acme"),
    ],
)
def test_word_stands_for_the_company_it_describes(text: str, word: str, company: str) -> None:
    assert referents(text, ["Acme", "Bolt"])[word] == company


@pytest.mark.parametrize(
    "text",
    [
        "Acme met Bolt. A company said no.",
        "Acme met Bolt. The company that sells toys said no.",
        "Acme met Bolt. The carmaker Crest said no.",
        "The company said no to Acme and Bolt.",
    ],
)
def test_what_describes_another_stands_for_none(text: str) -> None:
    assert referents(text, ["Acme", "Bolt"]) == {}
