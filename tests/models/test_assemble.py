from __future__ import annotations

import numpy as np
import pytest

from pipeline.models.assemble import Assembler, Frame
from pipeline.models.links import Link
from tests.models.parts import NAMES, link, links

BUYS, SELLS, TAKES = "acquisition:buyer:target", "divestiture:seller:target", "divestiture:buyer:target"
FUNDS, FUNDED = "investment:investor:target", "investment:target"
PARTNERS, VENTURE = "partnership:partner:partner", "joint_venture:partner:target"
SUPPLIES, MAKES, ORDERS = "supply:supplier:customer", "supply:supplier:subject", "supply:customer:subject"


def deals(*found: Link, **thresholds: float) -> list[str]:
    """Deals as "acquisition: buyer Acme, target Bolt", sorted."""
    frames = Assembler(links(*found), thresholds).frames()
    return sorted(
        f"{frame.kind}: " + ", ".join(f"{role} {NAMES[entity]}" for role, entity in frame.parties) for frame in frames
    )


@pytest.mark.parametrize(
    ("score", "thresholds", "count"),
    [
        (0.5, {"default": 0.4}, 1),
        (0.5, {"default": 0.6}, 0),
        (0.5, {"default": 0.6, BUYS: 0.4}, 1),
        (0.5, {"default": 0.4, BUYS: 0.6}, 0),
    ],
)
def test_a_link_counts_from_the_threshold_of_its_label(score: float, thresholds: dict[str, float], count: int) -> None:
    assert len(Assembler(links(link(f"Acme {BUYS} Bolt", score)), thresholds).frames()) == count


def test_buyers_named_in_one_sentence_act_jointly() -> None:
    found = deals(link(f"Acme {BUYS} Crest", sentence=1), link(f"Bolt {BUYS} Crest", sentence=1))
    assert found == ["acquisition: buyer Acme, buyer Bolt, target Crest"]


def test_buyers_named_in_two_sentences_are_rivals() -> None:
    found = deals(link(f"Acme {BUYS} Crest", sentence=1), link(f"Bolt {BUYS} Crest", sentence=2))
    assert found == ["acquisition: buyer Acme, target Crest", "acquisition: buyer Bolt, target Crest"]


@pytest.mark.parametrize(
    ("sold", "bought", "deal"),
    [
        pytest.param(3.0, 2.0, "divestiture: seller Acme, target Bolt, buyer Crest", id="seller told better"),
        pytest.param(2.0, 2.0, "divestiture: seller Acme, target Bolt, buyer Crest", id="told alike"),
        pytest.param(2.0, 3.0, "acquisition: buyer Crest, target Bolt", id="buyer told better"),
    ],
)
def test_a_seller_makes_a_sale_of_a_purchase(sold: float, bought: float, deal: str) -> None:
    assert deals(link(f"Acme {SELLS} Bolt", sold), link(f"Crest {BUYS} Bolt", bought)) == [deal]


@pytest.mark.parametrize(
    ("found", "deal"),
    [
        pytest.param([], "seller Acme, target Bolt", id="no buyer"),
        pytest.param([link(f"Crest {TAKES} Bolt")], "seller Acme, target Bolt, buyer Crest", id="buyer of a sale"),
        pytest.param([link(f"Acme {TAKES} Bolt")], "seller Acme, target Bolt", id="the seller itself"),
        pytest.param(
            [link(f"Crest {TAKES} Bolt"), link(f"Crest {BUYS} Bolt", 1)],
            "seller Acme, target Bolt, buyer Crest",
            id="one buyer told in two ways",
        ),
        pytest.param(
            [link(f"Delta {TAKES} Bolt", 1, sentence=1), link(f"Crest {TAKES} Bolt", sentence=2)],
            "seller Acme, target Bolt, buyer Crest",
            id="the likelier of rival bidders",
        ),
        pytest.param([link(f"Crest {SELLS} Bolt", 3.5)], "seller Acme, seller Crest, target Bolt", id="two sellers"),
        pytest.param([link(f"Crest {SELLS} Bolt", 1.5)], "seller Acme, target Bolt", id="a doubtful second seller"),
    ],
)
def test_parties_of_a_sale(found: list[Link], deal: str) -> None:
    assert deals(link(f"Acme {SELLS} Bolt", 4.0), *found) == [f"divestiture: {deal}"]


def test_all_investors_in_one_target_are_one_round() -> None:
    found = deals(link(f"Acme {FUNDS} Crest", sentence=1), link(f"Bolt {FUNDS} Crest", 1.0, sentence=5))
    assert found == ["investment: investor Acme, investor Bolt, target Crest"]


def test_a_target_without_investors_is_a_round_of_its_own() -> None:
    assert deals(link(f"Bolt {FUNDED}")) == ["investment: target Bolt"]


