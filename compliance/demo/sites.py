"""From the profiles to facilities with facts."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from compliance.demo.cast import COMPANIES, Company, manager_of, who
from registry.facilities.actions import create_facility, record_facts
from registry.facilities.subjects import Subject
from registry.models import Facility, Operator

PROFILES = Path(__file__).parent / "profiles"
SOURCE = "예시 프로파일"


@dataclass(frozen=True)
class Profile:
    """What a file of `profiles/` says."""

    name_ko: str
    name_en: str
    note: str
    operator: dict[str, Any]
    facility: dict[str, Any]
    buildings: list[dict[str, Any]]


def profile_of(site: str) -> Profile:
    said = yaml.safe_load((PROFILES / f"{site}.yaml").read_text(encoding="utf-8"))
    return Profile(
        said["name_ko"], said["name_en"], said["basis_note"], said["operator"], said["facility"], said["buildings"]
    )


def lay_out_sites(known_from: date, at: datetime) -> None:
    """All facilities of the demo with the facts of their profiles, known from that day on."""
    for company in COMPANIES:
        _lay_out(company, profile_of(company.site), known_from, at)


def _lay_out(company: Company, profile: Profile, known_from: date, at: datetime) -> Facility:
    operator = Operator.objects.get(slug=company.slug)
    facility = create_facility(
        operator=operator,
        name_ko=profile.name_ko,
        name_en=profile.name_en,
        slug=company.site,
        buildings=[building["name"] for building in profile.buildings],
        is_illustrative=True,
        note=profile.note,
        by=who("demo-platform-admin"),
        at=at,
    )
    facts = {building["name"]: building["facts"] for building in profile.buildings}
    subjects: list[tuple[Subject, dict[str, Any]]] = [(operator, profile.operator), (facility, profile.facility)]
    subjects += [(building, facts[building.name]) for building in facility.buildings.all()]
    for subject, values in subjects:
        record_facts(
            subject=subject,
            values=values,
            valid_from=known_from,
            source_note=SOURCE,
            by=manager_of(company.site),
            at=at,
        )
    return facility
