"""The trained reader as two spaCy components: one for names, one for deals and relations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.combine import combine
from pipeline.components.names import NAMES
from pipeline.models.bundle import DEFAULT, load_bundle
from pipeline.models.reader import Reader
from schemas.records import Article

for _name in ("article", "claims", "mentions"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class LearnedNames:
    """Sets `doc.spans["names"]` (labelled by kind) and `doc._.mentions`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, doc: Doc) -> Doc:
        doc._.mentions = self._reader.mentions(doc.text)
        spans = [
            doc.char_span(mention.start, mention.end, label=mention.kind, alignment_mode="expand")
            for mention in doc._.mentions
            if mention.kind != "asset"
        ]
        doc.spans[NAMES] = [span for span in spans if span is not None]
        return doc


class LearnedDeals:
    """Sets `doc._.claims`; reads `doc._.mentions`, and joins what rules have already put into `doc._.claims`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, doc: Doc) -> Doc:
        article: Article = doc._.article or Article("doc", "", doc.text)
        read = self._reader.claims(article, self._reader.read(article, doc._.mentions))
        doc._.claims = combine(article, read, doc._.claims) if doc._.claims else read
        return doc


def _reader(model: str | None, threads: int, settings: dict[str, Any]) -> Reader:
    return Reader(load_bundle(Path(model) if model else DEFAULT, threads=threads), settings=settings)


@Language.factory(
    "learned_names",
    assigns=["doc.spans", "doc._.mentions"],
    default_config={"model": None, "threads": 0, "settings": {}},
)
def make_learned_names(
    nlp: Language, name: str, model: str | None, threads: int, settings: dict[str, Any]
) -> LearnedNames:
    """model: path of a model file, or None for the one that ships. settings: override those of the model."""
    return LearnedNames(_reader(model, threads, settings))


@Language.factory(
    "learned_deals",
    requires=["doc._.mentions"],
    assigns=["doc._.claims"],
    default_config={"model": None, "threads": 0, "settings": {}},
)
def make_learned_deals(
    nlp: Language, name: str, model: str | None, threads: int, settings: dict[str, Any]
) -> LearnedDeals:
    """model: path of a model file, or None for the one that ships. settings: override those of the model."""
    return LearnedDeals(_reader(model, threads, settings))
