"""Recording facts and laying out sites: the only place that writes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from registry.audit.actions import record
from registry.conditions import FactValueError
from registry.facilities.fact_models import FactDefinition, FactValue
from registry.facilities.facts import FactScalar
from registry.facilities.models import Building, Facility, Operator
from registry.facilities.subjects import Subject, facility_id_of, level_of, statements_about
from registry.facilities.vocabulary import spec_of
from registry.people.models import User


@dataclass
class FactConflict(Exception):
    """Somebody else recorded some of these facts after they were read; nothing was written."""

    newer: Sequence[FactValue]


@transaction.atomic
def record_facts(
    *,
    subject: Subject,
    values: Mapping[str, FactScalar],
    valid_from: date,
    source_note: str = "",
    by: User | None,
    at: datetime | None = None,
    seen: int | None = None,
) -> list[FactValue]:
    """State these values of the subject from `valid_from` on; None withdraws what was known.

    `seen` is the newest statement that the author knew of (`newest_statement`): a newer one about the same facts raises
    FactConflict. A value that does not fit raises FactValueError. Either way nothing at all is recorded.
    """
    definitions = _definitions(subject, values)
    stored = {key: _stored(definitions[key], value) for key, value in values.items()}
    _lock(subject)
    if seen is not None:
        _refuse_unseen(subject, values, seen)
    at = at or timezone.now()
    rows = [
        FactValue(
            definition=definitions[key],
            value=value,
            valid_from=valid_from,
            source_note=source_note,
            recorded_at=at,
            recorded_by=by,
            **{level_of(subject).value: subject},
        )
        for key, value in stored.items()
    ]
    FactValue.objects.bulk_create(rows)
    told = {"valid_from": valid_from, "source_note": source_note, "values": stored}
    record("facts.recorded", by=by, target=subject, data=told, facility_id=facility_id_of(subject), at=at)
    return rows


def newest_statement(subject: Subject) -> int:
    """Number of the newest statement about the subject, 0 when nothing was ever recorded."""
    newest = statements_about(subject).aggregate(pk=models.Max("pk"))["pk"]
    return newest or 0


def _definitions(subject: Subject, values: Mapping[str, FactScalar]) -> dict[str, FactDefinition]:
    known = {row.key: row for row in FactDefinition.objects.filter(key__in=values)}
    level = level_of(subject)
    for key, value in values.items():
        if key not in known:
            raise FactValueError(key, value, "is not recorded: the catalogue has no fact of this name")
        if known[key].level != level:
            raise FactValueError(key, value, f"belongs to the {known[key].level}: record it there, not on the {level}")
    return known


def _stored(definition: FactDefinition, value: FactScalar) -> bool | int | float | str | None:
    """The value as it is stored, after checking it; dates become ISO strings."""
    if value is None:
        return None
    spec_of(definition).check(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _lock(subject: Subject) -> None:
    """Order writers about one subject, so that the look for newer statements and the write are one step."""
    type(subject)._default_manager.select_for_update().get(pk=subject.pk)


def _refuse_unseen(subject: Subject, keys: Iterable[str], seen: int) -> None:
    newer = statements_about(subject).filter(pk__gt=seen, definition__key__in=list(keys))
    if rows := list(newer.select_related("definition", "recorded_by").order_by("pk")):
        raise FactConflict(rows)


@transaction.atomic
def create_facility(
    *,
    operator: Operator,
    name_ko: str,
    by: User | None,
    name_en: str = "",
    slug: str = "",
    buildings: Sequence[str] = (),
    is_illustrative: bool = False,
    note: str = "",
    at: datetime | None = None,
) -> Facility:
    """A new site of the operator with these buildings; the slug comes from the English name unless it is given."""
    facility = Facility.objects.create(
        operator=operator,
        slug=slug or _free_slug(slugify(name_en) or f"{operator.slug}-site"),
        name_ko=name_ko,
        name_en=name_en,
        is_illustrative=is_illustrative,
        note=note,
    )
    Building.objects.bulk_create(
        Building(facility=facility, name=name, order=order) for order, name in enumerate(buildings)
    )
    told = {"name_ko": name_ko, "slug": facility.slug, "buildings": list(buildings)}
    record("facility.created", by=by, target=facility, data=told, facility_id=facility.pk, at=at)
    return facility


def _free_slug(wanted: str) -> str:
    wanted = wanted[:70].strip("-")
    taken = set(Facility.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in candidates if slug not in taken and slug not in RESERVED_SLUGS)


RESERVED_SLUGS = {"new"}  # /facilities/new/ is the form for the next one


@transaction.atomic
def add_building(*, facility: Facility, name: str, by: User | None, at: datetime | None = None) -> Building:
    """One more building on the site; the name is free there."""
    last = facility.buildings.aggregate(order=models.Max("order"))["order"]
    building = Building.objects.create(facility=facility, name=name, order=0 if last is None else last + 1)
    record("building.added", by=by, target=building, data={"name": name}, facility_id=facility.pk, at=at)
    return building


@transaction.atomic
def rename_building(*, building: Building, name: str, by: User | None, at: datetime | None = None) -> None:
    old, building.name = building.name, name
    building.save(update_fields=["name"])
    told = {"from": old, "to": name}
    record("building.renamed", by=by, target=building, data=told, facility_id=building.facility_id, at=at)
