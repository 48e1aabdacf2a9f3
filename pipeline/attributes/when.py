"""The date of a deal."""

from __future__ import annotations

from pipeline.attributes.passage import Passage
from pipeline.dates import find_dates


def when(passage: Passage) -> str | None:
    """When the deal happened or was announced, as far as the sentence tells."""
    found = [(abs(start - passage.at), day) for start, _, day in find_dates(passage.said, passage.day)]
    return min(found)[1] if found else None
