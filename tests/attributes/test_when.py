from __future__ import annotations

import pytest

from pipeline.attributes import when
from tests.attributes.passages import passage


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Acme [bought] Bolt in May 2016.", "2016-05"),
        ("Acme said on Tuesday it will [buy] Bolt.", "2016-05-17"),
        ("Acme [bought] Bolt last month.", "2016-04"),
        ("Acme, founded in 1987, [bought] Bolt in 2009.", "2009"),
        ("Acme, founded in 1987, [bought] Bolt.", None),
        ("Acme agreed to [buy] Bolt and expects to close by September.", None),
        ("Acme [bought] Bolt.", None),
    ],
)
def test_date_is_that_of_the_deal(said: str, expected: str | None) -> None:
    assert when(passage(said, day="2016-05-18")) == expected


def test_relative_words_are_no_date_without_the_article_s_day() -> None:
    assert when(passage("Acme [bought] Bolt yesterday.")) is None
