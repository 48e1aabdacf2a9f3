"""A deal in a line, for lists and pictures: as a noun, which fits a rumor as well as what is done."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.records import Deal

NOUNS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "acquisition": ("Acquisition", [("of", "target"), ("by", "buyer")]),
    "divestiture": ("Sale", [("of", "target"), ("by", "seller"), ("to", "buyer")]),
    "investment": ("Investment", [("by", "investor"), ("in", "target")]),
    "licensing": ("Licence", [("for", "subject"), ("from", "licensor"), ("to", "licensee")]),
    "supply": ("Supply", [("of", "subject"), ("by", "supplier"), ("to", "customer")]),
    "merger": ("Merger", [("of", "partner")]),
    "partnership": ("Partnership", [("of", "partner")]),
    "joint_venture": ("Joint venture", [("", "target"), ("of", "partner")]),
}
MOST = 3


def title(deal: Deal, names: Mapping[str, str]) -> str:
    """Such as "Sale of feature phone business by Microsoft to FIH Mobile". names: by entity id."""
    roles: dict[str, list[str]] = {}
    for party, role in deal.parties:
        roles.setdefault(role, []).append(names[party])
    noun, parts = NOUNS[deal.kind]
    told = [f"{word} {_listed(roles[role])}" for word, role in parts if role in roles]
    return " ".join(" ".join([noun, *told]).split())


def _listed(names: list[str]) -> str:
    shown = sorted(names)[:MOST]
    if len(names) > MOST:
        return f"{', '.join(shown)} and {len(names) - MOST} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
