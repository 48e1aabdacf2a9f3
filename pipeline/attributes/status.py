"""Where in its life a deal is, as one sentence tells it: rumored, announced, completed or terminated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from pipeline.attributes.passage import Passage
from pipeline.attributes.trigger import trigger
from pipeline.dates import find_dates
from pipeline.lexicons import lexicon

STATUSES = ("rumored", "announced", "completed", "terminated")
_REACH = 70  # characters beside the deal word that belong to it
_CLAUSE = re.compile(r"[;:—]|, (?:but|while|and|as|after|although|though|whereas)\b", re.IGNORECASE)


def status(*passages: Passage) -> str:
    """The status with the best sum of weights of the cues that hold, over all passages that tell the deal."""
    told = [status_scores(passage) for passage in passages]
    scores = {name: sum(each[name] for each in told) for name in STATUSES}
    possible = ("rumored", "terminated") if any(is_denied(passage) for passage in passages) else STATUSES
    return max(possible, key=lambda name: scores[name])


def is_denied(passage: Passage) -> bool:
    """Whether the deal is said not to be: "denies it will buy", "has no plans to sell".

    >>> is_denied(Passage("Acme denied that it will buy Bolt", (0, 33), "acquisition", trigger=(25, 28)))
    True
    """
    denied = re.compile(lexicon("terms")["denial"]["denied"], re.IGNORECASE)
    return bool(denied.search(passage.said[: trigger(passage)[0]]))


def status_scores(passage: Passage) -> dict[str, float]:
    """Log odds (up to a constant) of each status; a feature for whoever knows more."""
    weights = lexicon("status_weights")
    scores = dict.fromkeys(STATUSES, 0.0)
    for cue in cues(passage):
        for name, weight in zip(STATUSES, weights.get(cue, ()), strict=False):
            scores[name] += weight
    return scores


def cues(passage: Passage) -> list[str]:
    """Names of the cues of `status_cues.yml` that hold, and of what the deal word's form and the dates tell."""
    start, end, form = trigger(passage)
    parts = _parts(passage.said, start, end)
    told = [name for name, (where, pattern) in _cues().items() if pattern.search(parts[where])]
    headline = ["headline", f"headline:{form}"] if passage.sentence[0] < passage.title else []
    return [
        "any",
        passage.kind,
        form,
        f"{passage.kind}:{form}",
        *(f"{form}:{cue}" for cue in told if _cues()[cue][0] == "lead"),
        *told,
        *headline,
        *_depth(passage),
        *_ages(passage),
    ]


@cache
def _cues() -> dict[str, tuple[str, re.Pattern[str]]]:
    read = lexicon("status_cues")
    return {name: (where, re.compile(pattern, re.IGNORECASE)) for name, (where, pattern) in read.items()}


def _parts(said: str, start: int, end: int) -> dict[str, str]:
    """The sentence around the deal word, by the names that cues use."""
    before = _CLAUSE.split(said[max(0, start - _REACH) : start])[-1]
    after = _CLAUSE.split(said[end : end + _REACH])[0]
    lead = " ".join(before.split()[-2:])
    return {"before": before, "after": after, "near": before + said[start:end] + after, "lead": lead, "all": said}


def _depth(passage: Passage) -> tuple[str, ...]:
    """How far into the article the sentence stands: news first, background later."""
    place = passage.sentence[0] - passage.title
    depth = "depth:top" if place < 500 else "depth:middle" if place < 2000 else "depth:deep"
    return depth, f"{depth}:{passage.kind}"


def _ages(passage: Passage) -> Iterator[str]:
    """How long before the article the sentence's dates lie."""
    if passage.day is None:
        yield "undated"
        return
    today = date.fromisoformat(passage.day)
    for _, _, told in find_dates(passage.said, passage.day):
        months = (today.year - int(told[:4])) * 12 + (today.month - int(told[5:7]) if len(told) > 4 else 6)
        yield "age:ahead" if months < 0 else "age:now" if months < 2 else "age:months" if months < 12 else "age:years"
