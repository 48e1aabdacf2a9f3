"""What each article names, one group a thing: the forms that the article itself lists as one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.resolve.keys import is_description, is_name, is_plain_word, key
from schemas import ontology
from schemas.records import Article, Claims, Party

ANSWERS_FOR_ITSELF = frozenset({"Organization", "Person", "Asset", "Product"})


@dataclass(slots=True)
class Group:
    """One thing in one article. forms: fullest first; count: how often the article names it."""

    article: str
    label: str
    forms: tuple[str, ...]
    count: int = 0

    @property
    def is_local(self) -> bool:
        """Whether it only has a description here ("the government"), which means something else elsewhere."""
        return self._describes(self.forms[0])

    @property
    def names(self) -> tuple[str, ...]:
        """The forms that name it anywhere."""
        return tuple(form for form in self.forms if not self._describes(form))

    def _describes(self, form: str) -> bool:
        """Of companies only a phrase does ("adidas" is a name), of all else any word in small letters ("planes")."""
        return is_description(form) or (self.label != "Company" and is_plain_word(form))


@dataclass(slots=True)
class Reading:
    """An article without its text, its claims, and the groups of its names."""

    article: Article
    claims: Claims
    groups: list[Group] = field(default_factory=list)
    _by_full: dict[tuple[str, str], Group] = field(default_factory=dict)
    _by_form: dict[tuple[str, str], list[Group]] = field(default_factory=lambda: defaultdict(list))

    def group(self, label: str, names: Sequence[str]) -> Group | None:
        """The group that a name of this article belongs to; None when it is no name at all."""
        forms = tuple(name for name in names if is_name(name))
        if not forms:
            return None
        if (found := self._by_full.get((label, key(forms[0])))) is not None:
            return found
        holding = self._by_form.get((label, key(forms[0])), [])
        return holding[0] if len(holding) == 1 else None

    def add(self, label: str, names: Sequence[str], *, count: int = 0) -> None:
        """Take in one naming: into the group it belongs to, or as a new one."""
        forms = tuple(name for name in names if is_name(name))
        if not forms or label == "Asset":  # what an asset is depends on its deal: see `assets`
            return
        group = self.group(label, forms)
        if group is None:
            group = Group(self.article.id, label, ())
            self.groups.append(group)
        new = [form for form in forms if form not in group.forms]
        group.forms += tuple(dict.fromkeys(new))
        group.count += count
        self._by_full.setdefault((label, key(group.forms[0])), group)
        for form in new:
            if group not in (holders := self._by_form[label, key(form)]):
                holders.append(group)


class Labels:
    """Which label a name goes by, when articles disagree: a stated rule, the same for all.

    Companies, bodies and persons of one name are one thing under the label that most articles give it. What is bought,
    sold or acts in a deal under the name of a known company is that company, whatever the article took it for.
    """

    def __init__(self, claims: Iterable[Claims]) -> None:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for one in claims:
            for label, name in sorted({(_label(kind), key(names[0])) for kind, names in _namings(one) if names}):
                votes[name][label] += 1
        actors = ("Company", "Organization", "Person")
        self._actor = {name: max(actors, key=lambda a: v[a]) for name, v in votes.items() if any(v[a] for a in actors)}
        self._companies = {name for name, v in votes.items() if v["Company"]}

    def of(self, kind: str, names: Sequence[str]) -> str:
        """The label of a name told as `kind`."""
        label = _label(kind)
        if label in {"Product", "Asset"} or not names:
            return label
        return self._actor.get(key(names[0]), label)

    def of_party(self, party: Party) -> str:
        """The label of a deal's party."""
        acts = party.role != "subject" and bool(party.names) and key(party.names[0]) in self._companies
        return self.of("company" if acts and _label(party.kind) in ANSWERS_FOR_ITSELF else party.kind, party.names)


def readings(told: Iterable[tuple[Article, Claims]]) -> tuple[list[Reading], Labels]:
    """What each article names, by article id; of two tellings of one article the one fetched later counts."""
    tellings = [(_light(article), claims) for article, claims in told]
    tellings.sort(key=lambda one: (one[0].fetched_at or "", repr(one[0])))
    latest = {article.id: (article, claims) for article, claims in tellings}
    labels = Labels(claims for _, claims in latest.values())
    return [_reading(*latest[id_], labels) for id_ in sorted(latest)], labels


def _reading(article: Article, claims: Claims, labels: Labels) -> Reading:
    reading = Reading(article, claims)
    for named in claims.names:
        reading.add(labels.of(named.kind, named.names), named.names, count=named.count)
    for deal in claims.deals:
        for party in deal.parties:
            reading.add(labels.of_party(party), party.names)
    for relation in claims.relations:
        reading.add(labels.of(relation.subject_kind, relation.subject), relation.subject)
        reading.add(labels.of(relation.object_kind, relation.object), relation.object)
    return reading


def _light(article: Article) -> Article:
    """The article without its text: a million of them fit."""
    a = article
    return Article(a.id, a.title, "", a.url, a.publisher, a.authors, a.published_at, a.language, a.fetched_at)


def _namings(claims: Claims) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield from ((named.kind, named.names) for named in claims.names)
    yield from ((party.kind, party.names) for deal in claims.deals for party in deal.parties)
    for relation in claims.relations:
        yield relation.subject_kind, relation.subject
        yield relation.object_kind, relation.object


def _label(kind: str) -> str:
    return ontology.load().party_labels[kind]
