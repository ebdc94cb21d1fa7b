"""The facts of a site with their provenance, as a snapshot tells them."""

from collections.abc import Iterable
from datetime import date

from compliance.dossiers.contents import Fact, FactMeaning, Person, Subject
from registry.models import Building, Facility, FactDefinition, FactValue, Operator, User

Scalar = bool | int | float | str


def person(user: User | None) -> Person | None:
    return Person(user.username, str(user), user.role) if user else None


def subject_of(row: Operator | Facility | Building) -> Subject:
    """The subject by its level and names; a building has one name in every language."""
    if isinstance(row, Building):
        return Subject("building", row.pk, row.name, "")
    level = "facility" if isinstance(row, Facility) else "operator"
    return Subject(level, row.pk, row.name_ko, row.name_en)


def known_facts(facility: Facility, on: date) -> tuple[Fact, ...]:
    """The statement that holds on `on` for each fact of each subject, ordered by subject and definition (1 query)."""
    rows = (
        FactValue.objects.about(facility)
        .on(on)
        .select_related("definition__group", "operator", "facility", "building", "recorded_by")
    )
    latest = {(row.operator_id, row.facility_id, row.building_id, row.definition_id): row for row in rows}
    return tuple(_fact(row, row.value) for row in sorted(latest.values(), key=_order) if row.value is not None)


def _order(row: FactValue) -> tuple[int, int, int, int, int, str]:
    building = row.building
    level = 2 if building else 1 if row.facility_id else 0
    definition = row.definition
    return (
        level,
        building.order if building else 0,
        building.pk if building else 0,
        definition.group.order,
        definition.order,
        definition.key,
    )


def _fact(row: FactValue, value: Scalar) -> Fact:
    subject = row.building or row.facility or row.operator
    assert subject is not None  # factvalue_has_one_subject
    return Fact(
        subject=subject_of(subject),
        key=row.definition.key,
        value=value,
        display_ko=displayed(row.definition, value, "ko"),
        display_en=displayed(row.definition, value, "en"),
        valid_from=row.valid_from,
        recorded_at=row.recorded_at,
        recorded_by=person(row.recorded_by),
        source_note=row.source_note,
    )


def displayed(definition: FactDefinition, value: Scalar, language: str) -> str:
    """The value as people write it: `45,000 ㎡`, `예`, the label of a choice."""
    if isinstance(value, bool):
        return {"ko": ("아니오", "예"), "en": ("No", "Yes")}[language][value]
    if isinstance(value, int | float):
        number = int(value) if value == int(value) else value
        return f"{number:,} {definition.unit}".strip()
    return next((row[language] for row in definition.choices if row["value"] == value), value)


def meanings(keys: Iterable[str]) -> tuple[FactMeaning, ...]:
    """The definitions of the facts that a snapshot mentions (1 query)."""
    rows = FactDefinition.objects.filter(key__in=set(keys)).select_related("group").order_by("key")
    return tuple(
        FactMeaning(
            key=row.key,
            level=row.level,
            type=row.type,
            unit=row.unit,
            label_ko=row.label_ko,
            label_en=row.label_en,
            group_ko=row.group.name_ko,
            group_en=row.group.name_en,
        )
        for row in rows
    )
