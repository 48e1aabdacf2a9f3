"""A deal in a line, for lists and pictures."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.records import Deal

PHRASES = {
    "acquisition": "{buyer} buys {target}",
    "divestiture": "{seller} sells {target} to {buyer}",
    "investment": "{investor} invests in {target}",
    "licensing": "{licensor} licenses {subject} to {licensee}",
    "supply": "{supplier} supplies {subject} to {customer}",
    "merger": "{partner} merge",
    "partnership": "{partner} partner",
    "joint_venture": "{partner} found {target}",
}
UNTOLD = {"subject": "", "target": "a business", "partner": "partners"}
MOST = 3


def title(deal: Deal, names: Mapping[str, str]) -> str:
    """Such as "Microsoft sells feature phone business to FIH Mobile". names: by entity id."""
    roles: dict[str, list[str]] = {}
    for party, role in deal.parties:
        roles.setdefault(role, []).append(names[party])
    if deal.kind == "divestiture" and "buyer" not in roles:
        phrase = "{seller} sells {target}"
    elif deal.kind == "joint_venture" and "target" not in roles:
        phrase = "{partner} found a joint venture"
    else:
        phrase = PHRASES[deal.kind]
    told = {role: _listed(roles.get(role, [])) or UNTOLD.get(role, "an unnamed party") for role in _roles(phrase)}
    return " ".join(phrase.format(**told).split())


def _roles(phrase: str) -> list[str]:
    return [part.split("}")[0] for part in phrase.split("{")[1:]]


def _listed(names: list[str]) -> str:
    shown = sorted(names)[:MOST]
    if len(names) > MOST:
        return f"{', '.join(shown)} and {len(names) - MOST} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
