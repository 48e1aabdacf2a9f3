"""One article, one address: tracking parameters, AMP pages, mobile hosts and letter case make no second article."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from courlan import normalize_url

# Beyond what courlan knows: the marks of newsletters, feeds and share buttons, which never choose the article.
TRACKING = re.compile(
    r"^(?:utm_.*|at_(?:medium|campaign|custom.*|link.*|ptr.*|bbc.*|format)|ref(?:src|_src|_url)?|cmp|cmpid|cid|icid|ocid|ncid|"
    r"smid|smtyp|mod|partner|emc|guccounter|guce_.*|feature|share(?:d|id|Token)?|source|src|rss|ftag|xtor|"
    r"mc_[ce]id|mkt_tok|sref|leadsource|taid|sh|s_cid|spm|igshid|[a-z]{1,3}clid|fb_.*|__twitter.*|amp|outputtype|"
    r"_?hs(?:enc|mi)|yptr|tsrc|soc_.*|ito|ns_.*|campaign.*|sc_c.*|trk.*|via|linkid|reflink|__source)$",
    re.IGNORECASE,
)
AMP_CACHE = re.compile(
    r"^https?://(?:www\.google\.[a-z.]+/amp/(?P<s>s/)?|[^/]+\.cdn\.ampproject\.org/[cv]/(?P<t>s/)?)(?P<rest>.+)"
)
AMP_PATH = re.compile(r"/amp/?$|^/amp(?=/)|(?<=\.)amp\.(?=html?$)", re.IGNORECASE)
AMP_QUERY = {("output", "amp"), ("outputtype", "amp"), ("view", "amp"), ("type", "amp")}
MOBILE_HOST = re.compile(r"^(?:(?:m|mobile|amp|touch)\.)+|(?<=^en\.)m\.")
INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


def is_address(text: str | None) -> bool:
    """Whether this names a page of the web.

    >>> is_address("https://example.com/a"), is_address("data/a.html"), is_address(None)
    (True, False, False)
    """
    parts = _parts(text or "")
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def _parts(url: str) -> SplitResult:
    """The parts of an address; of one that is none, all of it as path."""
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.hostname else parts._replace(netloc="")
    except ValueError:
        return SplitResult("", "", url, "", "")


def canonical(url: str) -> str:
    """The address under which an article is known.

    >>> canonical("https://M.Example.com/story/amp/?id=7&utm_source=rss#top")
    'https://example.com/story?id=7'
    >>> canonical("https://www.google.com/amp/s/example.com/news/deal.amp.html")
    'https://example.com/news/deal.html'
    """
    cached = AMP_CACHE.match(url)
    if cached:
        url = f"http{'s' if cached['s'] or cached['t'] else ''}://{unquote(cached['rest'])}"
    if not is_address(url):
        return url
    parts = urlsplit(str(normalize_url(url)))
    host = MOBILE_HOST.sub("", parts.netloc.lower()) or parts.netloc
    path = AMP_PATH.sub("", quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._"))
    path = INDEX_PAGE.sub("", path).rstrip("/")
    return urlunsplit((parts.scheme, host, path or "/", _query(parts.query), ""))


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(k, v) for k, v in pairs if (k.lower(), v.lower()) not in AMP_QUERY and not TRACKING.match(k)]
    return urlencode(sorted(kept))


def article_id(url: str) -> str:
    """Identity of the article at an address: the canonical address without what may differ between two links to it.

    >>> article_id("http://www.example.com/story/") == article_id("https://m.example.com/story?utm_medium=mail")
    True
    >>> article_id("https://www.example.com/story?id=7")
    'example.com/story?id=7'
    """
    parts = _parts(canonical(url))
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/") + query


def site_of(url: str) -> str:
    """The host that stands for the site, without "www." or a mobile prefix.

    >>> site_of("https://www.example.com/story")
    'example.com'
    """
    host = (_parts(url).hostname or "").lower()
    return MOBILE_HOST.sub("", host).removeprefix("www.")
