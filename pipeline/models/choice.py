"""Which amount, share and date belong to which deal: a choice among all values of the article, with all its deals in view."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.attributes.terms import LEAST_AMOUNT
from pipeline.models.cues import Found, Place, Text, Told, cues, told_again
from pipeline.models.words import find_name
from schemas.records import Article, DealClaim, Money

KINDS = ("money", "percent", "date")
BIAS = "bias"
# Log odds in favour of a value: a missed one costs F1 more than a doubtful one, and deals are found with gaps.
LEAN = 1.0
Weights = Mapping[str, float]


def choose(text: Text, deals: Sequence[Told], weights: Mapping[str, Weights], kind: str) -> list[Found | None]:
    """The value of a kind that each deal has; None where no value is likelier than none."""
    chosen: list[Found | None] = []
    weight, possible = weights[kind], candidates(text, kind)
    for number, deal in enumerate(deals):
        others = [*deals[:number], *deals[number + 1 :]]
        best, best_score = None, 0.0
        for found in possible:
            told = cues(text, deal, others, found)
            # Exact, so that ties fall alike in every run: a plain sum depends on the order of the set.
            score = math.fsum((LEAN, weight[BIAS], *(weight.get(cue, 0.0) for cue in told)))
            if score > best_score:
                best, best_score = found, score
        chosen.append(best)
    return chosen


def candidates(text: Text, kind: str) -> list[Found]:
    """Values of a kind that can be a deal's. A small amount is the price of one share or one thing."""
    return [
        found
        for found in text.values
        if found.kind == kind and not (isinstance(found.value, Money) and found.value.value < LEAST_AMOUNT)
    ]


def with_terms(article: Article, deals: Sequence[DealClaim], weights: Mapping[str, Weights]) -> tuple[DealClaim, ...]:
    """Deals of an article with the terms that the fitted weights choose; those they come with count as the rules' word."""
    if not deals:
        return ()
    text = Text(article.content, article.date, len(article.title))
    known: dict[str, list[Place]] = {}
    told = [_told(text, deal, known) for deal in deals]
    money, percent, date = (choose(text, told, weights, kind) for kind in KINDS)
    rounds: Counter[str | None] = Counter(filter(None, map(_funded, deals)))
    return tuple(
        replace(
            deal,
            amount=_amount(deal, amount, one_of=rounds[_funded(deal)]),
            stake_percent=stake.value if stake and isinstance(stake.value, float) else None,
            date=day.value if day and isinstance(day.value, str) else None,
        )
        for deal, amount, stake, day in zip(deals, money, percent, date, strict=True)
    )


def _amount(deal: DealClaim, chosen: Found | None, *, one_of: int) -> Money | None:
    """The chosen amount; of several rounds of one company each keeps its own, by which it was told apart."""
    if deal.amount and one_of > 1:
        return deal.amount
    return chosen.value if chosen and isinstance(chosen.value, Money) else None


def _funded(deal: DealClaim) -> str | None:
    """The name of the company that an investment is in."""
    targets = [party.names[0] for party in deal.parties if party.role == "target"]
    return targets[0] if targets and deal.kind == "investment" else None


def _told(text: Text, deal: DealClaim, known: dict[str, list[Place]]) -> Told:
    def places(names: Sequence[str]) -> tuple[Place, ...]:
        for name in names:
            if name not in known:
                known[name] = find_name(name, text.content)
        return tuple(sorted({place for name in names for place in known[name]}))

    sentences = text.sentences_of((deal.evidence.start, deal.evidence.end))
    parties = tuple(places(party.names) for party in deal.parties)
    return Told(
        deal.kind,
        deal.status,
        sentences,
        told_again(text, deal.kind, parties, sentences),
        parties,
        {"money": deal.amount, "percent": deal.stake_percent, "date": deal.date},
    )
