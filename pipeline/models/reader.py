"""Article -> claims, by the trained model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pipeline.models.assemble import Assembler, Frame
from pipeline.models.assets import asset_phrases, is_phrase
from pipeline.models.bundle import Bundle
from pipeline.models.choice import with_terms
from pipeline.models.combine import combine
from pipeline.models.consistency import make_consistent
from pipeline.models.entities import Named, gather
from pipeline.models.links import STATUSES, Link, Links, find_links
from pipeline.models.rivals import without_rivals
from pipeline.models.rounds import split_rounds
from pipeline.models.score import score_pairs
from pipeline.models.tag import NameScores, score_names, tag
from pipeline.models.terms import LABELS as VALUE_LABELS
from pipeline.models.terms import Standing, term
from pipeline.models.values import values
from pipeline.models.windows import Span
from schemas.records import (
    Article,
    Claims,
    DealClaim,
    Evidence,
    Mention,
    Money,
    NameClaim,
    Party,
    RelationClaim,
)

RELATIONS = ("SUBSIDIARY_OF", "SHAREHOLDER_OF", "PRODUCES", "COMPETES_WITH")
_PHRASE_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model made of an article, before it becomes claims."""

    text: str
    entities: list[Named]
    values: list[Standing]
    links: Links


class Reader:
    """Reads articles with a model bundle; `settings` override those of the bundle."""

    def __init__(self, bundle: Bundle, *, settings: dict[str, Any] | None = None) -> None:
        self._bundle = bundle
        self.settings = bundle.settings | (settings or {})

    def __call__(self, article: Article) -> Claims:
        """All that the article says."""
        return self.claims(article, self.read(article))

    def read(self, article: Article, text: str | None = None) -> Reading:
        """Names, values and links of an article. text: its content, character for character, in better case."""
        text = article.content if text is None else text
        mentions = self.mentions(text)
        entities = gather(mentions, text)
        spans = [Span(m.start, m.end, e.kind, n) for n, e in enumerate(entities) for m in e.mentions]
        found = find_values(text, article.date, first=len(entities), mentions=mentions)
        scores = score_pairs(text, len(article.title), [*spans, *(value.span for value in found)], self._bundle)
        labels, roles = self._bundle.settings["labels"], self._bundle.settings["roles"]
        links = find_links(scores, labels, roles, least=self.settings.get("least", -4.0))
        return Reading(text, entities, found, {at: link for at, link in links.items() if fits(link, entities)})

    def mentions(self, text: str, scores: Sequence[NameScores] | None = None) -> list[Mention]:
        """Names in a text, the same in all their places; scores: of its words, if they are known already."""
        tagged = tag(text, score_names(text, self._bundle) if scores is None else scores, lean=self.settings["lean"])
        found = make_consistent(text, tagged, least=self.settings["least_name"])
        return sorted([*found, *_phrases(text, found)], key=lambda mention: (mention.start, -mention.end, mention.kind))

    def claims(self, article: Article, reading: Reading, ruled: Claims | None = None) -> Claims:
        """Claims from a reading, under the reader's thresholds; ruled: what rules have read in the article."""
        read = self._claims(article, reading)
        both = combine(article, read, ruled) if ruled else read
        return self._calibrated(replace(both, deals=with_terms(article, both.deals, self._bundle.terms)))

    def _calibrated(self, claims: Claims) -> Claims:
        """Claims whose confidences are shares of right ones, as held-out articles told (`train/fit.py`)."""
        to = self.settings["calibration"]
        return replace(
            claims,
            deals=tuple(replace(d, confidence=calibrated(d.confidence, *to["deals"])) for d in claims.deals),
            relations=tuple(
                replace(r, confidence=calibrated(r.confidence, *to["relations"])) for r in claims.relations
            ),
        )

    def _claims(self, article: Article, reading: Reading) -> Claims:
        thresholds = self.settings["thresholds"]
        assembler = Assembler(without_rivals(reading.links), thresholds)
        names = tuple(
            NameClaim(e.kind, e.names, len(e.mentions), round(e.confidence, 3))
            for e in reading.entities
            if e.kind in ("company", "product")
        )
        frames = split_rounds(assembler.frames(), reading.values, reading.links, reading.text, thresholds)
        deals = tuple(self._deal(frame, frames, reading) for frame in frames)
        relations = tuple(self._relation(link, reading) for label in RELATIONS for link in assembler.having(label))
        return Claims(
            article.id, names, tuple(sorted(deals, key=lambda deal: (deal.evidence.start, deal.kind))), relations
        )

    def _deal(self, frame: Frame, frames: list[Frame], reading: Reading) -> DealClaim:
        parties = tuple(
            Party(role, reading.entities[entity].kind, reading.entities[entity].names) for role, entity in frame.parties
        )

        def told(kind: str) -> Money | float | str | None:
            return term(kind, frame, frames, reading.values, reading.links, self.settings["thresholds"])

        return DealClaim(
            frame.kind,
            STATUSES[int(frame.status.argmax())],
            parties,
            _evidence(reading.text, frame.sentence),
            amount=amount if isinstance(amount := told("money"), Money) else None,
            stake_percent=stake if isinstance(stake := told("percent"), float) else None,
            date=date if isinstance(date := told("date"), str) else None,
            confidence=_confidence(frame.score),
        )

    def _relation(self, link: Link, reading: Reading) -> RelationClaim:
        subject, object_ = reading.entities[link.first], reading.entities[link.second or 0]
        return RelationClaim(
            link.label,
            subject.names,
            object_.names,
            _evidence(reading.text, link.sentence),
            subject.kind,
            object_.kind,
            _confidence(link.score),
        )


