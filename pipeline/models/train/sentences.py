"""Sentences of annotated texts that state a deal, each as a text of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.models.train.examples import Event, Example
from pipeline.models.words import split_sentences


def sentences_alone(example: Example) -> list[Example]:
    """The sentences of the text that are known to state all that they could, as examples, in the order of the text.

    Each states a deal of two names, and has no other two of which the annotation tells anything: who knows where that is
    said? Trained without them, a sentence by itself always looks like those of CORE, which notes none of our deals but
    purchases, mergers, partnerships and supplies.
    """
    return [_alone(example, *place) for place in split_sentences(example.text) if _is_plain(example, *place)]


def _alone(example: Example, start: int, end: int) -> Example:
    places = _inside(example.places, start, end)
    present = {number for *_, number in places}

    def shortened(event: Event) -> Event:
        parties = tuple((role, number) for role, number in event.parties if number in present)
        return replace(event, parties=parties, evidence=(0, end - start))

    return replace(
        example,
        id=f"{example.id}:{start}",
        text=example.text[start:end],
        title_length=0,
        places=places,
        forms=_inside(example.forms, start, end),
        events=tuple(shortened(event) for event in example.events if _is_said(event, start, end)),
        relations=(),
    )


def _inside(places: Iterable[tuple[int, int, int]], start: int, end: int) -> tuple[tuple[int, int, int], ...]:
    return tuple((a - start, b - start, number) for a, b, number in places if start <= a and b <= end)


def _is_said(event: Event, start: int, end: int) -> bool:
    return event.evidence is not None and start <= event.evidence[0] and event.evidence[1] <= end


def _is_plain(example: Example, start: int, end: int) -> bool:
    present = {number for *_, number in _inside(example.places, start, end)}
    told: list[set[int]] = [{number for _, number in event.parties} & present for event in example.events]
    here = [_is_said(event, start, end) for event in example.events]
    elsewhere = [pair for pair, said in zip(told, here, strict=True) if not said]
    elsewhere += [{a, b} & present for _, a, b in example.relations]
    stated = any(said and len(pair) > 1 for pair, said in zip(told, here, strict=True))
    return stated and start >= example.title_length and all(len(pair) < 2 for pair in elsewhere)
