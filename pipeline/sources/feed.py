"""Feeds: RSS and Atom, as feedparser reads them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import feedparser

from pipeline.addresses import article_id, is_address
from pipeline.errors import ParseError
from schemas.records import Page

BEGINS = re.compile(
    rb"^[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?[^>]*>\s*|<!DOCTYPE[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.S | re.I,
)


def is_feed(content: bytes) -> bool:
    """Whether this is a feed.

    >>> is_feed(b"<?xml version='1.0'?><rss version='2.0'>"), is_feed(b"<html>")
    (True, False)
    """
    return bool(BEGINS.match(content[:4096]))


def feed_links(page: Page, *, since: str | None = None) -> list[str]:
    """The addresses of a feed's entries, in its order, each article once; `ParseError` when it is no feed.

    since: a day; entries that tell an earlier one are left out.
    """
    headers = {"content-type": page.content_type or "application/xml", "content-location": page.final_url or page.url}
    feed = feedparser.parse(page.content, response_headers=headers)
    if not feed.get("version") and not feed.entries:
        raise ParseError("it is no feed", subject=page.url, remedy="give the address of an RSS or Atom feed")
    fresh = [entry for entry in feed.entries if not since or (_day(entry) or since) >= since]
    links = [link for link in map(_link, fresh) if link]
    return list({article_id(link): link for link in reversed(links)}.values())[::-1]


def _link(entry: Any) -> str | None:
    # Feed services put their own address before the article's.
    told = [entry.get("feedburner_origlink"), entry.get("link"), entry.get("id")]
    return next((str(link).strip() for link in told if link and is_address(str(link).strip())), None)


def _day(entry: Any) -> str | None:
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    return datetime(*told[:3]).date().isoformat() if told else None
