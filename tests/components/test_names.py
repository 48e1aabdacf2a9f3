from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from pipeline.annotate import BY_RULES
from pipeline.components.names import NAMES, CompanyNames
from pipeline.components.products import ProductNames
from pipeline.lexicons import words
from tests.components.docs import doc

RULES = BY_RULES


def recognized(text: str, ents: list[tuple[int, int, str]]) -> Doc:
    """A Doc of plain words with the entities a recognizer would set, words [start, end)."""
    split = text.split()
    pos = ["PROPN" if word[0].isupper() else "NOUN" for word in split]
    tags = ["NNP" if kind == "PROPN" else "NN" for kind in pos]
    made = Doc(
        spacy.blank("en").vocab, words=split, pos=pos, tags=tags, deps=["dep"] * len(split), heads=[0] * len(split)
    )
    made.ents = [Span(made, start, end, label=label) for start, end, label in ents]
    return made


def names(made: Doc) -> list[tuple[str, str]]:
    component = CompanyNames(
        nouns=words("companies", "nouns"),
        never=words("companies", "never"),
        media=words("companies", "media"),
        bodies=words("companies", "body_words"),
    )
    return [(span.text, span.label_) for span in component(made).spans[NAMES]]


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        ("shares of Nokia Corp rose", [(2, 3, "ORG")], [("Nokia Corp", "company")]),
        ("bid for Hillards Plc", [], [("Hillards Plc", "company")]),
        ("smartphone maker Xiaomi grew", [], [("Xiaomi", "company")]),
        ("the Nokia and later Nokia again", [(1, 2, "ORG")], [("Nokia", "company"), ("Nokia", "company")]),
        ("told Reuters on Monday", [(1, 2, "ORG")], []),
        ("the Justice Department sued", [(1, 3, "ORG")], [("Justice Department", "organization")]),
        ("listed on Nasdaq today", [(2, 3, "ORG")], []),
        ("Delta Airlines flew", [(0, 2, "PERSON")], [("Delta Airlines", "company")]),
        (
            "said Tim Cook then Cook left",
            [(1, 3, "PERSON"), (4, 5, "PERSON")],
            [("Tim Cook", "person"), ("Cook", "person")],
        ),
        ("later Embraer flew", [(1, 2, "PERSON")], [("Embraer", "company")]),
    ],
)
def test_recognized_names_are_mended(
    text: str, ents: list[tuple[int, int, str]], expected: list[tuple[str, str]]
) -> None:
    assert names(recognized(text, ents)) == expected


@pytest.mark.parametrize("model", ["737", "A320neo", "787-9", "A350-1000"])
def test_model_number_behind_its_maker_is_a_product(model: str) -> None:
    made = doc(f"Acme/nmod/jets {model}/compound/jets jets/ROOT")
    made.spans[NAMES] = [Span(made, 0, 1, label="company")]
    found = ProductNames(nouns=["jets"])(made).spans[NAMES]
    assert [(span.text, span.label_) for span in found] == [("Acme", "company"), (model, "product")]


def test_each_component_finds_what_it_requires() -> None:
    nlp = spacy.blank("en")
    for name in RULES:
        nlp.add_pipe(name)
    unmet = nlp.analyze_pipes(keys=["assigns", "requires"])["problems"]
    from_the_base_model = {"token.pos", "token.dep", "token.lemma", "doc.ents"}
    assert {name: set(missing) - from_the_base_model for name, missing in unmet.items()} == {
        name: set() for name in RULES
    }
