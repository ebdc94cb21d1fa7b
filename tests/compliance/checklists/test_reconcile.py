"""Obligations appear, change, end and come back; answers stay."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from compliance.checklists.reconcile import open_checklist, reconcile
from compliance.models import Checklist, Item, Obligation
from registry.models import AuditEvent, Facility
from tests.factories import (
    load_small_catalogue,
    make_facility,
    make_rule,
    make_topic,
    make_version,
    record_facts,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


def outcomes(facility: Facility) -> dict[str, str]:
    rows = Obligation.objects.of_facility(facility).active().select_related("rule")
    return {row.rule.slug: row.outcome for row in rows}


def test_opening_fills_the_checklist_with_what_applies_and_what_nobody_knows() -> None:
    load_small_catalogue()
    facility = make_facility(floors_above=8, contract_power_kw=500)
    open_checklist(facility, by=None, on=ON)
    assert outcomes(facility) == {
        "fire-sprinkler": "applies",
        "fire-inspection": "applies",
        "ict-report": "undetermined",
    }


def test_an_undetermined_obligation_names_the_missing_fact_and_says_why() -> None:
    load_small_catalogue()
    facility = make_facility()
    open_checklist(facility, by=None, on=ON)
    row = Obligation.objects.get(rule__slug="energy-grid")
    assert row.missing == ["contract_power_kw"]
    assert row.because_ko and row.because_en and row.trace["value"] == "unknown"


def test_provisions_of_one_topic_meet_in_one_item_per_subject() -> None:
    load_small_catalogue()
    facility = make_facility(buildings=["본관", "별관"])
    open_checklist(facility, by=None, on=ON)
    items = Item.objects.filter(topic__slug="sprinklers")
    assert sorted(item.obligations.count() for item in items) == [2, 2]


def test_reconciling_twice_changes_nothing_and_records_nothing() -> None:
    load_small_catalogue()
    facility = make_facility(floors_above=8)
    open_checklist(facility, by=None, on=ON)
    events = AuditEvent.objects.count()
    result = reconcile(facility, by=None, on=ON)
    assert not result.changed_anything
    assert AuditEvent.objects.count() == events


def test_an_obligation_that_no_longer_applies_is_ended_and_kept() -> None:
    load_small_catalogue()
    facility = make_facility(floors_above=8)
    open_checklist(facility, by=None, on=ON)
    record_facts(facility, floors_above=3, recorded_on=ON)
    assert reconcile(facility, by=None, on=ON).ended == 1
    row = Obligation.objects.get(rule__slug="fire-sprinkler")
    assert (row.ended_on, row.ended_because) == (ON, "facts_changed")


def test_an_ended_obligation_comes_back_as_the_same_row() -> None:
    load_small_catalogue()
    facility = make_facility(floors_above=8)
    open_checklist(facility, by=None, on=ON)
    before = Obligation.objects.get(rule__slug="fire-sprinkler").pk
    record_facts(facility, floors_above=3, recorded_on=ON)
    reconcile(facility, by=None, on=ON)
    record_facts(facility, floors_above=9, recorded_on=date(2026, 7, 1))
    result = reconcile(facility, by=None, on=date(2026, 7, 1))
    row = Obligation.objects.get(rule__slug="fire-sprinkler")
    assert (row.pk, row.ended_on, result.returned) == (before, None, 1)


def test_a_rule_that_left_the_law_ends_its_obligation_with_that_reason() -> None:
    make_version(make_rule("fire-old"), effective_until=date(2026, 7, 1))
    facility = make_facility()
    open_checklist(facility, by=None, on=ON)
    reconcile(facility, by=None, on=date(2026, 7, 1))
    assert Obligation.objects.get().ended_because == "rule_closed"
    assert not Item.objects.get().is_active


def test_items_of_an_operator_are_shared_by_its_facilities() -> None:
    make_version(make_rule("ict-report", topic=make_topic("reports")), subject="operator")
    first = make_facility()
    second = make_facility(operator=first.operator)
    open_checklist(first, by=None, on=ON)
    open_checklist(second, by=None, on=ON)
    assert Item.objects.get() in Item.objects.of_facility(first) & Item.objects.of_facility(second)


def test_a_checklist_that_was_never_opened_cannot_be_reconciled() -> None:
    with pytest.raises(Checklist.DoesNotExist):
        reconcile(make_facility(), by=None, on=ON)


def test_one_event_tells_what_a_reconciliation_changed() -> None:
    load_small_catalogue()
    facility = make_facility(floors_above=8, contract_power_kw=500, is_ict_service_provider=True)
    open_checklist(facility, by=None, on=ON, at=datetime(2026, 6, 1, tzinfo=UTC))
    event = AuditEvent.objects.get(verb="checklist.reconciled")
    assert event.facility_id == facility.pk
    assert event.data["added"] == 3


@pytest.mark.parametrize("rules", [5, 60])
def test_a_reconciliation_that_finds_nothing_new_takes_the_same_queries_for_any_size(
    rules: int, django_assert_num_queries: Any
) -> None:
    for number in range(rules):
        make_version(make_rule(f"rule-{number:03}"), recurrence={"every": "P1Y", "anchor": "calendar:03-31"})
    facility = make_facility(buildings=["1동", "2동"])
    open_checklist(facility, by=None, on=ON)
    with django_assert_num_queries(14):
        reconcile(Facility.objects.get(pk=facility.pk), by=None, on=ON)
