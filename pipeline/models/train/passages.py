"""Our own training passages and articles, as they are written: a text, two dashes, and what a careful reader notes.

    == lumia-1 | 2016-05-18
    Microsoft sells phone unit

    Microsoft sold the feature phone business to FIH Mobile for $350 million, it said on Wednesday.
    --
    company Microsoft
    company FIH Mobile; FIH
    deal divestiture announced | seller Microsoft | buyer FIH | target asset: feature phone business
     | amount 350000000 USD | date 2016-05-18 | said Microsoft sold the feature phone business to FIH Mobile
    SUBSIDIARY_OF | FIH Mobile | Foxconn

The first line of a text is its title. A party is `role name`, where one form of a noted name suffices, or
`role kind: name; other form`. `python -m pipeline.models.train.passages FILE...` checks files.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.models.links import STATUSES
from pipeline.models.windows import NAME_KINDS
from schemas import ontology

PASSAGES, ARTICLES = (Path(__file__).parent / name for name in ("passages", "articles"))
RELATIONS = ("SUBSIDIARY_OF", "SHAREHOLDER_OF", "PRODUCES", "COMPETES_WITH")


def read_passages(path: Path) -> Iterator[dict[str, Any]]:
    """Each passage of a file in the form of the annotation guidelines, with its `title`, `date` and `text`.

    Raises ValueError, naming file and passage, for what is not in the form above or does not stand in the text.
    """
    for block in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        name, _, day = head.partition("|")
        try:
            yield _passage(f"{path.stem}:{name.strip()}", day.strip() or None, rest)
        except ValueError as error:
            raise ValueError(f"{path}: passage {name.strip()}: {error}") from None


def read_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """The passages of all files of a folder."""
    for path in sorted(folder.glob("*.txt")):
        yield from read_passages(path)


def _passage(name: str, day: str | None, rest: str) -> dict[str, Any]:
    text, dashes, notes = rest.partition("\n--\n")
    if not dashes:
        raise ValueError("no line of two dashes between text and notes")
    if day and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        raise ValueError(f"the date {day!r} is not year-month-day")
    title, _, body = text.strip().partition("\n")
    gold: dict[str, Any] = {"id": name, "date": day, "title": title.strip(), "text": body.strip()}
    gold |= {"companies": [], "products": [], "deals": [], "relations": []}
    for line in re.sub(r"\n\s+\|", " |", notes).splitlines():
        if line.strip():
            _note(line.strip(), gold, f"{title}\n\n{body}")
    return gold


def _note(line: str, gold: dict[str, Any], text: str) -> None:
    kind, _, rest = line.partition(" ")
    if kind in ("company", "product"):
        gold["companies" if kind == "company" else "products"].append(_names(rest, text))
    elif kind == "deal":
        gold["deals"].append(_deal(rest, gold, text))
    elif kind in RELATIONS:
        _, subject, object_ = (part.strip() for part in line.split("|"))
        ends = (_party("subject " + subject, gold, text)["names"], _party("object " + object_, gold, text)["names"])
        gold["relations"].append({"type": kind, "subject": ends[0], "object": ends[1]})
    else:
        raise ValueError(f"cannot read the note {line!r}")


def _deal(rest: str, gold: dict[str, Any], text: str) -> dict[str, Any]:
    head, *parts = (part.strip() for part in rest.split("|"))
    kind, status = head.split()
    roles = ontology.load().roles.get(kind)
    if roles is None or status not in STATUSES:
        raise ValueError(f"no such deal: {head!r}")
    deal: dict[str, Any] = {"type": kind, "status": status, "parties": []}
    deal |= {"amount": None, "stake_percent": None, "date": None, "evidence": None}
    for part in parts:
        word, _, value = part.partition(" ")
        if word == "amount":
            number, currency = value.split()
            deal["amount"] = {"value": float(number), "currency": currency}
        elif word == "stake":
            deal["stake_percent"] = float(value)
        elif word == "date":
            if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
                raise ValueError(f"the date {value!r} is not year, year-month or year-month-day")
            deal["date"] = value
        elif word == "said":
            deal["evidence"] = _standing(value, text)
        elif word in roles:
            deal["parties"].append(_party(part, gold, text))
        else:
            raise ValueError(f"{kind} has no {word!r}")
    if not deal["parties"] or deal["evidence"] is None:
        raise ValueError(f"{head!r} lacks its parties or `said`")
    return deal


def _party(part: str, gold: dict[str, Any], text: str) -> dict[str, Any]:
    role, _, rest = part.partition(" ")
    kind, colon, forms = rest.partition(": ")
    if colon and kind in NAME_KINDS:
        return {"role": role, "kind": kind, "names": _names(forms, text)}
    for group, of_kind in (("companies", "company"), ("products", "product")):
        for names in gold[group]:
            if rest in names:
                return {"role": role, "kind": of_kind, "names": names}
    raise ValueError(
        f"{rest!r} is noted neither as company nor as product; note it above, or write `{role} kind: name`"
    )


def _names(forms: str, text: str) -> list[str]:
    return [_standing(form.strip(), text) for form in forms.split(";")]


def _standing(words: str, text: str) -> str:
    if not words or " ".join(words.split()) not in " ".join(text.split()):
        raise ValueError(f"{words!r} does not stand in the text")
    return words


def main(files: list[str]) -> int:
    """Print what is wrong and how much is right; 1 when anything is wrong."""
    wrong = 0
    for file in files:
        try:
            read = list(read_passages(Path(file)))
        except ValueError as error:
            wrong = 1
            print(error)
        else:
            deals = [deal["type"] for gold in read for deal in gold["deals"]]
            counts = {kind: deals.count(kind) for kind in dict.fromkeys(deals)}
            print(f"{file}: {len(read)} passages, {len(deals)} deals {counts}")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