def test_a_target_with_investors_is_not_told_twice() -> None:
    found = deals(link(f"Acme {FUNDS} Bolt"), link(f"Bolt {FUNDED}", 5.0))
    assert found == ["investment: investor Acme, target Bolt"]


def test_both_directions_of_a_bond_are_one_deal() -> None:
    found = deals(link(f"Acme {PARTNERS} Bolt"), link(f"Bolt {PARTNERS} Acme"))
    assert found == ["partnership: partner Acme, partner Bolt"]


def test_three_partners_bound_in_pairs_are_one_deal() -> None:
    found = deals(link(f"Acme {PARTNERS} Bolt"), link(f"Bolt {PARTNERS} Crest"), link(f"Acme {PARTNERS} Crest"))
    assert found == ["partnership: partner Acme, partner Bolt, partner Crest"]


@pytest.mark.parametrize("kind", ["partnership", "merger", "joint_venture"])
def test_two_partners_of_one_stay_apart_where_nothing_binds_them(kind: str) -> None:
    found = deals(link(f"Acme {kind}:partner:partner Bolt"), link(f"Acme {kind}:partner:partner Crest"))
    assert found == [f"{kind}: partner Acme, partner Bolt", f"{kind}: partner Acme, partner Crest"]


def test_bonds_of_three_sentences_are_three_deals() -> None:
    pairs = [("Acme", "Bolt"), ("Bolt", "Crest"), ("Acme", "Crest")]
    assert len(deals(*(link(f"{a} {PARTNERS} {b}", sentence=n) for n, (a, b) in enumerate(pairs)))) == 3


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            [link("Acme joint_venture:partner:partner Bolt"), link(f"Acme {VENTURE} Crest")],
            ["joint_venture: partner Acme, partner Bolt, target Crest"],
            id="partners bound to each other and one to the venture",
        ),
        pytest.param(
            [link(f"Acme {VENTURE} Crest"), link(f"Bolt {VENTURE} Crest")],
            ["joint_venture: partner Acme, partner Bolt, target Crest"],
            id="partners bound by the venture alone",
        ),
        pytest.param([link(f"Acme {VENTURE} Crest")], [], id="one partner"),
        pytest.param(
            [link("Acme joint_venture:partner:partner Bolt"), link(f"Acme {VENTURE} Bolt")],
            ["joint_venture: partner Acme, partner Bolt"],
            id="a partner is not the venture",
        ),
    ],
)
def test_a_joint_venture_belongs_to_its_partners(found: list[Link], expected: list[str]) -> None:
    assert deals(*found) == expected


def test_each_pair_has_a_contract() -> None:
    found = deals(link(f"Acme {SUPPLIES} Bolt"), link(f"Acme {SUPPLIES} Crest"))
    assert found == ["supply: supplier Acme, customer Bolt", "supply: supplier Acme, customer Crest"]


@pytest.mark.parametrize(
    ("found", "subject"),
    [
        pytest.param([], "", id="nothing"),
        pytest.param(
            [link(f"Acme {MAKES} Widget"), link(f"Bolt {ORDERS} Widget")], ", subject Widget", id="told of both"
        ),
        pytest.param([link(f"Acme {MAKES} Widget")], "", id="told of one"),
        pytest.param([link(f"Acme {MAKES} Widget"), link(f"Crest {ORDERS} Widget")], "", id="told of a stranger"),
        pytest.param([link(f"Acme {MAKES} Bolt"), link(f"Bolt {ORDERS} Bolt")], "", id="a party"),
        pytest.param(
            [link(f"{who} Widget", 1.0) for who in (f"Acme {MAKES}", f"Bolt {ORDERS}")]
            + [link(f"{who} Gadget", 3.0) for who in (f"Acme {MAKES}", f"Bolt {ORDERS}")],
            ", subject Gadget",
            id="the likeliest alone",
        ),
    ],
)
def test_a_contract_has_the_subject_that_both_sides_point_to(found: list[Link], subject: str) -> None:
    assert deals(link(f"Acme {SUPPLIES} Bolt"), *found) == [f"supply: supplier Acme, customer Bolt{subject}"]


def test_a_deal_stands_where_its_strongest_link_stands() -> None:
    found = [link(f"Acme {BUYS} Bolt", 1.0, sentence=1), link(f"Crest {BUYS} Bolt", 3.0, sentence=2)]
    frame = Frame("acquisition", [], found)
    assert (frame.score, frame.sentence) == (3.0, found[1].sentence)


def test_the_status_of_a_deal_leans_to_its_stronger_links() -> None:
    weak = link(f"Acme {BUYS} Bolt", -2.0, status=np.array([1.0, 0, 0, 0]))
    strong = link(f"Acme {BUYS} Crest", 2.0, status=np.array([0, 0, 1.0, 0]))
    status = Frame("acquisition", [], [weak, strong]).status
    assert status.argmax() == 2
    assert status.sum() == pytest.approx(1.0)
