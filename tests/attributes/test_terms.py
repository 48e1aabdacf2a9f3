from __future__ import annotations

import pytest

from pipeline.attributes import amount, stake
from tests.attributes.passages import passage


@pytest.mark.parametrize(
    ("said", "kind", "expected"),
    [
        ("Acme [bought] Bolt for $1.2bn.", "acquisition", (1.2e9, "USD")),
        ("Acme [offered] £1.3bn ($2.5bn) for Bolt.", "acquisition", (1.3e9, "GBP")),
        ("Acme will [buy] Bolt for 22 dlrs a share cash, or about 53 mln dlrs.", "acquisition", (53e6, "USD")),
        ("Acme, with $9 billion in assets, [bought] Bolt for Rs 500 crore.", "acquisition", (5e9, "INR")),
        ("Bolt [raised] $20 million at a valuation of $1 billion.", "investment", (20e6, "USD")),
        ("Acme [bought] Bolt for $30 per share.", "acquisition", None),
        ("Acme, whose revenue rose to $7 billion, [bought] Bolt.", "acquisition", None),
    ],
)
def test_amount_is_the_price_and_nothing_else(said: str, kind: str, expected: tuple[float, str] | None) -> None:
    found = amount(passage(said, kind))
    assert (found and (found.value, found.currency)) == expected


def test_amount_may_stand_in_the_next_sentence() -> None:
    found = amount(passage("Acme will [buy] Bolt.", rest="The deal is worth 350 million euros."))
    assert found is not None
    assert found.value == 350e6


def test_amount_of_another_matter_in_the_next_sentence_is_left() -> None:
    assert amount(passage("Acme will [buy] Bolt.", rest="Acme lost 350 million euros last year.")) is None


@pytest.mark.parametrize(
    ("said", "kind", "expected"),
    [
        ("Acme [bought] a 20% stake in Bolt.", "investment", 20.0),
        ("Acme will [buy] five pct of Bolt.", "investment", 5.0),
        ("Acme [bought] 12 pct of Bolt, and its shares rose 3%.", "investment", 12.0),
        ("Acme [bought] Bolt and its shares rose 3%.", "acquisition", None),
        ("Acme [bought] 100% of Bolt.", "acquisition", None),
        ("Acme [ordered] 60% of its jets from Bolt.", "supply", None),
    ],
)
def test_stake_is_the_share_that_changes_hands(said: str, kind: str, expected: float | None) -> None:
    assert stake(passage(said, kind)) == expected
