"""The last component: deals and relations of a Doc -> `doc._.claims`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.attributes import amount, stake, status, when
from pipeline.attributes.passage import Passage
from pipeline.components.merge import DealFrame, merge
from pipeline.components.relations import standing
from pipeline.components.told import Filler, named_forms, tellings
from pipeline.models.entities import Named
from schemas.records import Article, Claims, DealClaim, Evidence, NameClaim, Party

for _name in ("article", "claims"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)

T = TypeVar("T")

# Shares of right deals among those told in one sentence, and in more than one.
_BY_RULE = 0.6
_TOLD_TWICE = 0.75


class DealClaims:
    """Sets `doc._.claims`; reads the names, references and frames of the components before it.

    merge: whether sentences that tell one event become one deal.
    """

    def __init__(self, *, merge: bool = True) -> None:
        self._merge = merge

    def __call__(self, doc: Doc) -> Doc:
        article = doc._.article or Article("doc", "", doc.text)
        told = tellings(doc)
        frames = merge(told) if self._merge else [DealFrame([telling]) for telling in told]
        deals = [deal_claim(deal, doc, article) for deal in frames]
        names = tuple(_name_claim(entity) for entity in doc._.entities if entity.kind in ("company", "product"))
        doc._.claims = Claims(article.id, names, tuple(deals), tuple(standing(doc, article.content)))
        return doc


def _name_claim(entity: Named) -> NameClaim:
    return NameClaim(entity.kind, entity.names, len(entity.mentions), _BY_RULE)


def deal_claim(deal: DealFrame, doc: Doc, article: Article) -> DealClaim:
    """A deal of the document as a record; its terms are read from every sentence that tells it."""
    day, title = article.date, len(article.title)
    passages = [
        Passage(doc.text, telling.sentence, deal.kind, trigger=telling.trigger, day=day, title=title)
        for telling in deal.tellings
    ]
    best = min(passages, key=lambda passage: passage.sentence[0] < title)  # a headline only where nothing else tells it
    return DealClaim(
        deal.kind,
        status(*passages),
        tuple(_party(role, filler, doc) for role, filler in deal.roles),
        Evidence(article.content[slice(*best.sentence)], *best.sentence),
        amount=_first(amount(passage) for passage in passages),
        stake_percent=_first(stake(passage) for passage in passages),
        date=_first(when(passage) for passage in passages),
        confidence=_TOLD_TWICE if len(passages) > 1 else _BY_RULE,
    )


def _party(role: str, filler: Filler, doc: Doc) -> Party:
    kind = doc._.entities[filler.entity].kind if filler.entity is not None else "asset"
    return Party(role, kind, named_forms(filler, doc._.entities))


def _first(found: Iterable[T | None]) -> T | None:
    return next((value for value in found if value is not None), None)


@Language.factory(
    "deal_claims",
    requires=["doc._.entities", "doc._.references", "doc._.frames"],
    assigns=["doc._.claims"],
    default_config={"merge": True},
)
def make_deal_claims(nlp: Language, name: str, merge: bool) -> DealClaims:
    return DealClaims(merge=merge)
