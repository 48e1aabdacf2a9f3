from __future__ import annotations

import pytest

from tests.components.docs import claims


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "Bolt/nsubj/grew ,/punct/Bolt a/det/unit unit/appos/Bolt of/prep/unit Acme/pobj/of ,~2/punct/Bolt grew/ROOT",
            ("SUBSIDIARY_OF", "Bolt", "Acme"),
        ),
        ("Acme/poss/unit 's/case/Acme unit/compound/Bolt Bolt/nsubj/grew grew/ROOT", ("SUBSIDIARY_OF", "Bolt", "Acme")),
        ("Acme/npadvmod/owned owned/amod/Bolt Bolt/nsubj/grew grew/ROOT", ("SUBSIDIARY_OF", "Bolt", "Acme")),
        (
            "Acme/nsubj/holds holds/ROOT a/det/stake stake/dobj/holds in/prep/stake Bolt/pobj/in",
            ("SHAREHOLDER_OF", "Acme", "Bolt"),
        ),
        (
            "Acme/nsubj/grew ,/punct/Acme shareholder/appos/Acme of/prep/shareholder Bolt/pobj/of ,~2/punct/Acme grew/ROOT",
            ("SHAREHOLDER_OF", "Acme", "Bolt"),
        ),
        ("Acme/nsubj/competes competes/ROOT with/prep/competes Bolt/pobj/with", ("COMPETES_WITH", "Acme", "Bolt")),
        (
            "Acme/poss/Bolt 's/case/Acme rival/compound/Bolt Bolt/nsubj/grew grew/ROOT",
            ("COMPETES_WITH", "Bolt", "Acme"),
        ),
        (
            "Acme/poss/Lumia 's/case/Acme #Lumia/nsubj/grew grew/ROOT".replace("/Lumia ", "/#Lumia "),
            ("PRODUCES", "Acme", "Lumia"),
        ),
        ("#Lumia/compound/maker maker/compound/Acme Acme/nsubj/grew grew/ROOT", ("PRODUCES", "Acme", "Lumia")),
        ("Acme/nsubj/makes makes/ROOT #Lumia/dobj/makes", ("PRODUCES", "Acme", "Lumia")),
    ],
)
def test_standing_fact_is_told(written: str, expected: tuple[str, str, str]) -> None:
    assert expected in [(r.type, r.subject[0], r.object[0]) for r in claims(written).relations]


def test_every_claim_carries_its_sentence_and_where_it_stands() -> None:
    told = claims("Acme/nsubj/grew grew/ROOT | Bolt/nsubj/competes competes/ROOT with/prep/competes Acme/pobj/with")
    (relation,) = told.relations
    assert relation.evidence.sentence == "Bolt competes with Acme"
    assert (relation.evidence.start, relation.evidence.end) == (10, 33)
