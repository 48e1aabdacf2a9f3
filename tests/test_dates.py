from __future__ import annotations

import pytest

from pipeline.dates import find_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on May 14, 2016", "2016-05-14"),
        ("on 14 May 2016", "2016-05-14"),
        ("in May 2016", "2016-05"),
        ("in 2016", "2016"),
        ("yesterday", "2016-05-17"),
        ("today", "2016-05-18"),
        ("on Tuesday", "2016-05-17"),
        ("last Friday", "2016-05-13"),
        ("last month", "2016-04"),
        ("last year", "2015"),
        ("two years ago", "2014"),
        ("three months ago", "2016-02"),
        ("March 3", "2016-03-03"),
        ("in December", "2015-12"),
        ("by December", "2016-12"),
        ("last fall", "2015"),
        ("last winter", "2016"),
    ],
)
def test_date_is_as_precise_as_it_is_told(text: str, expected: str) -> None:
    assert [day for _, _, day in find_dates(text, "2016-05-18")] == [expected]


@pytest.mark.parametrize("text", ["yesterday", "last month", "two years ago", "on Tuesday", "March 3", "in December"])
def test_relative_words_need_the_article_s_day(text: str) -> None:
    assert list(find_dates(text, None)) == []


@pytest.mark.parametrize("text", ["it may sell", "they march on", "787-9", "20000 jets"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert list(find_dates(text, None)) == []
