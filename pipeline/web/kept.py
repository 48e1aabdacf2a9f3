"""Pages as fetched, at rest: `<raw>/<site>/<id>/page.html` beside `meta.json`, which `read_source` replays."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

from pipeline.addresses import article_id, site_of
from schemas.records import Page


def folder_of(page: Page, raw: Path) -> Path:
    """Where a page is kept; the same for every spelling of its address."""
    url = page.final_url or page.url
    site = re.sub(r"[^\w.-]", "_", site_of(url)) or "_"
    return raw / site / hashlib.sha256(article_id(url).encode()).hexdigest()[:16]


def keep(page: Page, raw: Path) -> Path:
    """Keep a page, in place of what was fetched from its address before; the path of its folder."""
    folder = folder_of(page, raw)
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "url": page.url,
        "final_url": page.final_url,
        "content_type": page.content_type,
        "fetched_at": page.fetched_at,
    }
    names = ["page.html", "page.txt"]
    if (page.content_type or "").startswith("text/plain"):
        names.reverse()
    _write(folder / names[0], page.content)
    # What it was before it changed its kind.
    (folder / names[1]).unlink(missing_ok=True)
    _write(folder / "meta.json", json.dumps(told, indent=2, sort_keys=True).encode() + b"\n")
    return folder


def _write(path: Path, content: bytes) -> None:
    # A reader, or a run after a crash, sees the old file or the new one.
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)
