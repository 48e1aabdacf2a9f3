"""Bundles of tellings -> deals, with the assets that change hands in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from pipeline.copies import originals
from pipeline.resolve import facts
from pipeline.resolve.assets import Names, alike, is_proper, whose
from pipeline.resolve.grouping import bundles
from pipeline.resolve.ids import stable_id
from pipeline.resolve.keys import key
from pipeline.resolve.reports import Telling
from schemas import ontology
from schemas.records import Deal, Entity, Report

Owner = Callable[[str], str | None]
"""The entity id of an owner's name, where it is known."""
Called = Callable[[str], Names]
"""The names of an entity, by id."""
NO_SKETCHES: Mapping[str, bytes] = MappingProxyType({})


@dataclass
class Assets:
    """The assets met so far, by what they are known by: an asset sold twice is one.

    owner: finds an owner by name. called: the names of an entity.
    """

    owner: Owner
    called: Called
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def id_of(self, names: Iterable[str], *, seller: str | None, deal: str) -> str:
        """The id of an asset of a deal, which takes in its names."""
        counted = Counter(names)
        name = min(counted, key=lambda one: (-counted[one], -len(one), one))
        id_ = stable_id("Asset", *self._known_by(name, seller, deal))
        self.names[id_].update(counted)
        return id_

    def _known_by(self, name: str, seller: str | None, deal: str) -> tuple[str, str]:
        """A description belongs to its owner: the one it names, else the seller, else it is of this deal alone."""
        if (found := whose(name)) and (owner := self.owner(found[0])):
            return owner, key(found[1])
        return ("" if is_proper(name) else seller or deal), key(name)

    def entities(self) -> list[Entity]:
        """All assets, as entities."""
        return [_asset(id_, names) for id_, names in sorted(self.names.items())]


def _asset(id_: str, names: Counter[str]) -> Entity:
    name = min(names, key=lambda one: (-names[one], -len(one), one))
    return Entity(id_, "Asset", name, tuple(sorted(set(names) - {name})))


def deals(tellings: Iterable[Telling], assets: Assets, sketches: Mapping[str, bytes] = NO_SKETCHES) -> list[Deal]:
    """The deals that the tellings are of, by id. sketches: by article, what its copies are known by."""
    found = [_deal(bundle, assets, sketches) for bundle in bundles(tellings)]
    return sorted(_numbered(found), key=lambda deal: deal.id)


def _deal(bundle: list[Telling], assets: Assets, sketches: Mapping[str, bytes]) -> Deal:
    in_time = sorted(bundle, key=lambda t: (t.published or (10**7,), t.article, t.claim.evidence.start, t.place))
    tellings = _credited(in_time, sketches)
    kind = facts.kind(tellings)
    id_ = _id(tellings[0])
    known = _parties(kind, tellings)
    sellers = sorted(party for party, role in known if role == "seller")
    seller = sellers[0] if len(sellers) == 1 else None
    things = {
        (assets.id_of(names, seller=seller, deal=id_), role)
        for role, names in _things(tellings)
        if role in ontology.load().roles[kind] and not _is_told(names, role, known, assets.called)
    }
    return Deal(
        id_,
        kind,
        facts.status(tellings),
        tuple(sorted(known | things)),
        tuple(Report(telling.article, telling.claim, telling.copy_of) for telling in tellings),
        announced_on=facts.told_on(tellings, "announced"),
        completed_on=facts.told_on(tellings, "completed"),
        amount=facts.amount(tellings),
        stake_percent=facts.stake(tellings),
        confidence=facts.confidence((telling.report, telling.claim.confidence) for telling in tellings),
    )


def _credited(in_time: list[Telling], sketches: Mapping[str, bytes]) -> list[Telling]:
    """Each telling of a copy credited to the report that it copies, and to its day."""
    first = {telling.article: telling for telling in reversed(in_time)}
    reports = originals(list(dict.fromkeys(telling.article for telling in in_time)), sketches)
    return [
        telling
        if (report := reports[telling.article]) == telling.article
        else replace(telling, copy_of=report, published=first[report].published)
        for telling in in_time
    ]


def _id(first: Telling) -> str:
    """From the earliest report alone: a later one renames no deal."""
    parties = sorted(f"{party.role}:{party.names[0]}" for party in first.claim.parties if party.names)
    return stable_id("Deal", first.article, first.claim.kind, first.claim.date or "", *parties)


def _numbered(found: list[Deal]) -> list[Deal]:
    """Deals that one article tells in the same words, but apart, are counted through."""
    by_id: dict[str, list[Deal]] = defaultdict(list)
    for deal in found:
        by_id[deal.id].append(deal)
    return [
        deal if n == 0 else _renamed(deal, n)
        for same in by_id.values()
        for n, deal in enumerate(sorted(same, key=lambda deal: (deal.reports[0].claim.evidence.start, repr(deal))))
    ]


def _renamed(deal: Deal, n: int) -> Deal:
    fields = {name: getattr(deal, name) for name in Deal.__slots__}
    return Deal(**{**fields, "id": stable_id(deal.id, str(n))})


def _parties(kind: str, tellings: list[Telling]) -> set[tuple[str, str]]:
    """Who takes part as what; whoever is told in two roles has the one that more reports give."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for _, id_, role in {
        (telling.report, id_, _role(kind, role))
        for telling in tellings
        for role, ids in telling.parties.items()
        for id_ in ids
    }:
        votes[id_][role] += 1
    allowed = ontology.load().roles[kind]
    chosen = set()
    for id_, roles in votes.items():
        known = {role: n for role, n in roles.items() if role in allowed}
        if kind == "licensing":  # of a cross-licence each party is both
            chosen |= {(id_, role) for role in known}
        elif known:
            chosen.add((id_, min(known, key=lambda role: (-known[role], allowed.index(role)))))
    return chosen


def _role(kind: str, role: str) -> str:
    """A merger's parties are partners, whatever a report calls them."""
    return "partner" if kind == "merger" and role in {"buyer", "target"} else role


def _things(tellings: list[Telling]) -> list[tuple[str, list[str]]]:
    """The assets of a deal by role, the names of one together: what goes by like names, or is all that is told."""
    single = all(len(t.assets.get("target", ())) < 2 for t in tellings)
    found: list[tuple[str, list[Names]]] = []
    for telling in tellings:
        for role, assets in sorted(telling.assets.items()):
            for names in assets:
                same = (group for r, group in found if r == role and _is_of(names, group, single and role == "target"))
                group = next(same, None)
                if group is None:
                    found.append((role, group := []))
                group.append(names)
    return [(role, [name for names in group for name in names]) for role, group in found]


def _is_told(names: list[str], role: str, known: set[tuple[str, str]], called: Called) -> bool:
    """Whether a party by name already is what an asset describes: "C-Series jets" where C-Series is the target."""
    return any(r == role and alike(tuple(names), called(id_)) for id_, r in known)


def _is_of(names: Names, group: list[Names], single: bool) -> bool:
    return single or any(alike(names, other) for other in group)
