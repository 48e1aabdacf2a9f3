"""Page -> Article. A page that is no article is refused with its reason; nothing is guessed.

The readers are the classes of `pipeline.sites`: one a site, and a general one for all others.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from pipeline.addresses import article_id, is_address
from pipeline.characters import decode
from pipeline.errors import ParseError
from pipeline.sites import reader_for
from pipeline.sites.body import clean, lines
from pipeline.sites.furniture import is_furniture, tells_paywall
from pipeline.sites.general import GeneralPage
from pipeline.sites.moments import moment
from schemas.records import Article, Page

LARGEST = 10_000_000
SHORTEST = 80
STUB = 600
LONGEST_TITLE = 250
HTML = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h1|meta|title)\b", re.IGNORECASE)
REFUSALS = re.compile(
    r"^(?:\d{3}\b.{0,40}|(?:page )?not found|access (?:to this page has been )?denied|forbidden|just a moment|error|"
    r"attention required.*|are you (?:a )?(?:human|robot).*|(?:security|verification) (?:check|required)|bad gateway|"
    r"service unavailable)\W*$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|$)")
SENTENCE = 25


def parse(page: Page) -> Article:
    """Read a page; `ParseError` names the page, why it is no article, and what to do."""
    if len(page.content) > LARGEST:
        raise too_large(page.url, len(page.content))
    if not page.content.strip():
        raise ParseError("it is empty", subject=page.url, remedy="fetch or save the page again")
    text = decode(page.content, subject=page.url, content_type=page.content_type)
    try:
        return _read_html(page, text) if _is_html(page, text) else _read_text(page, text)
    except RecursionError as error:
        told = "its markup is nested too deep"
        raise ParseError(told, subject=page.url, remedy="check that the page was saved whole") from error


def too_large(subject: str, size: int) -> ParseError:
    """The refusal of a page beyond the limit; size in bytes."""
    told = f"{size / 1e6:.0f} MB, and an article has at most {LARGEST / 1e6:.0f} MB"
    return ParseError(told, subject=subject, remedy="give the page alone, or split the file")


def _is_html(page: Page, text: str) -> bool:
    if page.content_type and "html" in page.content_type:
        return True
    if PurePath(page.url).suffix.lower() == ".txt" and not is_address(page.url):
        return False
    return bool(HTML.search(text[:5000]))


def _read_html(page: Page, text: str) -> Article:
    reader = _reader(page, text)
    title, body = reader.title(), reader.body()
    _refuse_no_article(page, reader, title, body)
    url = reader.canonical_url()
    return Article(
        id=article_id(url) if url else _name(page),
        title=title,
        text="\n\n".join(body),
        url=url,
        publisher=reader.publisher(),
        authors=reader.authors(),
        published_at=reader.published_at(),
        language=reader.language(),
        fetched_at=page.fetched_at,
    )


def _reader(page: Page, text: str) -> GeneralPage:
    # A saved file does not tell its site by its path, but often by the address that the page gives itself.
    general = GeneralPage(page, text)
    kind = reader_for(general.canonical_url() or page.url, page.fetched_at)
    return general if kind is GeneralPage else kind(page, text)


def _refuse_no_article(page: Page, reader: GeneralPage, title: str, body: list[str]) -> None:
    length = sum(map(len, body))
    if REFUSALS.match(title):
        reason, remedy = f'an error page ("{title}")', "fetch it again later, or open it in a browser"
    elif length < STUB and (not reader.is_free() or tells_paywall(reader.tree.text_content())):
        reason, remedy = "only the lines before a paywall", "save the page with a subscription, or leave it out"
    elif not body:
        reason, remedy = "no article in it", "give the page of a single story"
    elif not any(map(_holds_a_sentence, body)) or (length < SHORTEST and not reader.is_article()):
        reason, remedy = f"no article in it, only {length} characters of other text", "give the page of a single story"
    else:
        return
    raise ParseError(reason, subject=page.url, remedy=remedy)


def _holds_a_sentence(text: str) -> bool:
    return any(end.start() >= SENTENCE for end in SENTENCE_END.finditer(text))


def _read_text(page: Page, text: str) -> Article:
    blocks = [" ".join(map(clean, block.splitlines())) for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    title, published_at, body = _heading([block for block in (clean(block) for block in blocks) if block], text)
    if not body or not any(character.isalpha() for character in "".join(body)):
        raise ParseError("no article in it", subject=page.url, remedy="give a text of at least one sentence")
    url = page.final_url or page.url
    known = is_address(url)
    return Article(
        id=article_id(url) if known else _name(page),
        title=title,
        text="\n\n".join(text for text in body if not is_furniture(text)) or "\n\n".join(body),
        url=url if known else None,
        published_at=published_at,
        fetched_at=page.fetched_at,
    )


def _heading(blocks: list[str], text: str) -> tuple[str, str | None, list[str]]:
    """(title, date, body) of a text: a short first line that is no sentence is its title, a lone date its date."""
    first = clean(text.strip().split("\n", 1)[0]) if text.strip() else ""
    title = ""
    if blocks and first and len(first) <= LONGEST_TITLE and not re.search(r"[.:;,]$", first) and blocks != [first]:
        title = first
        blocks = [block for block in [blocks[0][len(first) :].strip(), *blocks[1:]] if block]
    date = next((known for known in map(moment, blocks[:2]) if known), None)
    body = [block for number, block in enumerate(blocks) if number >= 2 or not moment(block)]
    return title, date, [line for block in body for line in lines(block)]


def _name(page: Page) -> str:
    return page.name or PurePath(page.url).name
