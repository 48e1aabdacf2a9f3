"""Bytes to text: byte order mark, then UTF-8, then what server and page say, then a careful guess.

UTF-8 goes before the declared charset because text that is not ASCII and still valid UTF-8 is UTF-8 nearly always,
while servers that still say "ISO-8859-1" are often wrong.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.errors import ParseError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Browsers read these labels as their larger relatives, so pages are written for that.
AS_BROWSERS_DO = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# ASCII bytes that mean something else: valid UTF-8, but not UTF-8.
SEVEN_BIT = re.compile(r"iso2022|^hz$|^utf-7$")
WIDE = ("utf-16", "utf-32")
SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x00\x00\x00\x1cftyp", "a film"),
    (b"wOF2", "a font"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
)
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
IN_PAGE = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.I
)
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
LOOKED_AT = 65_536
STRAY = 0.005


def decode(content: bytes, *, subject: str, content_type: str | None = None) -> str:
    """The text of these bytes; `ParseError` when they are binary or in no charset that can be told."""
    for mark, charset in MARKS:
        if content.startswith(mark):
            return _decoded(content, charset) or _refuse_charset(subject, charset)
    declared = declared_charsets(content, content_type)
    _refuse_binary(content, declared, subject)
    text = None
    for charset in _in_order(declared):
        text = text or _decoded(content, charset)
    return text or _nearly(content, declared) or _guessed(content) or _refuse_charset(subject, ", ".join(declared))


def declared_charsets(content: bytes, content_type: str | None) -> list[str]:
    """What server and page say, as names that Python knows, best first.

    >>> declared_charsets(b"<meta charset=gb2312>", "text/html; charset=iso-8859-1")
    ['cp1252', 'gb18030']
    """
    said = IN_HEADER.findall(content_type or "")
    said += [(a or b).decode("ascii", "ignore") for a, b in IN_PAGE.findall(content[:4096])]
    known = [_known(label) for label in said]
    # In UTF-16 every other byte of a page's markup is zero; without any, the declaration is wrong.
    return list(dict.fromkeys(name for name in known if name and (b"\0" in content or not name.startswith(WIDE))))


def _known(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return AS_BROWSERS_DO.get(name, name)


def _in_order(declared: list[str]) -> list[str]:
    early = [charset for charset in declared if SEVEN_BIT.search(charset) or charset.startswith(WIDE)]
    return [*early, "utf-8", *declared]


def _decoded(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _refuse_binary(content: bytes, declared: list[str], subject: str) -> None:
    kind = next((kind for signature, kind in SIGNATURES if content.startswith(signature)), None)
    wide = any(charset.startswith(WIDE) for charset in declared)
    head = content[:LOOKED_AT]
    if kind is None and not wide and len(CONTROL.findall(head)) > len(head) * STRAY:
        kind = "binary data"
    if kind:
        raise ParseError(f"{kind}, not a page", subject=subject, remedy="give HTML, plain text or JSON lines")


def _nearly(content: bytes, declared: list[str]) -> str | None:
    """A declared charset (or UTF-8) with a few stray bytes, as cut or patched pages have them."""
    for charset in dict.fromkeys([*declared, "utf-8"]):
        text = content.decode(charset, "replace")
        if text.count("\ufffd") <= len(text) * STRAY:
            return text
    return None


def _guessed(content: bytes) -> str | None:
    # Sure enough for text of some length only, in letters as a language uses them: odd bytes can be anything.
    best = from_bytes(content[:LOOKED_AT]).best()
    if best is None or best.percent_chaos > 20 or not best.percent_coherence:
        return None
    text = content.decode(best.encoding, "replace")
    return text if text.count("\ufffd") <= len(text) * STRAY else None


def _refuse_charset(subject: str, charset: str) -> str:
    told = f"not in the charset it declares ({charset})" if charset else "in no charset that can be told"
    raise ParseError(f"its text is {told}", subject=subject, remedy="save it as UTF-8")
