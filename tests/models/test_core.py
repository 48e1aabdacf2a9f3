from __future__ import annotations

import pytest

from pipeline.models.bundle import load_bundle
from pipeline.models.core import classify_core


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("Zentrix was acquired by Oakum in 2010 .", ("acquired_by", 0)),
        ("Zentrix acquired the rival company Oakum in 2010 .", ("acquired_by", 1)),
        ("Zentrix is a subsidiary of Oakum .", ("subsidiary_of", 0)),
        ("Zentrix 's main competitor is Oakum .", ("competitor_of", 0)),
        ("Zentrix merged with Oakum to form a new company in 1999 .", ("merged_with", 0)),
    ],
)
def test_a_relation_is_told_with_its_direction_and_a_mutual_one_from_the_first(
    sentence: str, relation: tuple[str, int]
) -> None:
    words = sentence.split()
    first, second = words.index("Zentrix"), words.index("Oakum")
    line = {"context": words, "e1_start": first, "e1_end": first, "e2_start": second, "e2_end": second}
    assert classify_core(line, load_bundle()) == relation
