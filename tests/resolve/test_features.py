"""What two names alone say about being one."""

from __future__ import annotations

import pytest

from pipeline.resolve import why
from pipeline.resolve.features import FEATURES, compare


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nokia", "Nokia Oyj"),
        ("The Boeing Company", "Boeing Co."),
        ("Sony Corp", "Sony Group"),
        ("Société Générale", "Societe Generale SA"),
        ("J.P. Morgan", "JPMorgan"),
        ("Wal-Mart", "Walmart"),
        ("Johnson & Johnson", "Johnson and Johnson"),
        ("Amazon.com, Inc.", "Amazon"),
        ("IBM", "International Business Machines Corp."),
        ("AT&T", "American Telephone and Telegraph"),
        ("TSMC", "Taiwan Semiconductor Manufacturing Co"),
        ("HP", "Hewlett-Packard"),
        ("Ford", "Ford Motor Co"),
        ("Samsung", "Samsung Electronics"),
        ("Volkswagon", "Volkswagen"),
        ("FedEx", "Federal Express"),
        ("BofA", "Bank of America"),
        ("Nabisco", "National Biscuit Co"),
    ],
)
def test_one_company_in_two_spellings(a: str, b: str) -> None:
    assert why(a, b).verdict == "same"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nokia Siemens Networks", "Nokia"),
        ("Sony Ericsson", "Sony"),
        ("Google Cloud", "Google"),
        ("Amazon Web Services", "Amazon"),
        ("Vodafone India", "Vodafone"),
        ("Delta Air Lines", "Delta Electronics"),
        ("Tata Motors", "Tata Steel"),
        ("General Motors", "General Mills"),
        ("3M", "3i"),
        ("Microsoft", "Apple"),
        ("Micron", "Micro Networks"),
        ("Intel", "International Paper"),
        ("HP Inc", "HP Enterprise"),
    ],
)
def test_two_companies_that_look_alike(a: str, b: str) -> None:
    assert why(a, b).verdict == "different"


@pytest.mark.parametrize(
    ("a", "b"), [("Juniper Networks", "Juniper"), ("Continental", "Continental Airlines"), ("Disney", "Walt Disney")]
)
def test_names_that_cannot_tell_alone(a: str, b: str) -> None:
    assert why(a, b).verdict == "unsure"


@pytest.mark.parametrize(("a", "b"), [("Nokia", "Nokia Oyj"), ("IBM", "International Business Machines"), ("A", "B")])
def test_the_verdict_does_not_depend_on_which_name_comes_first(a: str, b: str) -> None:
    assert (why(a, b).verdict, why(a, b).score) == (why(b, a).verdict, why(b, a).score)


def test_a_known_company_within_a_name_tells_another_company() -> None:
    found = compare("Acme Bolt Widgets", "Acme", known={"bolt"})
    assert (found.feature, "bolt" in found.says) == ("another company", True)


def test_a_products_short_name_is_not_taken_for_it() -> None:
    assert compare("Galaxy Electronics", "Galaxy", label="Product").feature == "no likeness"


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.__name__)
def test_every_feature_says_what_it_is_for(feature: object) -> None:
    assert feature.__doc__
