from __future__ import annotations

import pytest

from pipeline.models.assets import asset_phrases


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        pytest.param("Acme sold its phone business.", ["phone business"], id="after a possessive"),
        pytest.param("Acme sold its phone business unit", ["phone business unit"], id="ends with the last head"),
        pytest.param("bought a 12% stake in its stores", ["12% stake"], id="a head alone is no phrase"),
        pytest.param("30 new jets, spare engines and more", ["30 new jets", "spare engines"], id="a list"),
        pytest.param("“old mines”", ["“old mines"], id="closing quotes come off"),
        pytest.param("phone business, unit", ["phone business"], id="heads in a list"),
        pytest.param(
            "very big old slow grey twin prop jets", ["big old slow grey twin prop jets"], id="six words more"
        ),
        pytest.param("Acme uses the other's patents, not the other’s new chips", ["new chips"], id="after the other's"),
        pytest.param("Acme rose", [], id="no head"),
        pytest.param("", [], id="no text"),
    ],
)
def test_phrases_that_can_change_hands(text: str, phrases: list[str]) -> None:
    assert [text[start:end] for start, end in asset_phrases(text)] == phrases
