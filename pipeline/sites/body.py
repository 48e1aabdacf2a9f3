"""The body of an article: the publisher's paragraphs, nothing that stands around them.

trafilatura finds the body. Around it this room takes away what it may keep (boxes of related stories, newsletter
forms, captions, paywall lines) and compares with the body that the page tells machines (JSON-LD `articleBody`).
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy

import trafilatura
from lxml.etree import XPath, _Element
from lxml.html import HtmlElement
from trafilatura.settings import Document

from pipeline.sites.furniture import is_box, is_furniture, is_stop

# Its log tells of every page without an article; we say that ourselves.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

BOX_TAGS = ("div", "aside", "section", "ul", "ol", "nav", "form", "p", "span", "footer")
# Never text of an article. JSON-LD stays: trafilatura looks at it.
GONE_TAGS = (
    "style",
    "svg",
    "iframe",
    "noscript",
    "template",
    "select",
    "button",
    "dialog",
    "figcaption",
    "del",
    "strike",
)
SCRIPTS = XPath("//script[not(contains(@type, 'ld+json'))]")
UNSEEN = XPath("//*[@hidden or @aria-modal='true' or @role='dialog']")
STORY = XPath(".//h1 | .//*[@itemprop='articleBody']")
# Tables that lay out a page of the old web, not tables of figures.
LAYOUT = XPath("//table[.//p or .//table or .//div or .//br]")
# A box holds a small part of the words; a class such as "has-newsletter" may also sit on the whole page.
BOX_SHARE = 0.3
MOST_IN_A_BOX, LONG = 4, 150
CONTINUED = 60
# What may stand between two paragraphs without ending the story.
BETWEEN = ("figure", "aside", "script", "style", "br", "hr", "ins", "img", "picture", "iframe")
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")
# How some papers end a story.
END_MARK = re.compile(r"\s*[®■◼]$")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x00"))


def clean(text: str) -> str:
    """One line of plain text: composed letters, single spaces, nothing invisible."""
    return " ".join(unicodedata.normalize("NFC", text).translate(INVISIBLE).split())


def without_boxes(tree: HtmlElement) -> HtmlElement:
    """A copy of the page without the boxes that stand beside and between the paragraphs."""
    tree = deepcopy(tree)
    for node in [*tree.iter(*GONE_TAGS), *SCRIPTS(tree)]:
        _drop(node)
    limit = BOX_SHARE * len(tree.text_content())
    boxes = [node for node in tree.iter(*BOX_TAGS) if node.attrib and is_box(_labels(node))]
    for node in [*UNSEEN(tree), *boxes]:
        if len(node.text_content()) <= limit and not _holds_the_story(node):
            _drop(node)
    for table in LAYOUT(tree):
        for node in table.xpath("self::table | ./tr | ./tbody | ./tbody/tr | ./tr/td | ./tbody/tr/td"):
            node.tag = "div"
    return tree


def _drop(node: HtmlElement) -> None:
    if node.getparent() is not None:
        node.drop_tree()


def _holds_the_story(node: HtmlElement) -> bool:
    """A headline, or more long paragraphs than a box has."""
    return bool(STORY(node)) or sum(len(part.text_content()) > LONG for part in node.iter("p")) > MOST_IN_A_BOX


def _labels(node: HtmlElement) -> str:
    return f"{node.get('class', '')} {node.get('id', '')}"


def find_body(tree: HtmlElement, *, title: str = "", told: str | None = None) -> list[str]:
    """The paragraphs of the body. told: the body that the page tells machines, if it does."""
    try:
        found = trafilatura.bare_extraction(without_boxes(tree), include_comments=False, output_format="python")
    except (ValueError, RecursionError):
        found = None
    seen = joined(list(paragraphs(found.body)) if isinstance(found, Document) else [])
    return trimmed(agreed([*seen, *following(tree, seen)], told), title=title)


def following(tree: HtmlElement, seen: list[str]) -> list[str]:
    """Paragraphs right after the last one seen.

    Markup that closes too early shuts them out of the story's box, and some sites cut a story into several boxes.
    """
    nodes = reversed(list(tree.iter("p"))) if seen else iter(())
    last = next((node for node in nodes if clean(node.text_content()) == seen[-1]), None)
    while last is not None and last.tag not in ("body", "html", "article"):
        after = [node for node in last.itersiblings() if node.tag not in BETWEEN]
        found = list(_going_on(after, like=last))
        if found or after:
            return found
        last = last.getparent()
    return []


def _going_on(nodes: list[HtmlElement], *, like: HtmlElement) -> Iterator[str]:
    """Prose of the nodes up to the first that is neither a paragraph nor a box like the story's own."""
    for node in nodes:
        alike = node.tag == like.tag and node.get("class") and node.get("class") == like.get("class")
        for part in node.iter("p") if alike or node.tag == "p" else ():
            text = clean(part.text_content())
            if len(text) < CONTINUED or not SENTENCE_END.search(text) or is_furniture(text):
                return
            yield text
        if not alike and node.tag != "p":
            return


