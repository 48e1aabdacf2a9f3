"""A small world of articles for the tests of resolution: claims by hand, no model."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.resolve import Resolution, resolve
from schemas.records import (
    Article,
    Claims,
    Deal,
    DealClaim,
    Evidence,
    Judgement,
    Money,
    NameClaim,
    Party,
    RelationClaim,
)

Told = tuple[Article, Claims]
Names = str | tuple[str, ...]


def forms(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def deal(
    kind: str = "acquisition",
    status: str = "announced",
    *,
    date: str | None = None,
    amount: float | None = None,
    currency: str = "USD",
    stake: float | None = None,
    confidence: float = 0.8,
    start: int = 0,
    **roles: Names | list[Names],
) -> DealClaim:
    """A claim; `buyer="Acme"`, `partner=["Acme", ("Bolt Inc", "Bolt")]`, an asset as `target="asset:chip unit"`."""
    parties = []
    for role, value in roles.items():
        for names in value if isinstance(value, list) else [value]:
            kind_, _, first = forms(names)[0].rpartition(":")
            parties.append(Party(role, kind_ or "company", (first, *forms(names)[1:])))
    money = Money(amount, currency) if amount is not None else None
    sentence = Evidence(f"{kind} {status}", start, start + 9)
    return DealClaim(kind, status, tuple(parties), sentence, money, stake, date, confidence)


def relation(type_: str, subject: Names, object_: Names, *, confidence: float = 0.8) -> RelationClaim:
    object_kind = "product" if type_ == "PRODUCES" else "company"
    return RelationClaim(
        type_, forms(subject), forms(object_), Evidence(type_, 0, 9), object_kind=object_kind, confidence=confidence
    )


def article(
    id_: str,
    *said: DealClaim | RelationClaim,
    on: str | None = "2020-01-01",
    names: Sequence[Names] = (),
    products: Sequence[Names] = (),
) -> Told:
    """An article that names companies (each as one name or as forms listed as one) and says something of them."""
    named = [NameClaim("company", forms(n), 1) for n in names] + [NameClaim("product", forms(n), 1) for n in products]
    deals = tuple(claim for claim in said if isinstance(claim, DealClaim))
    relations = tuple(claim for claim in said if isinstance(claim, RelationClaim))
    return (
        Article(id_, f"Title of {id_}", "Text.", url=f"https://example.com/{id_}", published_at=on),
        Claims(id_, tuple(named), deals, relations),
    )


def companies(*told: Told, judgements: Sequence[Judgement] = ()) -> set[frozenset[str]]:
    """The companies that articles name, each as the set of its names."""
    found = resolve(told, judgements).entities
    return {frozenset({e.name, *e.aliases}) for e in found if e.label == "Company"}


def only_deal(*told: Told) -> Deal:
    """The one deal that articles tell of."""
    (found,) = resolve(told).deals
    return found


def named(resolution: Resolution, deal_: Deal) -> set[tuple[str, str]]:
    """The parties of a deal by name: (role, name)."""
    names = {entity.id: entity.name for entity in resolution.entities}
    return {(role, names[id_]) for id_, role in deal_.parties}
