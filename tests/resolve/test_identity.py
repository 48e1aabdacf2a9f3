"""Who is who, from what articles list as one, keep apart, and what a person judged."""

from __future__ import annotations

import pytest

from pipeline.errors import Conflict
from pipeline.resolve import resolve, why
from schemas.records import Judgement
from tests.resolve.world import article, companies, deal, relation

one = frozenset


def test_forms_that_an_article_lists_as_one_are_one_company() -> None:
    assert companies(article("a", names=[("Meta Platforms", "Facebook")]), article("b", names=["Facebook"])) == {
        one({"Meta Platforms", "Facebook"})
    }


def test_listing_reaches_across_articles() -> None:
    told = [article("a", names=[("Meta Platforms", "Meta")]), article("b", names=[("Facebook", "Meta")])]
    assert companies(*told) == {one({"Meta Platforms", "Meta", "Facebook"})}


def test_an_article_that_keeps_two_names_apart_outweighs_one_that_lists_them_as_one() -> None:
    told = [article("a", names=[("Airbus", "Boeing")]), article("b", names=["Airbus", "Boeing"])]
    assert companies(*told) == {one({"Airbus"}), one({"Boeing"})}


def test_most_articles_decide_when_they_disagree() -> None:
    told = [article(f"a{n}", names=[("General Electric", "GE")]) for n in range(3)]
    told.append(article("b", names=["General Electric", "GE"]))
    assert companies(*told) == {one({"General Electric", "GE"})}


def test_a_short_form_goes_to_no_one_when_two_companies_share_it() -> None:
    told = [
        article("a", names=[("Delta Air Lines", "Delta")]),
        article("b", names=[("Delta Electronics", "Delta")]),
        article("c", names=["Delta"]),
    ]
    assert companies(*told) == {one({"Delta Air Lines"}), one({"Delta Electronics"}), one({"Delta"})}


def test_a_short_form_goes_to_the_company_that_most_articles_mean() -> None:
    told = [article(f"a{n}", names=[("Delta Air Lines", "Delta")]) for n in range(3)]
    told += [article("b", names=[("Delta Electronics", "Delta")]), article("c", names=["Delta"])]
    assert companies(*told) == {one({"Delta Air Lines", "Delta"}), one({"Delta Electronics"})}


def test_an_acronym_given_to_one_company_is_not_given_to_another() -> None:
    told = [
        article("a", names=[("Base Case Capital", "BCC")]),
        article("b", names=["Boeing Capital Corp"]),
        article("c", names=["BCC"]),
    ]
    assert one({"Boeing Capital Corp"}) in companies(*told)


@pytest.mark.parametrize(
    ("full", "short"),
    [("International Business Machines", "IBM"), ("Ford Motor", "Ford"), ("Hewlett Packard", "Hewlett-Packard")],
)
def test_names_alone_suffice_where_nothing_speaks_against_them(full: str, short: str) -> None:
    assert companies(article("a", names=[full]), article("b", names=[short])) == {one({full, short})}


def test_a_house_name_shared_by_several_companies_is_none_of_them() -> None:
    told = [
        article("a", names=["Samsung Electronics"]),
        article("b", names=["Samsung SDI"]),
        article("c", names=["Samsung"]),
    ]
    assert companies(*told) == {one({"Samsung Electronics"}), one({"Samsung SDI"}), one({"Samsung"})}


def test_a_subsidiary_is_not_its_parent_even_where_one_article_lists_them_as_one() -> None:
    told = [article("a", names=[("Nokia Siemens Networks", "Nokia")]), article("b", names=["Siemens", "Nokia"])]
    assert companies(*told) == {one({"Nokia Siemens Networks"}), one({"Nokia"}), one({"Siemens"})}


def test_descriptions_mean_something_else_in_each_article() -> None:
    told = [article("a", names=[("Acme", "chip maker")]), article("b", names=[("Bolt", "chip maker")])]
    assert companies(*told) == {one({"Acme"}), one({"Bolt"})}


def test_a_company_and_a_product_of_one_name_stay_two() -> None:
    found = resolve([article("a", names=["LinkedIn"], products=["LinkedIn"])]).entities
    assert sorted(entity.label for entity in found) == ["Company", "Product"]


def test_a_company_is_bought_as_a_company_whatever_the_article_took_it_for() -> None:
    told = [article("a", names=["LinkedIn"]), article("b", deal(buyer="Microsoft", target="product:LinkedIn"))]
    assert {entity.label for entity in resolve(told).entities} == {"Company"}


