"""The trained reader as spaCy components: it reads beside the parser, then gives its names, then its deals."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.names import NAMES
from pipeline.models.bundle import DEFAULT, load_bundle
from pipeline.models.reader import Reader
from schemas.records import Article

for _name in ("article", "claims", "reading"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class LearnedReading:
    """Sets `doc._.reading` to a future: the reader needs the text alone, so it works while the parser does.

    ahead: how many docs of a stream are begun before the first is handed on.
    """

    def __init__(self, reader: Reader, *, threads: int, ahead: int) -> None:
        self._reader = reader
        self._ahead = ahead
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    def __call__(self, doc: Doc) -> Doc:
        doc._.reading = self._pool.submit(self._reader.read, doc._.article or Article("doc", "", doc.text), doc.text)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        begun: deque[Doc] = deque()
        for doc in stream:
            begun.append(self(doc))
            if len(begun) > self._ahead:
                yield begun.popleft()
        yield from begun


class LearnedNames:
    """Sets `doc.spans["names"]` (labelled by kind) from `doc._.reading`."""

    def __call__(self, doc: Doc) -> Doc:
        spans = [
            doc.char_span(mention.start, mention.end, label=entity.kind, alignment_mode="expand")
            for entity in doc._.reading.result().entities
            for mention in entity.mentions
            if entity.kind != "asset"
        ]
        doc.spans[NAMES] = sorted(span for span in spans if span is not None)
        return doc


class LearnedDeals:
    """Sets `doc._.claims` from `doc._.reading`; what rules have already put there counts as evidence."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, doc: Doc) -> Doc:
        article: Article = doc._.article or Article("doc", "", doc.text)
        doc._.claims = self._reader.claims(article, doc._.reading.result(), doc._.claims)
        return doc


@cache
def _reader(model: str | None) -> Reader:
    # One thread a text: texts side by side keep the cores busier than the parts of one.
    return Reader(load_bundle(Path(model) if model else DEFAULT, threads=1))


@Language.factory(
    "learned_reading", assigns=["doc._.reading"], default_config={"model": None, "threads": 0, "ahead": 16}
)
def make_learned_reading(nlp: Language, name: str, model: str | None, threads: int, ahead: int) -> LearnedReading:
    """model: path of a model file, or None for the one that ships. threads: texts read at a time; 0: one a core."""
    return LearnedReading(_reader(model), threads=threads or os.cpu_count() or 1, ahead=ahead)


@Language.factory("learned_names", requires=["doc._.reading"], assigns=["doc.spans"])
def make_learned_names(nlp: Language, name: str) -> LearnedNames:
    return LearnedNames()


@Language.factory("learned_deals", requires=["doc._.reading"], assigns=["doc._.claims"], default_config={"model": None})
def make_learned_deals(nlp: Language, name: str, model: str | None) -> LearnedDeals:
    """model: as for `learned_reading`."""
    return LearnedDeals(_reader(model))