def joined(body: list[str]) -> list[str]:
    """Paragraphs that stop in mid-sentence, made whole with the line that goes on in small letters."""
    whole: list[str] = []
    for text in body:
        if whole and len(whole[-1]) >= CONTINUED and text[:1].islower() and not SENTENCE_END.search(whole[-1]):
            whole[-1] = f"{whole[-1]} {text}"
        else:
            whole.append(text)
    return whole


def paragraphs(body: _Element) -> Iterator[str]:
    """The blocks of trafilatura's tree in order, each one line of text."""
    for block in body:
        if block.tag in ("list", "quote", "table") and len(block):
            yield from _rows(block)
        else:
            yield from lines("".join(_text(block)))


def _rows(block: _Element) -> Iterator[str]:
    if block.text and block.text.strip():
        yield from lines(block.text)
    for row in block:
        if row.tag == "row":
            yield clean(" ".join("".join(cell.itertext()) for cell in row))
        elif row.tag in ("list", "quote"):
            yield from _rows(row)
        else:
            yield from lines("".join(_text(row)))
        if row.tail and row.tail.strip():
            yield from lines(row.tail)


def _text(block: _Element) -> Iterator[str]:
    if block.tag == "lb":
        yield "\n"
    if block.text:
        yield block.text
    for child in block:
        yield from _text(child)
        if child.tail:
            yield child.tail


def lines(text: str) -> Iterator[str]:
    """Paragraphs of a block: broken where a blank line stands, or where a line ends with its sentence."""
    held = ""
    for line in text.split("\n"):
        line = clean(line)
        if held and (not line or SENTENCE_END.search(held)):
            yield held
            held = ""
        held = f"{held} {line}".strip()
    if held:
        yield held


def trimmed(body: list[str], *, title: str = "") -> list[str]:
    """Without the headline said again, bylines, share and newsletter lines, and all after "Related stories"."""
    heading = _key(title)
    kept: list[str] = []
    for number, line in enumerate(body):
        text = END_MARK.sub("", line)
        if is_stop(text) and number >= len(body) / 2:
            break
        if not text or is_furniture(text) or (heading and _key(text) == heading) or (kept and kept[-1] == text):
            continue
        kept.append(text)
    return kept


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def agreed(seen: list[str], told: str | None) -> list[str]:
    """What the page shows, mended by what it tells machines.

    Told text that goes on where the seen text stops replaces it (the page was cut, or its layout is odd); seen text
    before and after what is told (teasers, biographies) goes.
    """
    if not told or len(told) < 200:
        return seen
    told_key, keys = _key(told), [_key(text) for text in seen]
    inside = [len(key) > 0 and key in told_key for key in keys]
    shared = sum(len(key) for key, within in zip(keys, inside, strict=True) if within)
    total = sum(map(len, keys))
    told_lines = list(lines(told))
    if shared >= 0.7 * total and (len(told_key) > 1.3 * total or len(told_lines) > 2 * len(seen)):
        return told_lines
    if shared >= 0.8 * len(told_key) and shared >= 0.5 * total:
        first, last = inside.index(True), len(inside) - inside[::-1].index(True)
        return seen[first:last]
    return seen
