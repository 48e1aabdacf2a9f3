from __future__ import annotations

import pytest

from tests.components.docs import deals


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("Acme/nsubj/bought bought/ROOT Bolt/dobj/bought", id="active"),
        pytest.param("Bolt/nsubjpass/bought was/auxpass/bought bought/ROOT by/agent/bought Acme/pobj/by", id="passive"),
        pytest.param("Acme/nsubj/agreed agreed/ROOT to/aux/buy buy/xcomp/agreed Bolt/dobj/buy", id="control"),
        pytest.param(
            "Acme/nsubj/said said/ROOT it/nsubj/buy will/aux/buy buy/ccomp/said Bolt/dobj/buy", id="reported speech"
        ),
        pytest.param(
            "Acme/nsubj/grew ,/punct/Acme which/nsubj/bought bought/relcl/Acme Bolt/dobj/bought ,~2/punct/Acme grew/ROOT",
            id="relative clause",
        ),
        pytest.param(
            "Bolt/nsubj/grew ,/punct/Bolt acquired/acl/Bolt by/agent/acquired Acme/pobj/by ,~2/punct/Bolt grew/ROOT",
            id="participle",
        ),
        pytest.param(
            "the/det/acquisition acquisition/nsubj/grew of/prep/acquisition Bolt/pobj/of by/prep/acquisition "
            "Acme/pobj/by grew/ROOT",
            id="noun with of and by",
        ),
        pytest.param(
            "Acme/nsubj/completed completed/ROOT its/poss/acquisition acquisition/dobj/completed of/prep/acquisition "
            "Bolt/pobj/of",
            id="noun carried by a verb",
        ),
        pytest.param(
            "Acme/nsubj/bought bought/ROOT control/dobj/bought of/prep/control Bolt/pobj/of", id="control of a company"
        ),
    ],
)
def test_acme_buys_bolt_however_it_is_said(written: str) -> None:
    assert deals(written) == [("acquisition", {"buyer": ["Acme"], "target": ["Bolt"]})]


@pytest.mark.parametrize(
    ("written", "kind", "roles"),
    [
        (
            "Acme/nsubj/sold sold/ROOT Bolt/dobj/sold to/prep/sold Crest/pobj/to",
            "divestiture",
            {"seller": ["Acme"], "target": ["Bolt"], "buyer": ["Crest"]},
        ),
        (
            "Crest/nsubj/bought bought/ROOT Bolt/dobj/bought from/prep/bought Acme/pobj/from",
            "divestiture",
            {"seller": ["Acme"], "target": ["Bolt"], "buyer": ["Crest"]},
        ),
        ("Acme/nsubj/merged merged/ROOT with/prep/merged Bolt/pobj/with", "merger", {"partner": ["Acme", "Bolt"]}),
        (
            "Acme/nsubj/partnered partnered/ROOT with/prep/partnered Bolt/pobj/with and/cc/Bolt Crest/conj/Bolt",
            "partnership",
            {"partner": ["Acme", "Bolt", "Crest"]},
        ),
        (
            "joint/amod/venture venture/ROOT between/prep/venture Acme/pobj/between and/cc/Acme Bolt/conj/Acme",
            "joint_venture",
            {"partner": ["Acme", "Bolt"]},
        ),
        (
            "Acme/nsubj/licensed licensed/ROOT patents/dobj/licensed to/prep/licensed Bolt/pobj/to",
            "licensing",
            {"licensor": ["Acme"], "licensee": ["Bolt"]},
        ),
        (
            "Acme/nsubj/licensed licensed/ROOT out/prt/licensed patents/dobj/licensed to/prep/licensed Bolt/pobj/to",
            "licensing",
            {"licensor": ["Acme"], "licensee": ["Bolt"]},
        ),
        (
            "Acme/nsubj/struck struck/ROOT a/det/deal licensing/compound/deal deal/dobj/struck with/prep/deal Bolt/pobj/with",
            "licensing",
            {"licensor": ["Acme"], "licensee": ["Bolt"]},
        ),
        (
            "Acme/nsubj/signed signed/ROOT a/det/deal licensing/compound/deal deal/dobj/signed with/prep/signed Bolt/pobj/with",
            "licensing",
            {"licensor": ["Acme"], "licensee": ["Bolt"]},
        ),
        (
            "joint/amod/venture -/punct/venture venture/ROOT between/prep/venture Acme/pobj/between and/cc/Acme Bolt/conj/Acme",
            "joint_venture",
            {"partner": ["Acme", "Bolt"]},
        ),
        (
            "Acme/nsubj/granted granted/ROOT Bolt/dative/granted a/det/licence licence/dobj/granted",
            "licensing",
            {"licensor": ["Acme"], "licensee": ["Bolt"]},
        ),
        (
            "a/det/up tie/compound/up -/punct/up up/ROOT between/prep/up Acme/pobj/between and/cc/Acme Bolt/conj/Acme",
            "partnership",
            {"partner": ["Acme", "Bolt"]},
        ),
        (
            "Acme/nsubj/invested invested/ROOT in/prep/invested Bolt/pobj/in",
            "investment",
            {"investor": ["Acme"], "target": ["Bolt"]},
        ),
        (
            "Acme/nsubj/won won/ROOT an/det/order order/dobj/won from/prep/order Bolt/pobj/from",
            "supply",
            {"supplier": ["Acme"], "customer": ["Bolt"]},
        ),
        (
            "Acme/nsubj/ordered ordered/ROOT 20/nummod/jets Bolt/nmod/jets jets/dobj/ordered",
            "supply",
            {"customer": ["Acme"], "supplier": ["Bolt"]},
        ),
        (
            "Acme/nsubj/bought bought/ROOT 20/nummod/jets Bolt/nmod/jets jets/dobj/bought",
            "supply",
            {"customer": ["Acme"], "supplier": ["Bolt"]},
        ),
    ],
)
def test_each_kind_of_deal_fills_its_roles(written: str, kind: str, roles: dict[str, list[str]]) -> None:
    (deal,) = deals(written)
    assert deal[0] == kind
    assert {role: sorted(names) for role, names in deal[1].items()} == {r: sorted(n) for r, n in roles.items()}


