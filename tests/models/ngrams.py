"""Runs of eight words as hashes, so that a test can tell held-out text in the training data without holding that text.

python -m tests.models.ngrams dev.jsonl core/test.json     (writes held_out.bin beside this file)
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HELD_OUT = Path(__file__).with_name("held_out.bin")
WORDS, BYTES = 8, 5  # five bytes: a chance hit once in a hundred checks of all our passages


def hashes(text: str) -> Iterator[bytes]:
    """The hash of each run of eight words; case and punctuation do not count."""
    words = re.findall(r"\w+", text.lower())
    for start in range(len(words) - WORDS + 1):
        run = " ".join(words[start : start + WORDS])
        yield hashlib.blake2b(run.encode(), digest_size=BYTES).digest()


def held_out() -> frozenset[bytes]:
    """The hashes of the development articles and of CORE's test sentences."""
    packed = HELD_OUT.read_bytes()
    return frozenset(packed[at : at + BYTES] for at in range(0, len(packed), BYTES))


def texts(path: Path) -> Iterator[str]:
    """The texts of an articles file (JSON lines) or of CORE (one JSON list)."""
    if path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            yield from (article.get("title") or "", article["text"])
    else:
        yield from (" ".join(line["context"]) for line in json.loads(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    found = {run for name in sys.argv[1:] for text in texts(Path(name)) for run in hashes(text)}
    HELD_OUT.write_bytes(b"".join(sorted(found)))
    print(f"{len(found)} runs of {WORDS} words in {HELD_OUT}")
