"""Deals and relations read by rules and by the model -> one list: each covers what the other misses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.attributes import amount, stake, status, when
from pipeline.attributes.passage import Passage
from pipeline.models.entities import key
from pipeline.models.values import Value, same_value
from schemas import ontology
from schemas.records import Article, Claims, DealClaim, NameClaim, Party, RelationClaim

_FAMILY = {"divestiture": "acquisition"}
_BOTH_WAYS = ("licensor", "licensee")
# Of these the model names the parties better, of the others the rules do.
_BY_MODEL = frozenset({"investment", "supply", "licensing"})

Names = tuple[str, ...]


def combine(article: Article, read: Claims, ruled: Claims) -> Claims:
    """Claims of one article. read: by the model, whose names stand; ruled: by the rules over the same names.

    Left out as misreadings: a deal in which one name takes two parts ("Acme buys Acme"), one of which the rules alone
    tell, and of a single party, and a deal that is another reading of what tells another.
    """
    deals, used = [], set()
    for deal in ruled.deals:
        matches = [
            (shared(deal, other), not _are_rounds(deal, other), -n)
            for n, other in enumerate(read.deals)
            if n not in used and alike(deal, other)
        ]
        if not matches:
            if len(deal.parties) > 1:
                deals.append(deal)
            continue
        number = -max(matches)[2]
        used.add(number)
        deals.append(_joined(deal, read.deals[number]))
    rest = [deal for number, deal in enumerate(read.deals) if number not in used]
    for deal in sorted(rest, key=lambda deal: -deal.confidence):
        if not any(_tells(other, deal) for other in deals):
            deals.append(_with_terms(deal, article))
    possible = [deal for deal in deals if _is_possible(deal)]
    possible = [deal for deal in possible if not any(_is_part_of(deal, other) for other in possible)]
    ordered = sorted(_without_twins(possible), key=lambda deal: (deal.evidence.start, deal.kind))
    return replace(read, deals=tuple(ordered), relations=_relations(read.relations, ruled.relations, read.names))


def _is_possible(deal: DealClaim) -> bool:
    """Whether no name takes two parts, as in a cross-licence each does."""
    return _is_cross_licence(deal) or len({party.names for party in deal.parties}) == len(deal.parties)


def _is_cross_licence(deal: DealClaim) -> bool:
    """Whether each party gives a licence and takes one."""
    names = {role: {party.names for party in deal.parties if party.role == role} for role in _BOTH_WAYS}
    givers, takers = names.values()
    others = {party.names for party in deal.parties if party.role not in _BOTH_WAYS}
    return len(givers) > 1 and givers == takers and givers.isdisjoint(others)


def _is_part_of(deal: DealClaim, other: DealClaim) -> bool:
    """Whether a deal is another reading of the words that tell the other: an investment by nobody of what a purchase of
    the company costs, or a partnership of those who license."""
    if deal.kind == "partnership" and other.kind == "licensing":
        return deal.evidence == other.evidence and shared(deal, other) == len(deal.parties)
    if [deal.kind, *(party.role for party in deal.parties)] != ["investment", "target"]:
        return False
    bought = _family(other) == "acquisition" and any(
        party.role == "target" and _keys(party.names) & _keys(deal.parties[0].names) for party in other.parties
    )
    if not bought or _differ(deal.amount, other.amount):
        return False
    return deal.evidence == other.evidence or (deal.amount is not None and other.amount is not None)


def _tells(known: DealClaim, deal: DealClaim) -> bool:
    """Whether a known deal is of the same family with two of a deal's parties, or with all under some name."""
    common = shared(deal, known)
    if _family(known) != _family(deal) or not common or _are_rounds(known, deal) or _is_resale(known, deal):
        return False
    return common > 1 or all(any(_overlap(party, other) for other in known.parties) for party in deal.parties)


def _are_rounds(one: DealClaim, other: DealClaim) -> bool:
    """Whether both are investments, and of two amounts."""
    return one.kind == other.kind == "investment" and _differ(one.amount, other.amount)


def _differ(one: Value | None, other: Value | None) -> bool:
    """Whether both are told, and not the same."""
    return one is not None and other is not None and not same_value(one, other)


def _without_twins(deals: Sequence[DealClaim]) -> list[DealClaim]:
    """Deals without those that another, of which the reader is surer, tells under longer or shorter names."""
    kept: list[DealClaim] = []
    for deal in sorted(deals, key=lambda deal: -deal.confidence):
        if not any(_are_twins(deal, other) for other in kept):
            kept.append(deal)
    return kept


