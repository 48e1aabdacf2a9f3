from __future__ import annotations

import pytest

from pipeline.models.entities import gather, key
from tests.models.parts import marked


def gathered(written: str, kind: str = "company") -> list[tuple[str, ...]]:
    text, mentions = marked(written, kind)
    return [entity.names for entity in gather(mentions, text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Holdings Ltd.", "acme"),
        ("The Acme Company", "Acme's"),
        ("A.P. Moller", "AP Moller"),
        ("Coca-Cola", "Coca Cola"),
        ("737s", "737"),
    ],
)
def test_forms_that_differ_in_trimmings_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("written", "kind", "names"),
    [
        pytest.param("[Acme Inc.] grew. [Acme] paid", "company", ("Acme Inc.", "Acme"), id="legal suffix"),
        pytest.param("[Acme Bolt Works] and [ABW]", "company", ("Acme Bolt Works", "ABW"), id="acronym"),
        pytest.param("[Bank of Bolt] or [BB]", "company", ("Bank of Bolt", "BB"), id="acronym without small words"),
        pytest.param("[Bolt Metal] ([BMTX])", "company", ("Bolt Metal", "BMTX"), id="ticker in brackets"),
        pytest.param("[Acme Bolt Works], [Acme]", "company", ("Acme Bolt Works", "Acme"), id="first words"),
        pytest.param("[Walt Disney], [Disney]", "company", ("Walt Disney", "Disney"), id="last word"),
        pytest.param("[Cog Systems]. [Cog]", "company", ("Cog Systems", "Cog"), id="full name before the short one"),
        pytest.param("[Ann Cook]. [Cook]", "person", ("Ann Cook", "Cook"), id="family name"),
        pytest.param("[A320]: [A320 jets]", "product", ("A320 jets", "A320"), id="product and its class"),
        pytest.param("[Cog Z9]: [Z9]", "product", ("Cog Z9", "Z9"), id="product without its maker"),
        pytest.param("[ACME INC] fell. [Acme] rose", "company", ("Acme", "ACME INC"), id="headline in capitals"),
    ],
)
def test_forms_of_one_name_gather_fullest_first(written: str, kind: str, names: tuple[str, ...]) -> None:
    assert gathered(written, kind) == [names]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        pytest.param("[Cog] and its unit [Cog Defense]", "company", id="a unit of its parent"),
        pytest.param("[Bolt Metal] and [BMTX]", "company", id="a ticker that nothing explains"),
        pytest.param("[Bolt Metal] (see [BMTX])", "company", id="brackets that hold more than the ticker"),
        pytest.param("[Dell] sold to [New Ore Dell]", "company", id="last word of a much longer name"),
        pytest.param("[Oil] and [Shell Oil]", "company", id="a last word too short to be a name"),
        pytest.param("[Ann] met [Ann Cook]", "person", id="given name"),
        pytest.param("[A320] and [A320 Neo]", "product", id="another model"),
    ],
)
def test_names_of_two_stay_apart(written: str, kind: str) -> None:
    assert len(gathered(written, kind)) == 2


def test_a_short_name_of_two_full_ones_joins_neither() -> None:
    assert gathered("[General Cog] and [General Nut]; [General] rose") == [
        ("General Cog",),
        ("General Nut",),
        ("General",),
    ]


def test_a_short_name_joins_through_a_middle_one() -> None:
    assert gathered("[Acme Nut Works], [Acme Nut], [Acme]") == [("Acme Nut Works", "Acme", "Acme Nut")]


def test_one_name_of_two_kinds_is_two_entities() -> None:
    mentions = [*marked("[Acme] ...")[1], *marked("... [Acme]", "product")[1]]
    assert [entity.kind for entity in gather(mentions)] == ["company", "product"]


def test_other_forms_stand_in_order_of_their_number() -> None:
    assert gathered("[Acme Works] [Acme] [The Acme] [The Acme]") == [("Acme Works", "The Acme", "Acme")]
