from __future__ import annotations

import pytest

from pipeline.models.rivals import without_rivals
from tests.models.parts import NAMES, link, links

BUYS, SUPPLIES, MERGES = "acquisition:buyer:target", "supply:supplier:customer", "merger:partner:partner"
VENTURES, PARTNERS, INVESTS = (
    "joint_venture:partner:partner",
    "partnership:partner:partner",
    "investment:investor:target",
)


def standing(*told: str) -> list[str]:
    """What stands of links told as "Acme acquisition:buyer:target Bolt 2.0", without the scores."""
    found = links(*(link(words, float(score)) for words, score in (one.rsplit(maxsplit=1) for one in told)))
    return [f"{NAMES[one.first]} {one.label} {NAMES[one.second or 0]}" for one in without_rivals(found).values()]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        pytest.param(f"Acme {BUYS} Bolt 5", f"Crest {BUYS} Bolt 3.5", True, id="two bidders told about as well"),
        pytest.param(f"Acme {BUYS} Bolt 5", f"Crest {BUYS} Bolt 2.5", False, id="a bidder told much worse"),
        pytest.param(f"Acme {BUYS} Bolt 5", f"Acme {BUYS} Crest 1", True, id="one buyer of two targets"),
        pytest.param(f"Acme {SUPPLIES} Bolt 5", f"Crest {SUPPLIES} Bolt 2.5", False, id="a supplier told much worse"),
        pytest.param(f"Acme {SUPPLIES} Bolt 5", f"Acme {SUPPLIES} Crest 1", True, id="one supplier of two customers"),
        pytest.param(f"Acme {VENTURES} Bolt 5", f"Crest {VENTURES} Bolt 2", False, id="a venture told much worse"),
        pytest.param(f"Acme {PARTNERS} Bolt 5", f"Acme {PARTNERS} Crest 1", True, id="two partners of one company"),
        pytest.param("Acme PRODUCES Widget 5", "Bolt PRODUCES Widget 4.9", False, id="two makers of one product"),
        pytest.param("Acme PRODUCES Widget 5", "Acme PRODUCES Gadget 1", True, id="two products of one maker"),
        pytest.param("Acme SUBSIDIARY_OF Bolt 5", "Acme SUBSIDIARY_OF Crest 4.9", False, id="two owners of one unit"),
        pytest.param(f"Acme {BUYS} Bolt 5", f"Bolt {BUYS} Acme 4.5", False, id="a purchase the other way round"),
        pytest.param("Acme COMPETES_WITH Bolt 2", "Bolt COMPETES_WITH Acme 1", False, id="one rivalry from both ends"),
        pytest.param(f"Acme {MERGES} Bolt 2", f"Bolt {MERGES} Acme 1", True, id="a merger from both ends"),
        pytest.param(f"Acme {BUYS} Bolt 5", f"Bolt {MERGES} Acme 4", False, id="a merger that is a purchase"),
        pytest.param(f"Acme {INVESTS} Bolt 5", f"Acme {PARTNERS} Bolt 4", False, id="a partnership that is a stake"),
        pytest.param(f"Acme {BUYS} Bolt 5", f"Acme {MERGES} Crest 4", True, id="a purchase and a merger of two pairs"),
        pytest.param(f"Acme {MERGES} Bolt 5", f"Acme {BUYS} Bolt 4", True, id="a merger told better than the purchase"),
    ],
)
def test_of_links_that_can_hardly_both_hold_the_stronger_stands(one: str, other: str, both: bool) -> None:
    stronger, weaker = (told.rsplit(maxsplit=1)[0] for told in (one, other))
    assert standing(one, other) == ([stronger, weaker] if both else [stronger])


def test_a_link_that_is_ruled_out_rules_out_no_other() -> None:
    told = ("Acme SUBSIDIARY_OF Bolt 3", "Bolt SUBSIDIARY_OF Acme 4", "Acme SUBSIDIARY_OF Crest 2.9")
    assert standing(*told) == ["Bolt SUBSIDIARY_OF Acme", "Acme SUBSIDIARY_OF Crest"]


def test_of_one_rivalry_told_alike_from_both_ends_one_stands() -> None:
    assert len(standing("Acme COMPETES_WITH Bolt 2", "Bolt COMPETES_WITH Acme 2")) == 1
