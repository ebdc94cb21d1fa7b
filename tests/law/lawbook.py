"""Law cases as a lawyer reads them, and the shipped law that they are held against."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from registry.catalogue.assessing import assess_site
from registry.catalogue.law import Law, shipped_law
from registry.catalogue.profiles import Profile, profile_from
from registry.facilities.facts import BuildingFacts, SiteFacts

__all__ = ["Case", "cases_in", "shipped_law"]
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One sentence of law: what becomes of a rule on a day for a site of which these facts are known."""

    name: str
    rule: str
    on: date
    facts: dict[str, Any]
    buildings: tuple[dict[str, Any], ...]
    expect: str

    def site(self, law: Law) -> SiteFacts:
        """`buildings`, where given, lists what sets the buildings of one site apart."""
        common = profile_from({"facts": self.facts}, law.vocabulary)
        parts = [self._building(number, law) for number in range(len(self.buildings))]
        shared = common.buildings[0].facts
        buildings = tuple(BuildingFacts(None, row.name, {**shared, **row.facts}) for row in parts)
        return Profile(
            operator=common.operator, facility=common.facility, buildings=buildings or common.buildings
        ).site(self.on)

    def _building(self, number: int, law: Law) -> BuildingFacts:
        row = {"name": f"{number + 1}동", "facts": self.buildings[number]}
        return profile_from({"buildings": [row]}, law.vocabulary).buildings[0]

    def outcome(self, law: Law) -> str:
        """Of the rule for its subject; for a rule on buildings the first building is meant."""
        rules = tuple(rule for rule in law.rules if rule.slug == self.rule)
        assessment = assess_site(self.site(law), replace(law, rules=rules, incentives=()))
        return str(assessment.rules[0].outcome)


def cases_in(name: str) -> list[Case]:
    rows = yaml.load((HERE / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [
        Case(
            row["name"],
            row["rule"],
            date.fromisoformat(row["on"]),
            row["facts"],
            tuple(row.get("buildings", ())),
            row["expect"],
        )
        for row in rows
    ]
