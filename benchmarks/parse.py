"""How well pages are read: body, title, date and authors against gold, beside plain trafilatura, in one run.

    python benchmarks/parse.py --html DIR --gold FILE

DIR holds `<id>.html` or `<id>.html.gz`. FILE is a JSON object by id: `{"articleBody", "headline", "datePublished",
"author", "url"}`, all but the first optional; that is the form of Zyte's article-extraction-benchmark, whose measure of
the body this is: precision and recall over shingles of four words, each page weighing the same, and F1 of their means.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import trafilatura

from pipeline.errors import ParseError
from pipeline.parse import parse
from pipeline.sites.moments import moment
from schemas.records import Page

SHINGLE = 4
Fields = Mapping[str, Any]
Read = Callable[[str, bytes], Fields]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words, counted; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    runs = [tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1))]
    return Counter(run for run in runs if run)


def overlap(gold: str, found: str) -> tuple[float, float, float]:
    """(right, too much, missed) as shares that add up to one; three zeros for two empty texts.

    >>> overlap("a b c d e", "a b c d f")
    (0.3333333333333333, 0.3333333333333333, 0.3333333333333333)
    """
    wanted, got = shingles(gold), shingles(found)
    right, extra, missed = (sum(counts.values()) for counts in (wanted & got, got - wanted, wanted - got))
    whole = right + extra + missed
    return (right / whole, extra / whole, missed / whole) if whole else (0.0, 0.0, 0.0)


def body_score(parts: Iterable[tuple[float, float, float]]) -> tuple[float, float, float]:
    """(precision, recall, F1) over pages, as the article-extraction benchmark defines them."""
    parts = list(parts)
    precision = fmean([_share(right, extra, missed) for right, extra, missed in parts if right + extra > 0] or [0.0])
    recall = fmean([_share(right, missed, extra) for right, extra, missed in parts if right + missed > 0] or [0.0])
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(right: float, wrong: float, other: float) -> float:
    return right / (right + wrong) if right else 1.0 if wrong == other == 0 else 0.0


def ours(url: str, content: bytes) -> Fields:
    """What our reader makes of a page; nothing where it sets the page aside."""
    try:
        article = parse(Page(url, content, "text/html"))
    except ParseError:
        return {}
    return {
        "articleBody": article.text,
        "headline": article.title,
        "datePublished": article.published_at,
        "author": article.authors,
    }


def plain(url: str, content: bytes) -> Fields:
    """What trafilatura makes of a page by itself, with the options that its authors use in the benchmark."""
    read = trafilatura.bare_extraction(content, url=url, include_comments=False, with_metadata=True)
    if read is None or isinstance(read, dict):
        return {}
    author = tuple(name.strip() for name in (read.author or "").split(";") if name.strip())
    return {"articleBody": read.text or "", "headline": read.title, "datePublished": read.date, "author": author}


def body_only(url: str, content: bytes) -> Fields:
    """The body alone, for a comparison of speed without any other field."""
    return {"articleBody": trafilatura.extract(content, include_comments=False) or ""}


def same(field: str, gold: Any, found: Any) -> bool:
    """Whether a field is right: titles and names by their letters, dates by their day."""
    if field == "datePublished":
        return (moment(str(gold)) or "")[:10] == (str(found) if found else "-")[:10]
    if field == "author":
        wanted = gold if isinstance(gold, list | tuple) else [gold]
        return {_letters(name) for name in wanted} == {_letters(name) for name in found or ()}
    return _letters(gold) == _letters(found)


def _letters(text: Any) -> str:
    return re.sub(r"\W+", "", str(text or "")).casefold()


@dataclass
class Score:
    """Of one reader over all pages. fields: share of right answers where gold has one. seconds: for all pages."""

    body: tuple[float, float, float]
    fields: dict[str, tuple[float, int]]
    seconds: float


def score(read: Read, pages: Mapping[str, tuple[str, bytes]], gold: Mapping[str, Fields]) -> Score:
    """Read all pages with one reader and compare with gold."""
    for url, content in list(pages.values())[:3]:
        read(url, content)
    begin = time.perf_counter()
    found = {name: read(url, content) for name, (url, content) in pages.items()}
    seconds = time.perf_counter() - begin
    parts = [overlap(gold[name].get("articleBody") or "", found[name].get("articleBody") or "") for name in pages]
    fields: dict[str, tuple[float, int]] = {}
    for field in ("headline", "datePublished", "author"):
        right = [same(field, gold[name][field], found[name].get(field)) for name in pages if gold[name].get(field)]
        if right:
            fields[field] = fmean(right), len(right)
    return Score(body_score(parts), fields, seconds)


def load(html: Path, gold: Mapping[str, Fields]) -> dict[str, tuple[str, bytes]]:
    """(address, content) of every page that gold names and the folder holds."""
    pages = {}
    for name, told in sorted(gold.items()):
        packed, plain_file = html / f"{name}.html.gz", html / f"{name}.html"
        if packed.is_file():
            pages[name] = (told.get("url") or f"{name}.html", gzip.decompress(packed.read_bytes()))
        elif plain_file.is_file():
            pages[name] = (told.get("url") or f"{name}.html", plain_file.read_bytes())
    return pages


def main() -> None:
    """Score both readers and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--html", type=Path, required=True, help="folder of <id>.html or <id>.html.gz")
    options.add_argument("--gold", type=Path, required=True, help="JSON object by id")
    options.add_argument("--worst", type=int, default=0, help="also list so many pages whose body is read worst")
    given = options.parse_args()
    gold = json.loads(given.gold.read_text("utf-8"))
    pages = load(given.html, gold)
    if not pages:
        options.error(f"no page of {given.gold} is in {given.html}")
    print(f"{len(pages)} of {len(gold)} pages")
    scores = {name: score(read, pages, gold) for name, read in (("dealgraph", ours), ("trafilatura", plain))}
    print(f"{'':12} precision recall  F1      title  date   author pages/s")
    for name, result in scores.items():
        precision, recall, f1 = result.body
        fields = [result.fields.get(field) for field in ("headline", "datePublished", "author")]
        shown = "  ".join(f"{value[0]:.3f}" if value else "  -  " for value in fields)
        print(f"{name:12} {precision:.3f}     {recall:.3f}   {f1:.4f}  {shown}  {len(pages) / result.seconds:.1f}")
    print(
        f"speed: {scores['trafilatura'].seconds / scores['dealgraph'].seconds:.2f} of trafilatura with its metadata",
        end="",
    )
    print(f", {score(body_only, pages, gold).seconds / scores['dealgraph'].seconds:.2f} of its body alone")
    if given.worst:
        show_worst(pages, gold, given.worst)


def show_worst(pages: Mapping[str, tuple[str, bytes]], gold: Mapping[str, Fields], most: int) -> None:
    """The pages whose body our reader gets most wrong, with what is too much and what is missed."""
    rows = []
    for name, (url, content) in pages.items():
        right, extra, missed = overlap(gold[name].get("articleBody") or "", ours(url, content).get("articleBody") or "")
        rows.append((right, extra, missed, name, url))
    for right, extra, missed, name, url in sorted(rows)[:most]:
        print(f"right {right:.2f}  too much {extra:.2f}  missed {missed:.2f}  {name[:12]}  {url}")


if __name__ == "__main__":
    main()
