"""Links -> deals: which buyer, seller, target, investor... belong to one event."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from pipeline.models.links import Link, Links


@dataclass(slots=True)
class Frame:
    """A deal over entity numbers. links: what it rests on, strongest first."""

    kind: str
    parties: list[tuple[str, int]]
    links: list[Link] = field(default_factory=list)

    @property
    def score(self) -> float:
        """Log odds of its strongest link."""
        return max(link.score for link in self.links)

    @property
    def sentence(self) -> tuple[int, int]:
        return max(self.links, key=lambda link: link.score).sentence

    @property
    def status(self) -> np.ndarray:
        """Probabilities of the statuses, averaged over the links by their strength."""
        weights = np.array([1 / (1 + np.exp(-link.score)) for link in self.links])
        return np.average([link.status for link in self.links], axis=0, weights=weights)

    def entities(self) -> set[int]:
        return {entity for _, entity in self.parties}


class Assembler:
    """Builds frames from links. thresholds: log odds a label must reach, `default` where a label has none."""

    def __init__(self, links: Links, thresholds: dict[str, float]) -> None:
        self._links = links
        self._thresholds = thresholds

    def frames(self) -> list[Frame]:
        """All deals of the article, in no order."""
        return [
            *self._changes_of_hands(),
            *self._rounds(),
            *self._bonds("merger"),
            *self._bonds("partnership"),
            *self._ventures(),
            *self._contracts("supply", "supplier", "customer"),
            *self._contracts("licensing", "licensor", "licensee"),
        ]

    def having(self, label: str) -> list[Link]:
        """Links of a label over its threshold, strongest first."""
        least = self._least(label)
        found = [link for link in self._links.values() if link.label == label and link.score >= least]
        return sorted(found, key=lambda link: (-link.score, link.first, link.second or 0))

    def _least(self, label: str) -> float:
        return self._thresholds.get(label, self._thresholds.get("default", 0.0))

    def _changes_of_hands(self) -> list[Frame]:
        """Acquisitions and divestitures: one for each target, and each bidder that does not stand beside another."""
        sold, bought = (
            _by_second(self.having("divestiture:seller:target")),
            _by_second(self.having("acquisition:buyer:target")),
        )
        buyers = _by_second(self.having("divestiture:buyer:target"))
        frames = []
        for target in dict.fromkeys([*sold, *bought]):
            sellers, takers = sold.get(target, []), bought.get(target, [])
            if sellers and (not takers or sellers[0].score >= takers[0].score):
                frames.append(self._sale(target, sellers, [*buyers.get(target, []), *takers]))
                continue
            for group in _beside(takers):
                frames.append(
                    Frame("acquisition", [*(("buyer", link.first) for link in group), ("target", target)], group)
                )
        return frames

    def _sale(self, target: int, sellers: list[Link], takers: list[Link]) -> Frame:
        sellers = [link for link in sellers if link.score >= sellers[0].score - 2][:2]
        owners = {link.first for link in sellers}
        takers = [link for link in takers if link.first not in owners]
        takers = _beside(sorted(takers, key=lambda link: -link.score))[0] if takers else []
        parties = [*(("seller", link.first) for link in sellers), ("target", target)]
        known: dict[int, None] = dict.fromkeys(link.first for link in takers)
        return Frame("divestiture", [*parties, *(("buyer", entity) for entity in known)], [*sellers, *takers])

    def _rounds(self) -> list[Frame]:
        """Investments: one for each target, with all who took part; a target alone where nobody is named."""
        frames = []
        investors = _by_second(self.having("investment:investor:target"))
        for target, links in investors.items():
            parties = [*(("investor", link.first) for link in links), ("target", target)]
            frames.append(Frame("investment", parties, links))
        for link in self.having("investment:target"):
            if link.first not in investors:
                frames.append(Frame("investment", [("target", link.first)], [link]))
        return frames

    def _bonds(self, kind: str) -> list[Frame]:
        """Mergers and partnerships: each pair a deal, and all of them one where every pair is bound in one sentence."""
        pairs: dict[frozenset[int], list[Link]] = defaultdict(list)
        for link in self.having(f"{kind}:partner:partner"):
            pairs[frozenset((link.first, link.second or 0))].append(link)
        frames: list[Frame] = []
        for pair, links in pairs.items():
            for frame in frames:
                others = frame.entities() - pair
                if (
                    frame.sentence == links[0].sentence
                    and frame.entities() & pair
                    and all(frozenset((a, b)) in pairs for a in others for b in pair)
                ):
                    frame.parties += [("partner", entity) for entity in sorted(pair - frame.entities())]
                    frame.links += links
                    break
            else:
                frames.append(Frame(kind, [("partner", entity) for entity in sorted(pair)], list(links)))
        return frames

    def _ventures(self) -> list[Frame]:
        """Joint ventures: partners bound in pairs or through the company they share."""
        frames = self._bonds("joint_venture")
        for target, links in _by_second(self.having("joint_venture:partner:target")).items():
            owners = {link.first for link in links}
            home = max(frames, key=lambda frame: len(frame.entities() & owners), default=None)
            if home is not None and home.entities() & owners and target not in home.entities():
                if not any(role == "target" for role, _ in home.parties):
                    home.parties.append(("target", target))
            elif len(owners) > 1:
                frames.append(
                    Frame(
                        "joint_venture", [*(("partner", owner) for owner in sorted(owners)), ("target", target)], links
                    )
                )
        return frames

    def _contracts(self, kind: str, giver: str, taker: str) -> list[Frame]:
        """Supply and licensing: one for each pair, with what is supplied or licensed."""
        frames: list[Frame] = []
        for link in self.having(f"{kind}:{giver}:{taker}"):
            pair = (link.first, link.second or 0)
            frame = Frame(kind, [(giver, pair[0]), (taker, pair[1])], [link])
            subject = self._subject(kind, giver, taker, pair)
            if subject is not None:
                frame.parties.append(("subject", subject))
            frames.append(frame)
        return frames

    def _subject(self, kind: str, giver: str, taker: str, pair: tuple[int, int]) -> int | None:
        """What is supplied or licensed: the one that both ends are bound to best. Contracts for two things are rare."""
        scores: dict[int, float] = defaultdict(float)
        for role, owner in ((giver, pair[0]), (taker, pair[1])):
            label = f"{kind}:{role}:subject"
            for link in self._links.values():
                if link.label == label and link.first == owner and link.second not in (None, *pair):
                    scores[link.second or 0] += 1 / (1 + np.exp(-(link.score - self._least(label))))
        best = max(scores, key=lambda entity: (scores[entity], -entity), default=None)
        return best if best is not None and scores[best] >= 1.0 else None


def _by_second(links: list[Link]) -> dict[int, list[Link]]:
    groups: dict[int, list[Link]] = {}
    for link in links:
        groups.setdefault(link.second or 0, []).append(link)
    return groups


def _beside(links: list[Link]) -> list[list[Link]]:
    """Links to one target, split by the sentence that says them: who acts jointly is named in one sentence."""
    groups: dict[tuple[int, int], list[Link]] = {}
    for link in links:
        groups.setdefault(link.sentence, []).append(link)
    return list(groups.values())
