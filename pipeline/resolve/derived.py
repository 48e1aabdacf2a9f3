"""The arrows that a deal stands for, so that a question of two hops needs no detour over the deal.

Only what is announced or completed becomes an arrow: a rumor, a denial and a dropped deal stay deals with their
status, and never say that someone bought someone. Less than half of something is invested in, not acquired.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from schemas.records import Deal

Arrow = tuple[str, str, str]
"""(type, source id, target id)."""

HELD = frozenset({"announced", "completed"})
DIRECTED = {
    "acquisition": [("ACQUIRED", "buyer", "target")],
    "divestiture": [("ACQUIRED", "buyer", "target"), ("SOLD", "seller", "target"), ("SOLD_TO", "seller", "buyer")],
    "investment": [("INVESTED_IN", "investor", "target")],
    "licensing": [("LICENSED_TO", "licensor", "licensee")],
    "supply": [("SUPPLIES", "supplier", "customer")],
}
MUTUAL = {"merger": "MERGED_WITH", "joint_venture": "PARTNERED_WITH", "partnership": "PARTNERED_WITH"}


def arrows(deal: Deal) -> Iterator[Arrow]:
    """The arrows of a deal, each once; a mutual one from the smaller id to the greater."""
    if deal.status not in HELD:
        return
    for type_, from_role, to_role in DIRECTED.get(deal.kind, []):
        for source, target in product(_of(deal, from_role), _of(deal, to_role)):
            if source != target:
                yield _of_a_part(type_, deal), source, target
    if deal.kind in MUTUAL:
        yield from ((MUTUAL[deal.kind], a, b) for a, b in combinations(_of(deal, "partner"), 2))


def facts_of(deal: Deal) -> dict[str, Any]:
    """What every arrow of a deal carries."""
    amount = deal.amount
    facts = {
        "deal_id": deal.id,
        "status": deal.status,
        "on": deal.completed_on or deal.announced_on,
        "amount": amount.value if amount else None,
        "currency": amount.currency if amount else None,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _of(deal: Deal, role: str) -> list[str]:
    return sorted(party for party, played in deal.parties if played == role)


def _of_a_part(type_: str, deal: Deal) -> str:
    part = deal.stake_percent is not None and deal.stake_percent < 50
    return "INVESTED_IN" if type_ == "ACQUIRED" and part else type_
