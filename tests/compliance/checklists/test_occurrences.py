"""Occurrences follow the cycle, the anchor and what was done."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from compliance.checklists.occurrence_actions import complete_occurrence
from compliance.checklists.reconcile import open_checklist, reconcile
from compliance.models import Item, Obligation, Occurrence
from registry.models import AuditEvent, Facility, User
from tests.compliance.checklists.checklist_builders import AT, ON
from tests.factories import make_building, make_facility, make_fact, make_rule, make_user, make_version, record_facts

pytestmark = pytest.mark.django_db


def opened(every: str, anchor: str, subject: str = "building", **facts: Any) -> Facility:
    if not anchor.startswith("calendar"):
        make_fact(anchor)
    make_version(make_rule("recurring"), subject=subject, recurrence={"every": every, "anchor": anchor})
    facility = make_facility(**facts)
    open_checklist(facility, by=None, on=ON)
    return facility


def open_dates() -> list[date]:
    return list(Occurrence.objects.filter(done_on__isnull=True).values_list("due_on", flat=True))


def complete(occurrence: Occurrence, done_on: date, **more: Any) -> None:
    by: User = make_user("platform_admin")
    complete_occurrence(occurrence, done_on=done_on, by=by, on=done_on, at=AT, **more)


def test_a_monthly_duty_has_a_year_of_due_dates() -> None:
    opened("P1M", "calendar:01-31")
    assert len(open_dates()) == 12
    assert Item.objects.get().next_due_on == date(2026, 6, 30)


def test_without_its_anchor_date_an_obligation_has_no_due_date() -> None:
    opened("P1Y", "use_approval_date")
    assert open_dates() == []
    assert Obligation.objects.get().next_due_on is None


def test_recording_the_anchor_date_brings_the_due_dates() -> None:
    facility = opened("P1Y", "use_approval_date")
    record_facts(facility, use_approval_date=date(2023, 8, 30), recorded_on=ON)
    reconcile(facility, by=None, on=ON)
    assert open_dates() == [date(2026, 8, 30)]


def test_correcting_the_anchor_date_moves_what_is_open_and_keeps_what_was_done() -> None:
    facility = opened("P6M", "use_approval_date", use_approval_date=date(2023, 8, 30))
    complete(Occurrence.objects.earliest("due_on"), date(2026, 8, 1))
    record_facts(facility, use_approval_date=date(2023, 9, 15), recorded_on=ON)
    reconcile(facility, by=None, on=ON)
    assert Occurrence.objects.filter(done_on__isnull=False).count() == 1
    assert open_dates() == [date(2026, 9, 15), date(2027, 3, 15)]


def test_completing_moves_the_next_due_date_of_obligation_and_item() -> None:
    opened("P1M", "calendar:01-31")
    complete(Occurrence.objects.earliest("due_on"), date(2026, 6, 29), note="점검표 작성")
    assert Obligation.objects.get().next_due_on == Item.objects.get().next_due_on == date(2026, 7, 31)


def test_what_counts_from_the_last_time_is_next_due_a_cycle_after_it_was_done() -> None:
    opened("P1Y", "last_energy_audit_date", subject="facility", last_energy_audit_date=date(2024, 4, 1))
    overdue = Occurrence.objects.get()
    assert overdue.is_overdue(ON)
    complete(overdue, date(2026, 6, 15))
    assert open_dates() == [date(2027, 6, 15)]


def test_a_site_duty_counted_per_building_has_the_dates_of_all_buildings() -> None:
    facility = opened("P1Y", "use_approval_date", subject="facility", use_approval_date=date(2023, 8, 30))
    make_building(facility, use_approval_date=date(2024, 10, 1))
    reconcile(facility, by=None, on=ON)
    assert open_dates() == [date(2026, 8, 30), date(2026, 10, 1)]


def test_it_cannot_be_done_twice_or_in_the_future() -> None:
    opened("P1M", "calendar:01-31")
    first = Occurrence.objects.earliest("due_on")
    with pytest.raises(ValidationError):
        complete_occurrence(first, done_on=date(2026, 6, 2), by=make_user(), on=ON, at=AT)
    complete(first, ON)
    with pytest.raises(ValidationError):
        complete(first, ON)
    assert AuditEvent.objects.filter(verb="occurrence.completed").count() == 1


def test_an_ended_obligation_leaves_the_calendar() -> None:
    make_version(make_rule(), condition="floors_above >= 6", recurrence={"every": "P1M", "anchor": "calendar:01-31"})
    facility = make_facility(floors_above=8)
    open_checklist(facility, by=None, on=ON)
    record_facts(facility, floors_above=2, recorded_on=ON)
    reconcile(facility, by=None, on=ON)
    assert open_dates() == []
    assert Item.objects.get().next_due_on is None
