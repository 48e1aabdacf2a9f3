"""Standing facts: who makes what, who belongs to whom, who holds shares, who competes."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from schemas.records import RelationClaim


def standing(doc: Doc) -> Iterator[RelationClaim]:
    yield from ()
