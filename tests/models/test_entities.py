from __future__ import annotations

from dataclasses import replace

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
        pytest.param("[Cog Z9]: [Z9s], [Z9]", "product", ("Cog Z9", "Z9", "Z9s"), id="products of it"),
        pytest.param("[Z9 Falcon]; [Z9]", "product", ("Z9 Falcon", "Z9"), id="product and its nickname"),
        pytest.param(
            "[Falcon rocket]; [Falcon]", "product", ("Falcon rocket", "Falcon"), id="product with plain words"
        ),
        pytest.param("[ACME INC] fell. [Acme] rose", "company", ("Acme", "ACME INC"), id="headline in capitals"),
        pytest.param(
            "[Y Combinator], or [YC]", "company", ("Y Combinator", "YC"), id="an initial that is a small word"
        ),
        pytest.param("[Bolt & Ant]: [B & A]", "company", ("Bolt & Ant", "B & A"), id="acronym with an ampersand"),
        pytest.param("[Acme and Bolt]: [Acme & Bolt]", "company", ("Acme and Bolt", "Acme & Bolt"), id="and"),
        pytest.param("[Acme Horowitz]: [a10z]", "company", ("Acme Horowitz", "a10z"), id="letters counted"),
        pytest.param("[Acme Bolting], or [Acbo]", "company", ("Acme Bolting", "Acbo"), id="beginnings of all words"),
        pytest.param("[Acme AeroWorks]. [Acme Aero]", "company", ("Acme AeroWorks", "Acme Aero"), id="last word cut"),
        pytest.param("[BoltNut] or [Bolt]", "company", ("BoltNut", "Bolt"), id="only word cut"),
        pytest.param("[Bolt-Mart]; [Boltmart]", "company", ("Bolt-Mart", "Boltmart"), id="written in one"),
        pytest.param("[Acme Hotel]. [Acme Hotels]", "company", ("Acme Hotels", "Acme Hotel"), id="singular"),
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
        pytest.param("[A320] and [A320 Falcon 2]", "product", id="a later model"),
        pytest.param("[A350] and [A350 freighter]", "product", id="a variant in plain words"),
        pytest.param("[Bol] and [Bolt]", "company", id="too little of a word"),
        pytest.param("[Acme Horowitz] and [a12z]", "company", id="letters counted wrong"),
        pytest.param("[Acme Bolt] and [Abolt]", "company", id="a single letter and a word"),
        pytest.param("[Snap] and [Snapdeal]", "company", id="a single word cut where no capital follows"),
        pytest.param("[Cog] and its [Cog Energy Co.]", "company", id="a unit with its legal form"),
        pytest.param("[Z9 engines] and [Y9 engines]", "product", id="two of one class"),
        pytest.param("[electric cars] and [electric buses]", "product", id="nothing but plain words"),
    ],
)
def test_names_of_two_stay_apart(written: str, kind: str) -> None:
    assert len(gathered(written, kind)) == 2


def test_a_variant_is_not_called_as_what_it_varies() -> None:
    assert gathered("[A350] and [A350 freighter]", "product") == [("A350",), ("A350 freighter",)]


def test_of_one_and_several_the_name_is_of_one() -> None:
    assert gathered("[Widgets], a [Widget]", "product") == [("Widget", "Widgets")]


def test_a_short_name_of_two_full_ones_joins_neither() -> None:
    assert gathered("[General Cog] and [General Nut]; [General] rose") == [
        ("General Cog",),
        ("General Nut",),
        ("General",),
    ]


def test_a_short_name_joins_through_a_middle_one() -> None:
    assert gathered("[Acme Nut Works], [Acme Nut], [Acme]") == [("Acme Nut Works", "Acme", "Acme Nut")]


@pytest.mark.parametrize(
    ("written", "products"),
    [
        pytest.param(
            "[Cog]: [Z9 Max], [Cog Max], [Max]", [("Cog Max", "Max", "Z9 Max")], id="maker or model before it"
        ),
        pytest.param("[Cog]: [Cog Z9], [Z9 Falcon]", [("Z9 Falcon", "Cog Z9")], id="maker or nickname"),
        pytest.param("[Cog]: [Cog saws], [Cog drills]", [("Cog saws",), ("Cog drills",)], id="all but the maker plain"),
        pytest.param("[Cog]: [Cog Map], [Bolt Map]", [("Cog Map",), ("Bolt Map",)], id="another's product"),
        pytest.param(
            "[Cog], [Ant]: [Cog Map], [Ant Map], [Map]", [("Cog Map",), ("Ant Map",), ("Map",)], id="two makers"
        ),
    ],
)
def test_products_are_compared_without_their_maker(written: str, products: list[tuple[str, ...]]) -> None:
    text, mentions = marked(written, "product")
    makers = text.split(":")[0]
    named = gather([replace(m, kind="company") if m.end <= len(makers) else m for m in mentions], text)
    assert [entity.names for entity in named if entity.kind == "product"] == products


def test_one_name_of_two_kinds_is_two_entities() -> None:
    mentions = [*marked("[Acme] ...")[1], *marked("... [Acme]", "product")[1]]
    assert [entity.kind for entity in gather(mentions)] == ["company", "product"]


def test_other_forms_stand_in_order_of_their_number() -> None:
    assert gathered("[Acme Works] [Acme] [The Acme] [The Acme]") == [("Acme Works", "The Acme", "Acme")]