def _are_twins(one: DealClaim, other: DealClaim) -> bool:
    # Two under the very same names were told apart by whoever read them; fewer parties at the same price are some of all.
    if one.kind != other.kind:
        return False
    part = one.amount is not None and same_value(one.amount, other.amount) and len(one.parties) < len(other.parties)
    if not part and not len(one.parties) == len(other.parties) > shared(one, other) > 1:
        return False
    terms = ((one.amount, other.amount), (one.stake_percent, other.stake_percent), (one.date, other.date))
    if any(_differ(*pair) for pair in terms):
        return False
    return all(any(p.role == q.role and _overlap(p, q) for q in other.parties) for p in one.parties)


def _overlap(one: Party, other: Party) -> bool:
    """Whether a form of one is a form of the other, or words within it: "divisions" in "Acme's divisions"."""
    pairs = (sorted((a, b), key=len) for a in _keys(one.names) for b in _keys(other.names))
    return any(a and any(b[at : at + len(a)] == a for at in range(len(b))) for a, b in pairs)


def _keys(names: Names) -> set[tuple[str, ...]]:
    return {key(name) for name in names}


def shared(one: DealClaim, other: DealClaim) -> int:
    """How many parties of one stand in the other, whatever their role."""
    return sum(any(_keys(p.names) & _keys(q.names) for q in other.parties) for p in one.parties)


def alike(one: DealClaim, other: DealClaim) -> bool:
    """Whether two readings can be of one deal: of one kind, with two parties in common (or all, where one has fewer)."""
    if _family(one) != _family(other) or _is_resale(one, other):
        return False
    return shared(one, other) >= min(2, len(one.parties), len(other.parties))


def _is_resale(one: DealClaim, other: DealClaim) -> bool:
    """Whether who buys in one sells in the other: "sold Bolt, two years after buying it"."""

    def names(deal: DealClaim, role: str) -> set[tuple[str, ...]]:
        return {key for party in deal.parties if party.role == role for key in _keys(party.names)}

    return any(names(a, "buyer") & names(b, "seller") for a, b in ((one, other), (other, one)))


def _family(deal: DealClaim) -> str:
    return _FAMILY.get(deal.kind, deal.kind)


def _joined(ruled: DealClaim, read: DealClaim) -> DealClaim:
    """One deal of both readings: status and share by the rules, amount and date by the model, whose rounds they tell
    apart; each by the other where one has none. Doubts of two readers multiply."""
    # The model takes a cross-licence for a licence one way.
    by_model = ruled.kind in _BY_MODEL and not _is_cross_licence(ruled)
    parties = _completed(read, ruled) if by_model else _completed(ruled, read)
    return replace(
        ruled,
        kind=read.kind if ruled.kind in _BY_MODEL else ruled.kind,
        parties=parties,
        amount=read.amount or ruled.amount,
        stake_percent=ruled.stake_percent if ruled.stake_percent is not None else read.stake_percent,
        date=read.date or ruled.date,
        confidence=round(1 - (1 - ruled.confidence) * (1 - read.confidence), 3),
    )


def _completed(deal: DealClaim, other: DealClaim) -> tuple[Party, ...]:
    """The parties of one reading, with the other's for roles that it left empty."""
    filled = {party.role for party in deal.parties}
    known = set().union(*(_keys(party.names) for party in deal.parties))
    roles = ontology.load().roles[deal.kind]
    extra = [p for p in other.parties if p.role in roles and p.role not in filled and not _keys(p.names) & known]
    return (*deal.parties, *extra)


def _with_terms(deal: DealClaim, article: Article) -> DealClaim:
    """A deal that only the model found: status and share read from its sentence, amount and date where it has none."""
    sentence = (deal.evidence.start, deal.evidence.end)
    passage = Passage(article.content, sentence, deal.kind, day=article.date, title=len(article.title))
    share = stake(passage)
    return replace(
        deal,
        status=status(passage),
        amount=deal.amount or amount(passage),
        stake_percent=share if share is not None else deal.stake_percent,
        date=deal.date or when(passage),
    )


def _relations(
    read: Sequence[RelationClaim], ruled: Iterable[RelationClaim], names: Sequence[NameClaim]
) -> tuple[RelationClaim, ...]:
    """The model's relations and those of the rules that it lacks."""
    kept = list(read)
    for relation in ruled:
        subject, object_ = _keys(relation.subject), _keys(relation.object)
        if not any(
            relation.type == other.type and subject & _keys(other.subject) and object_ & _keys(other.object)
            for other in kept
        ):
            kept.append(relation)
    return tuple(kept)
