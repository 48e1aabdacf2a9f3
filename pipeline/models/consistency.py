"""One name, one reading: what a text says of a name in most places holds in all of them."""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.models.words import find_name
from schemas.records import Mention


def make_consistent(text: str, mentions: list[Mention], *, least: dict[str, float]) -> list[Mention]:
    """Mentions of names whose mean confidence over all their places in the text reaches `least` of their kind.

    A place of the name that was not tagged counts as 0 and, when the name stays, becomes a mention too.
    """
    mentions = _apart(mentions)
    by_form: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_form[mention.kind, mention.text].append(mention)
    kept: list[Mention] = []
    taken: dict[str, set[int]] = defaultdict(set)
    for mention in mentions:
        taken[mention.kind].update(range(mention.start, mention.end))
    for (kind, form), found in sorted(by_form.items(), key=lambda item: (-len(item[0][1]), item[0])):
        others = [] if kind == "asset" else [at for at in find_name(form, text) if not taken[kind] & set(range(*at))]
        confidence = sum(mention.confidence for mention in found) / (len(found) + len(others))
        if confidence < least.get(kind, 0.5):
            continue
        kept.extend(found)
        for start, end in others:
            taken[kind].update(range(start, end))
            kept.append(Mention(form, kind, start, end, confidence))
    return sorted(kept, key=lambda mention: (mention.start, -mention.end, mention.kind))


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Mentions, with two names joined by "&" or "and" taken apart where each is a name elsewhere."""
    forms = {(mention.kind, mention.text) for mention in mentions}
    parts: list[Mention] = []
    for mention in mentions:
        match = re.fullmatch(r"(.+?) (?:&|and) (.+)", mention.text)
        if match and all((mention.kind, half) in forms for half in match.groups()):
            parts += [
                Mention(
                    match[n],
                    mention.kind,
                    mention.start + match.start(n),
                    mention.start + match.end(n),
                    mention.confidence,
                )
                for n in (1, 2)
            ]
        else:
            parts.append(mention)
    return parts
