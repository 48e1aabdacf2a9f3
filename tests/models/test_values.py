from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.models.values import same_money, values
from schemas.records import Money


def test_values_do_not_overlap() -> None:
    found = values("$2016 million in 2016, 5% up on 2015", None)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert [kind for _, _, kind, _ in found] == ["money", "date", "percent", "date"]


def test_a_weekday_counts_from_the_day_of_the_article() -> None:
    assert [value for *_, value in values("sold on Monday", "2016-05-20")] == ["2016-05-16"]


@pytest.mark.parametrize(
    ("value", "currency", "same"),
    [(1.005e9, "USD", True), (1.02e9, "USD", False), (1e9, "EUR", False)],
)
def test_amounts_are_the_same_within_one_per_cent(value: float, currency: str, same: bool) -> None:
    assert same_money(Money(1e9, "USD"), value, currency) is same
