"""Recording facts: dated, attributed, checked, all or nothing."""

from datetime import date

import pytest

from registry.conditions import FactValueError
from registry.facilities.actions import FactConflict, newest_statement, record_facts
from registry.facilities.facts import facts_on
from registry.models import AuditEvent, FactValue
from tests.factories import make_building, make_facility, make_fact, make_user
from tests.factories import record_facts as given

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_a_value_holds_from_its_day_on() -> None:
    facility = make_facility()
    make_fact("contract_power_kw")
    record_facts(subject=facility, values={"contract_power_kw": 12000}, valid_from=TODAY, by=None)
    assert "contract_power_kw" not in facts_on(facility, date(2026, 11, 23)).facility
    assert facts_on(facility, TODAY).facility["contract_power_kw"] == 12000


def test_a_statement_keeps_who_and_why() -> None:
    facility, user = make_facility(), make_user()
    make_fact("contract_power_kw")
    [row] = record_facts(
        subject=facility, values={"contract_power_kw": 1}, valid_from=TODAY, source_note="수전 계약서", by=user
    )
    assert (row.recorded_by, row.source_note) == (user, "수전 계약서")


def test_recording_writes_one_audit_event_for_the_whole_batch() -> None:
    building = make_building()
    make_fact("floors_above")
    make_fact("floors_below")
    record_facts(subject=building, values={"floors_above": 4, "floors_below": 1}, valid_from=TODAY, by=None)
    event = AuditEvent.objects.get(verb="facts.recorded")
    assert event.data["values"] == {"floors_above": 4, "floors_below": 1}
    assert event.facility_id == building.facility_id


def test_none_withdraws_what_was_known() -> None:
    facility = make_facility(contract_power_kw=9000)
    record_facts(subject=facility, values={"contract_power_kw": None}, valid_from=TODAY, by=None)
    assert "contract_power_kw" not in facts_on(facility, TODAY).facility


def test_a_date_is_stored_as_iso_text_and_read_as_a_date() -> None:
    building = make_building()
    make_fact("use_approval_date")
    day = date(2023, 8, 30)
    [row] = record_facts(subject=building, values={"use_approval_date": day}, valid_from=TODAY, by=None)
    assert row.value == "2023-08-30"
    assert facts_on(building.facility, TODAY).buildings[0].facts["use_approval_date"] == day


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("floors_above", -1, "minimum"),
        ("floors_above", 2.5, "whole number"),
        ("floors_above", "six", "not a number"),
        ("has_sprinkler", "yes", "true or false"),
        ("use_approval_date", "2023-13-01", "date"),
        ("building_use", "castle", "not one of"),
        ("contract_power_kw", 1, "belongs to the facility"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_reason(key: str, value: object, reason: str) -> None:
    building = make_building()
    make_fact(key)
    with pytest.raises(FactValueError, match=reason) as error:
        record_facts(subject=building, values={key: value}, valid_from=TODAY, by=None)  # type: ignore[dict-item]
    assert key in str(error.value)


def test_an_unknown_fact_is_refused_by_name() -> None:
    with pytest.raises(FactValueError, match="floor_above.*no fact of this name"):
        record_facts(subject=make_building(), values={"floor_above": 3}, valid_from=TODAY, by=None)


def test_one_bad_value_keeps_the_whole_batch_out() -> None:
    building = make_building()
    make_fact("floors_above")
    make_fact("floors_below")
    with pytest.raises(FactValueError):
        record_facts(subject=building, values={"floors_below": 1, "floors_above": -1}, valid_from=TODAY, by=None)
    assert not FactValue.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_newer_statement_about_the_same_fact_is_a_conflict() -> None:
    building = make_building(floors_above=3)
    seen = newest_statement(building)
    given(building, floors_above=4)
    with pytest.raises(FactConflict) as conflict:
        record_facts(subject=building, values={"floors_above": 5}, valid_from=TODAY, by=None, seen=seen)
    assert [row.value for row in conflict.value.newer] == [4]


def test_a_newer_statement_about_another_fact_is_no_conflict() -> None:
    building = make_building(floors_above=3)
    make_fact("floors_below")
    seen = newest_statement(building)
    given(building, floors_below=1)
    record_facts(subject=building, values={"floors_above": 5}, valid_from=TODAY, by=None, seen=seen)
    assert facts_on(building.facility, TODAY).buildings[0].facts["floors_above"] == 5
