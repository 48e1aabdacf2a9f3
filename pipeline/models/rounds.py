"""Investments in one company -> its rounds: each amount it was given is one, with those who are bound to that amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.attributes.terms import prices
from pipeline.models.assemble import Frame
from pipeline.models.links import Link, Links
from pipeline.models.terms import LABELS, Standing
from pipeline.models.values import same_value
from pipeline.models.words import split_sentences
from schemas.records import Money

_AMOUNT = LABELS["money"]
# Log odds within which an investor is bound to a second round as much as to its first.
_AS_SURE = 1.0


@dataclass(slots=True)
class _Round:
    """An amount that a company was given: the values that tell it, surest first, and the link to the first of them."""

    money: Money
    link: Link
    values: list[Standing]


def split_rounds(
    frames: Sequence[Frame], values: Sequence[Standing], links: Links, text: str, least: Mapping[str, float]
) -> list[Frame]:
    """The frames, with an investment told of several amounts cut into one for each. least: thresholds by label."""
    if all(frame.kind != "investment" for frame in frames):
        return list(frames)
    # The body tells again what the headline does, and the headline has room for the valuation.
    headline = max(0, text.find("\n\n"))
    real = {start for start, _, _ in prices(text, "investment") if start > headline}
    amounts = [value for value in values if value.span.start in real]
    result = []
    for frame in frames:
        rounds = _rounds(frame, frames, amounts, links, least.get(_AMOUNT, 0.0)) if frame.kind == "investment" else []
        result += _split(frame, rounds, links, text) if len(rounds) > 1 else [frame]
    return result


def _rounds(
    frame: Frame, frames: Sequence[Frame], amounts: Sequence[Standing], links: Links, least: float
) -> list[_Round]:
    """The amounts of the target, surest first, without those that are more another deal's."""
    target = frame.parties[-1][1]  # the investors stand before it
    others = {entity for other in frames for entity in other.entities()} - frame.entities()
    told = [(link, value) for value in amounts if (link := links.get((target, value.span.entity, _AMOUNT)))]
    found: list[_Round] = []
    for link, value in sorted(told, key=lambda pair: -pair[0].score):
        if not isinstance(value.value, Money) or _strongest(others, [value], links) > link.score:
            continue
        same = next((one for one in found if same_value(one.money, value.value)), None)
        if same is not None:
            same.values.append(value)
        elif link.score >= least:
            found.append(_Round(value.value, link, [value]))
    return found


def _split(frame: Frame, rounds: list[_Round], links: Links, text: str) -> list[Frame]:
    """One frame a round: investors go where they are bound most, the surest round keeps what else the deal rests on."""
    parts: list[list[tuple[str, int]]] = [[] for _ in rounds]
    for party in frame.parties[:-1]:
        scores = [_strongest({party[1]}, one.values, links) for one in rounds]
        first = scores.index(max(scores))
        for number, score in enumerate(scores):
            if number == first or (score >= max(scores) - _AS_SURE and score > 0):
                parts[number].append(party)
    sentences, result = split_sentences(text), []
    for number, (one, parties) in enumerate(zip(rounds, parts, strict=True)):
        start = one.values[0].span.start
        sentence = next(place for place in sentences if place[0] <= start < place[1])
        rest = [link for link in frame.links if ("investor", link.first) in parties] if number == 0 else []
        link = replace(one.link, sentence=sentence)
        result.append(Frame(frame.kind, [*parties, frame.parties[-1]], [link, *rest]))
    return result


def _strongest(entities: set[int], values: Sequence[Standing], links: Links) -> float:
    """Log odds of the strongest link from one of the entities to one of the values."""
    found = (links.get((entity, value.span.entity, _AMOUNT)) for entity in entities for value in values)
    return max((link.score for link in found if link is not None), default=float("-inf"))
