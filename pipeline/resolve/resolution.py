"""Claims and judgements -> what we hold true. A pure function of both: the order of articles has no effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.resolve.deals import NO_SKETCHES, Assets, deals
from pipeline.resolve.entities import Cast
from pipeline.resolve.groups import readings
from pipeline.resolve.identity import Identity
from pipeline.resolve.relations import relations
from pipeline.resolve.reports import tellings
from schemas.records import Article, Claims, Deal, Entity, Judgement, Relation


@dataclass(frozen=True)
class Resolution:
    """What we hold true, each part in a fixed order.

    articles: without their text. mentions: (article id, entity id) -> count. identity: what was decided on names.
    """

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    deals: tuple[Deal, ...]
    relations: tuple[Relation, ...]
    mentions: Mapping[tuple[str, str], int]
    identity: Identity


def resolve(
    told: Iterable[tuple[Article, Claims]],
    judgements: Iterable[Judgement] = (),
    sketches: Mapping[str, bytes] = NO_SKETCHES,
) -> Resolution:
    """Resolve the claims of all articles. `Conflict` when the judgements contradict each other.

    sketches: by article id, what its copies are known by (see `pipeline.copies`).
    """
    read, labels = readings(told)
    identity = Identity(read, judgements)
    cast = Cast(read, identity)
    assets = Assets(lambda name: cast.id_of_name("Company", name), cast.called)
    held_deals = deals(tellings(read, labels, cast.id_of), assets, sketches)
    held_relations = relations(read, labels, cast, assets, sketches)
    entities = sorted((*cast.by_id.values(), *assets.entities()), key=lambda entity: (entity.label, entity.id))
    return Resolution(
        tuple(reading.article for reading in read),
        tuple(entities),
        tuple(held_deals),
        tuple(held_relations),
        dict(sorted(cast.mentions(read).items())),
        identity,
    )
