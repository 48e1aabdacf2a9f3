from __future__ import annotations

import pytest

from pipeline.models.entities import Named
from pipeline.models.reader import fits
from tests.models.parts import NAMES, link

KINDS = {"Widget": "product", "Gadget": "asset"}


@pytest.mark.parametrize(
    ("written", "fit"),
    [
        pytest.param("Acme acquisition:buyer:target Bolt", True, id="a deal of two companies"),
        pytest.param("Acme acquisition:buyer:target Gadget", True, id="an asset that is bought"),
        pytest.param("Acme SHAREHOLDER_OF Bolt", True, id="a company that is held"),
        pytest.param("Acme SHAREHOLDER_OF Gadget", False, id="an asset that is held"),
        pytest.param("Gadget SUBSIDIARY_OF Acme", False, id="an asset that belongs to one"),
        pytest.param("Acme PRODUCES Widget", True, id="a product that is made"),
        pytest.param("Acme PRODUCES Bolt", False, id="a company that is made"),
        pytest.param("Acme AMOUNT Bolt", False, id="a company as an amount"),
        pytest.param("Acme investment:target", True, id="of one alone"),
    ],
)
def test_a_link_ends_where_its_label_says(written: str, fit: bool) -> None:
    entities = [Named(KINDS.get(name, "company"), (f"{name} patents",)) for name in NAMES]
    assert fits(link(written), entities) is fit
