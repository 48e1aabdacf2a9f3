from __future__ import annotations

import pytest

from pipeline.errors import SettingsError
from pipeline.extract import Extractor, claims_json, load_extractor
from schemas.records import Article

STORY = Article(
    "story",
    "ACME CORP SELLS PHONE UNIT",
    "Acme Corp said on Tuesday it has agreed to sell its phone unit to Bolt Inc for $350 million. "
    "Bolt Inc, a subsidiary of Crest Holdings Ltd, competes with Delta Phones Ltd.",
    published_at="2016-05-18",
)


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return load_extractor(rules=True)


def test_story_yields_its_deal_with_all_its_terms(rules: Extractor) -> None:
    (deal,) = rules(STORY).deals
    assert (deal.kind, deal.status, deal.date) == ("divestiture", "announced", "2016-05-17")
    assert {(party.role, party.names[0]) for party in deal.parties} == {
        ("seller", "Acme Corp"),
        ("buyer", "Bolt Inc"),
        ("target", "Acme Corp's phone unit"),
    }
    assert deal.amount is not None
    assert (deal.amount.value, deal.amount.currency) == (350e6, "USD")


def test_story_yields_its_standing_facts(rules: Extractor) -> None:
    told = {(r.type, r.subject[0], r.object[0]) for r in rules(STORY).relations}
    assert told == {
        ("SUBSIDIARY_OF", "Bolt Inc", "Crest Holdings Ltd"),
        ("COMPETES_WITH", "Bolt Inc", "Delta Phones Ltd"),
    }


def test_evidence_stands_in_the_article_where_it_says(rules: Extractor) -> None:
    claims = rules(STORY)
    for claim in (*claims.deals, *claims.relations):
        place = claim.evidence
        assert STORY.content[place.start : place.end] == place.sentence
        assert 0 < claim.confidence <= 1


@pytest.mark.parametrize("text", ["", "   \n\n ", "!!!", "日本語の記事です。", "a" * 5000])
def test_text_without_news_yields_no_claims(rules: Extractor, text: str) -> None:
    claims = rules(Article("odd", "", text))
    assert (claims.article_id, claims.deals, claims.relations) == ("odd", (), ())


def test_many_articles_are_read_in_their_order(rules: Extractor) -> None:
    articles = [Article(str(n), "", f"Acme Corp bought Bolt{n} Inc.") for n in range(40)]
    assert [claims.article_id for claims in rules.many(articles)] == [str(n) for n in range(40)]


def test_claims_are_written_in_the_form_of_the_guidelines(rules: Extractor) -> None:
    (deal,) = claims_json(rules(STORY))["deals"]
    assert set(deal) == {
        "type", "status", "parties", "amount", "stake_percent", "date", "evidence", "start", "end", "confidence",
    }  # fmt: skip


def test_a_base_model_that_is_not_installed_is_named_with_a_remedy() -> None:
    with pytest.raises(SettingsError, match="en_core_web_none: is not an installed spaCy model"):
        load_extractor(base_model="en_core_web_none", rules=True)