def fits(link: Link, entities: list[Named]) -> bool:
    """Whether a link ends where its label says: at a value, at a product, or at another name; at no empty phrase, and
    at none at all where something stands: "a 12% stake" is nobody's shareholding, but tells of one."""
    ends = [entities[end] for end in (link.first, link.second) if end is not None and end < len(entities)]
    if any(end.kind == "asset" and (link.label in RELATIONS or not is_phrase(end.names[0])) for end in ends):
        return False
    if link.second is None:
        return link.first < len(entities)
    if link.label in VALUE_LABELS.values() or link.second >= len(entities):
        return link.label in VALUE_LABELS.values() and link.second >= len(entities)
    return link.label != "PRODUCES" or entities[link.second].kind == "product"


def _phrases(text: str, names: list[Mention]) -> list[Mention]:
    """Assets that go without a name, where no asset was tagged and the phrase is not part of a name."""
    return [
        Mention(text[start:end], "asset", start, end, _PHRASE_CONFIDENCE)
        for start, end in asset_phrases(text)
        if not any(
            (name.start <= start and end <= name.end)
            or (name.kind == "asset" and name.start < end and start < name.end)
            for name in names
        )
    ]


def find_values(text: str, date: str | None, *, first: int, mentions: list[Mention]) -> list[Standing]:
    """Amounts, dates and percentages outside of names, numbered from `first`."""
    taken = {place for mention in mentions for place in range(mention.start, mention.end)}
    free = [found for found in values(text, date) if not taken & set(range(found[0], found[1]))]
    return [Standing(Span(start, end, kind, first + n), value) for n, (start, end, kind, value) in enumerate(free)]


def calibrated(confidence: float, slope: float, shift: float) -> float:
    """A confidence after its log odds were scaled and shifted (Platt).

    >>> calibrated(0.5, 1.0, 0.0), calibrated(0.9, 0.5, -0.2)
    (0.5, 0.711)
    """
    sure = min(max(confidence, 0.001), 0.999)
    return _confidence(slope * float(np.log(sure / (1 - sure))) + shift)


def _evidence(text: str, span: tuple[int, int]) -> Evidence:
    return Evidence(text[span[0] : span[1]], *span)


def _confidence(score: float) -> float:
    return round(float(1 / (1 + np.exp(-score))), 3)
