"""Tellings -> deals of the document: what two sentences say of one event comes together."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.components.told import Filler, Telling

_HANDS = frozenset({"acquisition", "divestiture"})
_THING = {"acquisition": "target", "divestiture": "target", "investment": "target"}
_DOERS = ("buyer", "investor")


@dataclass(slots=True)
class DealFrame:
    """One deal of the document and the tellings of it, in the order of the text."""

    tellings: list[Telling] = field(default_factory=list)

    @property
    def kind(self) -> str:
        kinds = [telling.kind for telling in self.tellings]
        return "divestiture" if "divestiture" in kinds else kinds[0]

    @property
    def roles(self) -> list[tuple[str, Filler]]:
        """Each role and filler once; a thing without a name yields to an entity in its role."""
        found: dict[tuple[str, str], tuple[str, Filler]] = {}
        for telling in self.tellings:
            for role, filler in telling.roles:
                key = (role, filler.key)
                if key not in found or (filler.owner is not None and found[key][1].owner is None):
                    found[key] = (role, filler)
        return list(found.values())

    def keys(self, role: str) -> set[str]:
        return {filler.key for name, filler in self.roles if name == role}


def merge(tellings: list[Telling]) -> list[DealFrame]:
    """Deals in the order in which they are first told."""
    deals: list[DealFrame] = []
    for telling in tellings:
        own = DealFrame([telling])
        for deal in reversed(deals) if telling.goes_on else deals:
            if are_one(deal, own):
                deal.tellings.append(telling)
                break
        else:
            deals.append(own)
    return deals


def are_one(a: DealFrame, b: DealFrame) -> bool:
    """Whether a deal told later can be of one event with another: the same thing changes hands, between parties that do
    not differ."""
    if a.kind != b.kind and not {a.kind, b.kind} <= _HANDS:
        return False
    if any(telling.goes_on for telling in b.tellings):  # a round, as only those are
        return bool(a.keys("target") & b.keys("target"))
    if a.kind in _THING:
        same = a.keys("target") & b.keys("target") or _is_one_thing(a, b)
        return bool(same) and all(_agree(a.keys(role), b.keys(role)) for role in (*_DOERS, "seller"))
    if a.kind == "supply":
        return all(a.keys(role) & b.keys(role) for role in ("supplier", "customer"))
    if a.kind == "licensing":
        return len((a.keys("licensor") | a.keys("licensee")) & (b.keys("licensor") | b.keys("licensee"))) > 1
    return len(a.keys("partner") & b.keys("partner")) > 1


def _is_one_thing(a: DealFrame, b: DealFrame) -> bool:
    """Things without a name, of one owner and for one taker: "phone business" and "devices business"."""
    sides = [(deal.keys("seller"), deal.keys("buyer")) for deal in (a, b)]
    nameless = all(not key.startswith("#") for deal in (a, b) for key in deal.keys("target"))
    return nameless and all(sides[0]) and sides[0] == sides[1] and bool(_heads(a) & _heads(b))


def _heads(deal: DealFrame) -> set[str]:
    return {key.split()[-1] for key in deal.keys("target") if key}


def _agree(a: set[str], b: set[str]) -> bool:
    return not a or not b or bool(a & b)
