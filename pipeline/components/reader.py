"""The trained reader as a spaCy component: names, references and deals of a Doc."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.models.bundle import DEFAULT, load_bundle
from pipeline.models.reader import Reader
from schemas.records import Article

NAMES = "names"

for _name in ("article", "claims"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class ReaderComponent:
    """Sets `doc.spans["names"]` (labelled by kind) and `doc._.claims`; reads `doc._.article`, or the Doc's own text."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, doc: Doc) -> Doc:
        article: Article = doc._.article or Article("doc", "", doc.text)
        reading = self._reader.read(article)
        spans = [
            doc.char_span(mention.start, mention.end, label=mention.kind, alignment_mode="expand")
            for entity in reading.entities
            for mention in entity.mentions
        ]
        doc.spans[NAMES] = [span for span in spans if span is not None]
        doc._.claims = self._reader.claims(article, reading)
        return doc


@Language.factory(
    "news_reader",
    assigns=["doc.spans", "doc._.claims"],
    default_config={"model": None, "threads": 0, "settings": {}},
)
def make_reader(nlp: Language, name: str, model: str | None, threads: int, settings: dict[str, Any]) -> ReaderComponent:
    """model: path of a model file, or None for the one that ships. settings: thresholds that override the model's."""
    bundle = load_bundle(Path(model) if model else DEFAULT, threads=threads)
    return ReaderComponent(Reader(bundle, settings=settings))
