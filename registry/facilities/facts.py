"""What was known about a site on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from registry.facilities.fact_models import FactDefinition, FactValue
from registry.facilities.models import Building, Facility

FactScalar = bool | int | float | str | date | None
Facts = Mapping[str, FactScalar]


@dataclass(frozen=True)
class BuildingFacts:
    """A building and its own facts; `pk` is None for one that is not recorded."""

    pk: int | None
    name: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class SiteFacts:
    """Operator, facility and buildings with the facts known for each on `on`; unknown facts are absent."""

    on: date
    operator: Facts
    facility: Facts
    buildings: tuple[BuildingFacts, ...]
    operator_pk: int | None = None
    facility_pk: int | None = None
    operator_name: str = ""
    facility_name: str = ""


def facts_on(facility: Facility, on: date) -> SiteFacts:
    """Facts of the facility, its operator and its buildings as known to hold on `on` (3 queries).

    The latest statement that had begun by `on` wins; a withdrawn fact (null) is unknown, hence absent.
    """
    return _site(facility, _facts_by_subject(FactValue.objects.about(facility).on(on)), on)


def sites_on(facilities: Sequence[Facility], on: date) -> list[SiteFacts]:
    """`facts_on` for many facilities (1 query, when operators and buildings are loaded with them)."""
    operators = {facility.operator_id for facility in facilities}
    rows = FactValue.objects.filter(
        Q(facility__in=facilities) | Q(building__facility__in=facilities) | Q(operator__in=operators)
    )
    by_subject = _facts_by_subject(rows.on(on))
    return [_site(facility, by_subject, on) for facility in facilities]


def _facts_by_subject(rows: QuerySet[FactValue]) -> dict[tuple[str, int], Facts]:
    by_subject: dict[tuple[str, int], dict[str, FactScalar]] = {}
    for row in rows.select_related("definition"):
        facts = by_subject.setdefault(_subject_of(row), {})
        if row.value is None:
            facts.pop(row.definition.key, None)
        else:
            facts[row.definition.key] = typed_value(row.definition, row.value)
    return {**by_subject}


def _site(facility: Facility, by_subject: Mapping[tuple[str, int], Facts], on: date) -> SiteFacts:
    return SiteFacts(
        on=on,
        operator=by_subject.get(("operator", facility.operator_id), {}),
        facility=by_subject.get(("facility", facility.pk), {}),
        buildings=_buildings(facility.buildings.all(), by_subject),
        operator_pk=facility.operator_id,
        facility_pk=facility.pk,
        operator_name=facility.operator.name_ko,
        facility_name=facility.name_ko,
    )


def _buildings(buildings: Iterable[Building], by_subject: Mapping[tuple[str, int], Facts]) -> tuple[BuildingFacts, ...]:
    return tuple(BuildingFacts(row.pk, row.name, by_subject.get(("building", row.pk), {})) for row in buildings)


def _subject_of(row: FactValue) -> tuple[str, int]:
    if row.building_id:
        return "building", row.building_id
    return ("facility", row.facility_id) if row.facility_id else ("operator", row.operator_id or 0)


def typed_value(definition: FactDefinition, value: FactScalar) -> FactScalar:
    """A stored JSON scalar as conditions see it: dates become `date`, everything else stays."""
    if definition.type == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    return value