def test_an_entity_keeps_its_id_when_later_news_names_it_otherwise() -> None:
    first = article("a", names=["Facebook"], on="2012-01-01")
    later = [article(f"b{n}", names=[("Meta Platforms", "Facebook")], on="2022-01-01") for n in range(3)]
    (before,), (after,) = resolve([first]).entities, resolve([first, *later]).entities
    assert (before.id, before.name, after.name) == (after.id, "Facebook", "Meta Platforms")


def test_a_company_is_called_what_most_articles_call_it_without_legal_form_if_that_is_as_common() -> None:
    (entity,) = resolve([article("a", names=[("Nokia Corporation", "Nokia")])]).entities
    assert (entity.name, entity.aliases) == ("Nokia", ("Nokia Corporation",))


def test_a_company_is_seen_from_its_first_to_its_last_article() -> None:
    told = [article("a", names=["Nokia"], on="2013-09-03"), article("b", names=["Nokia"], on="2016-05-18T09:00:00Z")]
    (entity,) = resolve(told).entities
    assert entity.properties == {"first_seen": "2013-09-03", "last_seen": "2016-05-18"}


def test_judged_the_same_outweighs_articles() -> None:
    told = [article(f"a{n}", names=["Facebook", "Meta"]) for n in range(3)]
    assert companies(*told, judgements=[Judgement("same", "Meta", "Facebook")]) == {one({"Facebook", "Meta"})}


def test_judged_different_outweighs_articles() -> None:
    told = [article(f"a{n}", names=[("Facebook", "Meta")]) for n in range(3)] + [article("b", names=["Meta"])]
    assert companies(*told, judgements=[Judgement("different", "Meta", "Facebook")]) == {
        one({"Facebook"}),
        one({"Meta"}),
    }


def test_judged_the_same_is_transitive() -> None:
    words = [Judgement("same", "A1", "B1"), Judgement("same", "B1", "C1")]
    assert companies(article("a", names=["A1", "C1"]), judgements=words) == {one({"A1", "C1"})}


def test_judged_different_blocks_whole_clusters() -> None:
    told = [article("a", names=[("Acme", "Zeta")]), article("b", names=[("Bolt", "Zeta")])]
    words = [Judgement("different", "Acme", "Bolt")]
    assert not any({"Acme", "Bolt"} <= names for names in companies(*told, judgements=words))


def test_a_judgement_divides_names_that_differ_only_in_legal_form() -> None:
    told = [article("a", names=["Merck & Co"]), article("b", names=["Merck KGaA"])]
    assert companies(*told) == {one({"Merck & Co", "Merck KGaA"})}
    words = [Judgement("different", "Merck & Co", "Merck KGaA")]
    assert companies(*told, judgements=words) == {one({"Merck & Co"}), one({"Merck KGaA"})}


@pytest.mark.parametrize("a", ["Acme", "Acme Inc"])
def test_a_no_outlives_a_later_yes(a: str) -> None:
    words = [
        Judgement("same", "Acme", "Bolt"),
        Judgement("different", "Bolt", "Cord"),
        Judgement("same", a, "Cord"),
    ]
    with pytest.raises(Conflict):
        resolve([article("a", names=["Acme"])], words)


def test_withdrawing_a_judgement_undoes_it() -> None:
    told = [article("a", names=["Facebook"]), article("b", names=["Meta"])]
    resolve(told, [Judgement("same", "Meta", "Facebook")])
    assert companies(*told) == {one({"Facebook"}), one({"Meta"})}


def test_why_tells_how_many_articles_list_two_names_as_one() -> None:
    held = resolve([article("a", names=[("Meta Platforms", "Facebook")])])
    verdict = why("Facebook", "Meta Platforms", resolution=held)
    assert (verdict.verdict, "1 article list" in verdict.reasons[0]) == ("same", True)


def test_why_follows_the_chain_from_name_to_name() -> None:
    held = resolve([article("a", names=[("Meta Platforms", "Meta")]), article("b", names=[("Facebook", "Meta")])])
    assert len(why("Facebook", "Meta Platforms", resolution=held).reasons) == 2


def test_why_tells_of_articles_that_name_both_as_two() -> None:
    held = resolve([article("a", names=["Nokia", "Nokia Technologies"])])
    verdict = why("Nokia", "Nokia Technologies", resolution=held)
    assert (verdict.verdict, "both as two" in verdict.reasons[-1]) == ("different", True)


def test_why_knows_a_judgement() -> None:
    held = resolve([article("a", names=["Meta"])], [Judgement("different", "Facebook", "Meta")])
    assert why("Meta", "Facebook", resolution=held).reasons == ("judged different: “Facebook” and “Meta”",)


def test_a_relation_between_one_and_the_same_is_none() -> None:
    assert resolve([article("a", relation("SUBSIDIARY_OF", "Nokia Oyj", "Nokia"))]).relations == ()
