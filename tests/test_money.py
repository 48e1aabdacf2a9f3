from __future__ import annotations

import pytest

from pipeline.money import find_money


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$1.2bn", 1.2e9, "USD"),
        ("US$40m", 40e6, "USD"),
        ("A$584m", 584e6, "AUD"),
        ("C$5 million", 5e6, "CAD"),
        ("HK$39bn", 39e9, "HKD"),
        ("£600m", 600e6, "GBP"),
        ("350 million euros", 350e6, "EUR"),
        ("6.3 billion pound", 6.3e9, "GBP"),
        ("Rs 500 crore", 5e9, "INR"),
        ("₹12 lakh", 1.2e6, "INR"),
        ("40 mln dlrs", 40e6, "USD"),
        ("37 mln Canadian dlrs", 37e6, "CAD"),
        ("2,178,000 dlrs", 2_178_000, "USD"),
        ("GBP 30 million", 30e6, "GBP"),
        ("RMB 5 billion", 5e9, "CNY"),
        ("10 trillion yen", 10e12, "JPY"),
        ("12 Swiss francs", 12, "CHF"),
        ("close of a$30 billion round", 30e9, "USD"),
    ],
)
def test_amount_is_read_in_units_of_its_currency(text: str, value: float, currency: str) -> None:
    assert [(m.value, m.currency) for _, _, m in find_money(text)] == [(value, currency)]


@pytest.mark.parametrize("text", ["40 jets", "in 2016", "20 pct", "737 MAX", "M3 chip"])
def test_number_without_a_currency_is_no_amount(text: str) -> None:
    assert list(find_money(text)) == []


def test_amounts_come_with_their_characters_in_the_order_of_the_text() -> None:
    text = "fell from $5m to 3 million euros"
    assert [text[start:end] for start, end, _ in find_money(text)] == ["$5m", "3 million euros"]