def test_a_unit_without_a_name_is_told_by_its_phrase_and_its_owner() -> None:
    written = "Acme/nsubj/sold sold/ROOT its/poss/business handset/compound/business business/dobj/sold to/prep/sold Bolt/pobj/to"
    assert deals(written) == [
        ("divestiture", {"seller": ["Acme"], "target": ["Acme's handset business"], "buyer": ["Bolt"]})
    ]


@pytest.mark.parametrize(
    "written",
    [
        "Acme/nsubj/hired hired/ROOT Bolt/dobj/hired",
        "Acme/nsubj/bought bought/ROOT shares/dobj/bought",
        "Acme/nsubj/sells sells/ROOT phones/dobj/sells",
        "Acme/nsubj/holds holds/ROOT a/det/stake stake/dobj/holds in/prep/stake Bolt/pobj/in",
        "Acme/nsubj/raised raised/ROOT prices/dobj/raised",
        "Acme/nsubj/struck struck/ROOT a/det/deal deal/dobj/struck with/prep/deal Bolt/pobj/with",
    ],
)
def test_what_is_no_deal_yields_none(written: str) -> None:
    assert deals(written) == []


def test_minority_stake_is_an_investment_and_a_majority_an_acquisition() -> None:
    stake = "Acme/nsubj/bought bought/ROOT a/det/stake {}/amod/stake stake/dobj/bought in/prep/stake Bolt/pobj/in"
    assert deals(stake.format("small")) == [("investment", {"investor": ["Acme"], "target": ["Bolt"]})]
    assert deals(stake.format("controlling")) == [("acquisition", {"buyer": ["Acme"], "target": ["Bolt"]})]


def test_each_side_of_a_cross_licence_gives_and_takes() -> None:
    written = (
        "Acme/nsubj/signed and/cc/Acme Bolt/conj/Acme signed/ROOT a/det/agreement "
        "cross-licence/compound/agreement agreement/dobj/signed"
    )
    both = ["Acme", "Bolt"]
    assert deals(written) == [("licensing", {"licensor": both, "licensee": both})]


def test_a_noun_under_the_verb_that_tells_its_deal_tells_no_other() -> None:
    written = (
        "Acme/nsubj/supply will/aux/supply supply/ROOT Bolt/dobj/supply to/prep/supply Crest/pobj/to "
        "under/prep/supply a/det/contract contract/pobj/under"
    )
    assert [kind for kind, _ in deals(written)] == ["supply"]


def test_a_noun_beside_a_verb_of_its_kind_tells_another_deal() -> None:
    written = (
        "Acme/nsubj/bought bought/ROOT Bolt/dobj/bought after/prep/bought its/poss/takeover takeover/pobj/after "
        "of/prep/takeover Crest/pobj/of"
    )
    assert [roles["target"] for _, roles in deals(written)] == [["Bolt"], ["Crest"]]


def test_what_will_not_be_done_is_no_deal() -> None:
    assert deals("Acme/nsubj/buy will/aux/buy not/neg/buy buy/ROOT Bolt/dobj/buy") == []


def test_two_sentences_tell_one_deal() -> None:
    written = (
        "Acme/nsubj/agreed agreed/ROOT to/aux/buy buy/xcomp/agreed Bolt/dobj/buy | "
        "the/det/acquisition acquisition/nsubj/grew of/prep/acquisition Bolt/pobj/of by/prep/acquisition Acme/pobj/by grew/ROOT"
    )
    assert deals(written) == [("acquisition", {"buyer": ["Acme"], "target": ["Bolt"]})]


def test_who_takes_part_in_a_round_is_told_of_the_round_before() -> None:
    written = (
        "Acme/nsubj/invested invested/ROOT in/prep/invested Bolt/pobj/in | "
        "Acme/nsubj/invested invested/ROOT in/prep/invested Crest/pobj/in | "
        "participation/nsubj/grew from/prep/participation Delta/pobj/from grew/ROOT"
    )
    assert [sorted(roles["investor"]) for _, roles in deals(written)] == [["Acme"], ["Acme", "Delta"]]


def test_rival_bidders_are_one_deal_each() -> None:
    written = "Acme/nsubj/bought bought/ROOT Bolt/dobj/bought | Crest/nsubj/bought bought/ROOT Bolt/dobj/bought"
    assert [roles["buyer"] for _, roles in deals(written)] == [["Acme"], ["Crest"]]
