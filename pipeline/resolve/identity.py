"""Who is who: names become entities by judgements, by spelling, and by what articles list as one.

Block, compare, decide, apply. The links are decided in a fixed order that depends on the evidence alone, so the same
articles in any order give the same entities:

1. what a person judged the same;
2. names that differ only in spelling;
3. names that more articles list as one than keep apart, aliases before short forms: a short form that articles list
   with several companies goes to the one that has more than twice the articles of the next, else it stays by itself;
4. names that are one by a named feature, where no article keeps them apart and no second company could be meant.

A link that would join what a person judged different is refused. Nothing is merged: withdraw the article or the
judgement, and the link is gone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.resolve.candidates import Node, candidates
from pipeline.resolve.clusters import Clusters
from pipeline.resolve.evidence import Evidence
from pipeline.resolve.features import DIFFERENT, SAME, Likeness, compare
from pipeline.resolve.groups import Group, Reading
from pipeline.resolve.judgements import agreed, judged_key, split
from pipeline.resolve.keys import is_acronym, words
from schemas.records import Judgement

SPELLINGS = frozenset({"same name", "legal form", "spelling", "word order"})
UNITS = frozenset({"unit", "another company", "numbers"})


@dataclass(frozen=True, slots=True)
class Link:
    """A decision on two names: taken or refused, and why."""

    a: Node
    b: Node
    taken: bool
    score: float
    reason: str


class Identity:
    """The decided clusters of names."""

    def __init__(self, readings: Iterable[Reading], judgements: Iterable[Judgement] = ()) -> None:
        self.judgements = tuple(sorted(judgements, key=lambda word: (word.a, word.b)))
        self._split = split(self.judgements)
        agreed(self.judgements)
        self.evidence = Evidence(readings, self.node)
        self.clusters: Clusters[Node] = Clusters()
        self.links: dict[tuple[Node, Node], Link] = {}
        self._full_of: dict[Node, set[Node]] = {}
        self._taken: dict[Node, list[Link]] | None = None
        self._articles: dict[Node, set[str]] = {}
        self.companies = frozenset(name for label, name in self.evidence.named if label == "Company")
        self._decide()

    def node(self, label: str, name: str) -> Node:
        """A name as it is compared."""
        return (label, judged_key(name, self._split))

    def head(self, label: str, name: str) -> Node:
        """What stands for the entity that a name belongs to."""
        return self.clusters.find(self.node(label, name))

    def head_of(self, group: Group) -> Node:
        """What stands for the entity that a group means."""
        return self.clusters.find(self.evidence.full(group))

    def knows(self, node: Node) -> bool:
        """Whether an article writes this name."""
        return node in self.evidence.written

    def taken(self, node: Node) -> list[Link]:
        """The links taken from a name, in a fixed order."""
        if self._taken is None:
            self._taken = defaultdict(list)
            for (a, b), link in sorted(self.links.items()):
                if link.taken:
                    self._taken[a].append(link)
                    self._taken[b].append(link)
        return self._taken.get(node, [])

    def likeness(self, a: Node, b: Node) -> Likeness:
        """What the two names alone say."""
        spelled = self.evidence.spelled
        return compare(spelled(a), spelled(b), known=self.companies, label=a[0])

    def apart(self, a: Node, b: Node) -> int:
        """How many articles name both as two."""
        return len(self._named(a) & self._named(b))

    def _named(self, node: Node) -> set[str]:
        head = self.clusters.find(node)
        return self._articles[head] if head in self._articles else self.evidence.named.get(node, set())

    def _decide(self) -> None:
        self._judged()
        likely = candidates(self.evidence.written, lambda node: self.evidence.written.get(node, ()))
        compared = {pair: self.likeness(*pair) for pair in sorted(likely | self._listed_pairs())}
        by_spelling = [pair for pair, found in compared.items() if found.feature in SPELLINGS]
        for pair in by_spelling:
            self._settle(*pair, taken=True, score=compared[pair].score, reason=compared[pair].says)
        self._by_listing({pair: compared[pair] for pair in self._listed_pairs()})
        self._by_name({pair: found for pair, found in compared.items() if found.score >= SAME})

    def _listed_pairs(self) -> set[tuple[Node, Node]]:
        return {(min(pair), max(pair)) for pair in self.evidence.listed}

    def _judged(self) -> None:
        for word in sorted(self.judgements, key=lambda word: (word.verdict != "same", word.a, word.b)):
            for label in ("Company", "Product", "Organization", "Person", "Asset"):
                a, b = self.node(label, word.a), self.node(label, word.b)
                if word.verdict == "same":
                    self._settle(a, b, taken=True, score=1.0, reason=f"judged the same: “{word.a}” and “{word.b}”")
                else:
                    self.clusters.part(a, b)
                    self._settle(a, b, taken=False, score=0.0, reason=f"judged different: “{word.a}” and “{word.b}”")

    def _settle(self, a: Node, b: Node, *, taken: bool, score: float, reason: str) -> None:
        """Take or refuse a link; a judgement against it always refuses."""
        a, b = min(a, b), max(a, b)
        if taken and self.clusters.are_apart(a, b):
            taken, score, reason = False, 0.0, f"{reason}, but a judgement keeps them apart"
        self.links.setdefault((a, b), Link(a, b, taken, score, reason))
        if taken and self.clusters.find(a) != self.clusters.find(b):
            named = self._named(a) | self._named(b)
            self.clusters.join(a, b)
            self._articles[self.clusters.find(a)] = named

    # What articles list as one

    def _by_listing(self, compared: dict[tuple[Node, Node], Likeness]) -> None:
        """Aliases first, then short forms from the longest to the shortest, each to the company it is claimed by."""
        claimed: dict[Node, list[tuple[Node, Likeness]]] = defaultdict(list)
        for full, other in sorted(self.evidence.listed):
            found = compared[min(full, other), max(full, other)]
            short = other if found.short in (None, other[1]) else full
            claimed[short].append((full if short == other else other, found))
        self._full_of = {short: {full for full, found in fulls if found.short} for short, fulls in claimed.items()}
        for short in sorted(claimed, key=lambda s: (bool(self._full_of[s]), -len(s[1].split()), s)):
            self._give(short, claimed[short])

    def _give(self, short: Node, fulls: list[tuple[Node, Likeness]]) -> None:
        """Weigh each full name on its own, but of several that one short form or acronym stands for only the first."""
        acronym = all(is_acronym(form) for form in self.evidence.written[short])
        claims: Counter[Node] = Counter()
        for full in {full for full, found in fulls if acronym or found.short}:
            claims[self.clusters.find(full)] += self.evidence.together(short, full)
        first, *rest = sorted(claims, key=lambda head: (-claims[head], head)) or [short]
        beaten = set(rest) if rest and claims[first] > 2 * claims[rest[0]] else {first, *rest} if rest else set()
        for full, found in sorted(fulls, key=lambda one: (-self.evidence.together(short, one[0]), one[0])):
            if self.clusters.find(full) == self.clusters.find(short):
                self._settle(short, full, taken=True, score=1.0, reason=self._told(short, full))
            elif (acronym or found.short) and self.clusters.find(full) in beaten:
                reason = f"“{self._spelled(short)}” is listed with more than one: {self._names([first, *rest])}"
                self._settle(short, full, taken=False, score=0.3, reason=reason)
            else:
                self._weigh(short, full, found)

    def _weigh(self, short: Node, full: Node, found: Likeness) -> None:
        """More articles must list the two as one than keep them apart; three times as many for a unit's name."""
        together, apart = self.evidence.together(short, full), self.apart(short, full)
        enough = together > apart if found.feature not in UNITS else together > max(2, 3 * apart)
        score = round(together / (together + apart + 0.1), 2) if enough else round(min(0.3, found.score), 2)
        reason = f"{self._told(short, full)}, {apart} keep them apart; {found.says}"
        self._settle(short, full, taken=enough, score=score, reason=reason)

    # What the names alone say

    def _by_name(self, compared: dict[tuple[Node, Node], Likeness]) -> None:
        meant: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
        for (a, b), found in sorted(compared.items(), key=lambda one: (-one[1].score, one[0])):
            if (a, b) in self.links or self.clusters.find(a) == self.clusters.find(b):
                continue
            meant[(a[0], found.short) if found.short else min(a, b)].append((a, b))
        for short, pairs in sorted(meant.items(), key=lambda one: (-len(one[0][1].split()), one[0])):
            others = self._could_mean(short, pairs) if compared[pairs[0]].short else []
            for a, b in pairs:
                found, apart = compared[a, b], self.apart(a, b)
                if len(others) > 1:
                    reason = f"{found.says}, but it could mean more than one: {self._names(others)}"
                    self._settle(a, b, taken=False, score=0.4, reason=reason)
                elif found.feature == "one letter" and not self._looks_slipped(a, b):
                    self._settle(a, b, taken=False, score=0.4, reason=f"{found.says}, but both are well attested")
                elif apart:
                    self._settle(
                        a, b, taken=False, score=0.3, reason=f"{found.says}, but {_articles(apart)} name both as two"
                    )
                else:
                    self._settle(a, b, taken=True, score=found.score, reason=found.says)

    def _could_mean(self, short: Node, pairs: list[tuple[Node, Node]]) -> list[Node]:
        """The entities a short form may stand for: compared with it, listed with it, or beginning with it."""
        fulls = {node for pair in pairs for node in pair} | self._full_of.get(short, set())
        heads = {self.clusters.find(node) for node in fulls | set(self._extensions.get(short, ()))}
        return sorted(heads - ({self.clusters.find(short)} if not self._full_of.get(short) else set()))

    @property
    def _extensions(self) -> dict[Node, list[Node]]:
        """By node, the known names that begin with it and are no unit or branch of it."""
        if not hasattr(self, "_extended"):
            self._extended: dict[Node, list[Node]] = defaultdict(list)
            for label, name in sorted(self.evidence.named):
                found = name.split()
                for n in range(1, len(found)):
                    if not any(word in words("unit") for word in found[n:]):
                        self._extended[label, " ".join(found[:n])].append((label, name))
        return self._extended

    def _looks_slipped(self, a: Node, b: Node) -> bool:
        """Whether one spelling stands in a single article and the other in several."""
        fewer, more = sorted((len(self._named(a)), len(self._named(b))))
        return fewer < 2 < more

    # Sentences

    def _told(self, a: Node, b: Node) -> str:
        count = self.evidence.together(a, b)
        return f"{_articles(count)} list “{self._spelled(a)}” and “{self._spelled(b)}” as one"

    def _spelled(self, node: Node) -> str:
        return self.evidence.spelled(node)

    def _names(self, nodes: Iterable[Node]) -> str:
        return ", ".join(f"“{self._spelled(node)}”" for node in nodes)


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


def decided(score: float) -> str:
    """The verdict of a score."""
    return "same" if score >= SAME else "different" if score <= DIFFERENT else "unsure"
