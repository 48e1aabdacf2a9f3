"""Standing facts of many articles -> relations that we hold true, each with the articles and sentences behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.copies import originals
from pipeline.resolve.deals import NO_SKETCHES, Assets
from pipeline.resolve.entities import LATEST, Cast
from pipeline.resolve.facts import confidence
from pipeline.resolve.groups import Labels, Reading
from schemas import ontology
from schemas.records import Relation, RelationClaim

Told = tuple[str, str, RelationClaim]
"""(day, article id, claim)."""


def relations(
    readings: Iterable[Reading],
    labels: Labels,
    cast: Cast,
    assets: Assets,
    sketches: Mapping[str, bytes] = NO_SKETCHES,
) -> list[Relation]:
    """One relation for each type and pair of entities, by type and pair. A fact about one and the same is none."""
    told: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for reading in readings:
        for claim in reading.claims.relations:
            source = _end(reading, claim.subject_kind, claim.subject, labels, cast, assets)
            target = _end(reading, claim.object_kind, claim.object, labels, cast, assets)
            if source is not None and target is not None and source != target:
                if ontology.load().edges[claim.type].symmetric:
                    source, target = sorted((source, target))
                told[claim.type, source, target].append((reading.article.date or LATEST, reading.article.id, claim))
    return [_relation(*which, tellings, sketches) for which, tellings in sorted(told.items())]


def _end(reading: Reading, kind: str, names: tuple[str, ...], labels: Labels, cast: Cast, assets: Assets) -> str | None:
    label = labels.of(kind, names)
    if not names:
        return None
    if label == "Asset":
        return assets.id_of(names, seller=None, deal=reading.article.id)
    return cast.id_of(reading, label, names)


def _relation(type_: str, source: str, target: str, told: list[Told], sketches: Mapping[str, bytes]) -> Relation:
    first: dict[tuple[str, str], RelationClaim] = {}  # one sentence an article: the first that says so
    for day, article, claim in sorted(told, key=lambda t: (t[0], t[1], t[2].evidence.start, t[2].evidence.sentence)):
        first.setdefault((day, article), claim)
    reports = originals([article for _, article in first], sketches)
    return Relation(
        type_,
        source,
        target,
        tuple(article for _, article in first),
        tuple(claim.evidence.sentence for claim in first.values()),
        confidence((reports[article], claim.confidence) for (_, article), claim in first.items()),
    )
