"""Article -> claims: what one article says of companies, products, deals and standing relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from spacy.language import Language

from pipeline.annotate import BASE_MODEL, annotate, load_pipeline
from schemas.records import Article, Claims, DealClaim, RelationClaim


class Extractor:
    """Reads articles with one loaded pipeline. A Doc lives and dies in here: only records leave."""

    def __init__(self, nlp: Language, *, least: float = 0.0) -> None:
        """least: confidence below which a deal or relation is not claimed."""
        self._nlp = nlp
        self._least = least

    def __call__(self, article: Article) -> Claims:
        """All that the article says; empty claims for an empty text."""
        return next(self.many([article]))

    def many(self, articles: Iterable[Article]) -> Iterator[Claims]:
        """Claims of each article, in their order."""
        for doc in annotate(articles, self._nlp):
            claims: Claims = doc._.claims
            yield replace(
                claims,
                deals=tuple(deal for deal in claims.deals if deal.confidence >= self._least),
                relations=tuple(relation for relation in claims.relations if relation.confidence >= self._least),
            )


def load_extractor(
    *,
    base_model: str = BASE_MODEL,
    model: str | None = None,
    threads: int = 0,
    confidence: float | None = None,
    rules: bool | None = None,
) -> Extractor:
    """An extractor with everything loaded.

    model: path of a model file; confidence: the least a claim must have; rules: as for `load_pipeline`.
    """
    nlp = load_pipeline(base_model=base_model, model=model, threads=threads, rules=rules)
    return Extractor(nlp, least=confidence or 0.0)


def claims_json(claims: Claims) -> dict[str, Any]:
    """Claims in the form of the annotation guidelines, with evidence, offsets and confidence beside each."""
    return {
        "id": claims.article_id,
        "companies": [list(name.names) for name in claims.names if name.kind == "company"],
        "products": [list(name.names) for name in claims.names if name.kind == "product"],
        "deals": [_deal_json(deal) for deal in claims.deals],
        "relations": [_relation_json(relation) for relation in claims.relations],
    }


def _deal_json(deal: DealClaim) -> dict[str, Any]:
    return {
        "type": deal.kind,
        "status": deal.status,
        "parties": [{"role": p.role, "kind": p.kind, "names": list(p.names)} for p in deal.parties],
        "amount": {"value": deal.amount.value, "currency": deal.amount.currency} if deal.amount else None,
        "stake_percent": deal.stake_percent,
        "date": deal.date,
        "evidence": deal.evidence.sentence,
        "start": deal.evidence.start,
        "end": deal.evidence.end,
        "confidence": deal.confidence,
    }


def _relation_json(relation: RelationClaim) -> dict[str, Any]:
    return {
        "type": relation.type,
        "subject": list(relation.subject),
        "object": list(relation.object),
        "evidence": relation.evidence.sentence,
        "start": relation.evidence.start,
        "end": relation.evidence.end,
        "confidence": relation.confidence,
    }
