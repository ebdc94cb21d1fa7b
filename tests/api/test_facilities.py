"""Facilities and facts over the API."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from registry.models import Facility, FactValue, User
from tests.factories import make_facility, make_fact, make_user

SpeakingFor = Callable[[User], APIClient]
pytestmark = pytest.mark.django_db


@pytest.fixture
def facility() -> Facility:
    make_fact("contract_power_kw")
    return make_facility(slug="campus", floors_above=6)


@pytest.fixture
def manager(facility: Facility) -> User:
    return make_user(operator=facility.operator)


def test_a_manager_sees_the_facilities_of_his_operator_only(speaking_for: SpeakingFor, manager: User) -> None:
    make_facility(slug="elsewhere")
    rows = speaking_for(manager).get("/api/facilities/").json()["results"]
    assert [row["slug"] for row in rows] == ["campus"]


@pytest.mark.parametrize("role", ["manager", "officer", "rule_admin"])
def test_a_facility_does_not_exist_for_strangers(speaking_for: SpeakingFor, facility: Facility, role: str) -> None:
    api = speaking_for(make_user(role))
    assert api.get("/api/facilities/campus/").status_code == 404
    assert api.get("/api/facilities/campus/facts/").status_code == 404
    assert api.post("/api/facilities/campus/facts/", {"values": {}}, format="json").status_code == 404


def test_facts_are_those_known_on_the_day(speaking_for: SpeakingFor, manager: User) -> None:
    api = speaking_for(manager)
    assert api.get("/api/facilities/campus/facts/", {"on": "2019-12-31"}).json() == []
    (fact,) = api.get("/api/facilities/campus/facts/", {"on": "2020-01-01"}).json()
    assert (fact["key"], fact["value"], fact["valid_from"]) == ("floors_above", 6, "2020-01-01")


def test_recording_adds_a_dated_row_with_its_source(
    speaking_for: SpeakingFor, manager: User, facility: Facility
) -> None:
    body = {"values": {"contract_power_kw": 12000}, "valid_from": "2026-06-01", "source_note": "한전 계약서"}
    response = speaking_for(manager).post("/api/facilities/campus/facts/", body, format="json")
    row = FactValue.objects.get(definition__key="contract_power_kw")
    assert response.status_code == 201
    assert (row.value, row.source_note, row.recorded_by, row.facility) == (12000, "한전 계약서", manager, facility)


def test_a_building_is_named_as_subject(speaking_for: SpeakingFor, manager: User, facility: Facility) -> None:
    body = {"subject": f"building:{facility.buildings.get().pk}", "values": {"floors_above": 7}}
    response = speaking_for(manager).post("/api/facilities/campus/facts/", body, format="json")
    assert response.json()[0]["subject"] == body["subject"]


def test_a_null_withdraws_what_was_known(speaking_for: SpeakingFor, manager: User, facility: Facility) -> None:
    api, building = speaking_for(manager), facility.buildings.get()
    body = {"subject": f"building:{building.pk}", "values": {"floors_above": None}}
    api.post("/api/facilities/campus/facts/", body, format="json")
    assert api.get("/api/facilities/campus/facts/").json() == []


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"values": {"contract_power_kw": "much"}}, "contract_power_kw"),
        ({"values": {"no_such_fact": 1}}, "no_such_fact"),
        ({"values": {"floors_above": 6}}, "floors_above"),
        ({"subject": "building:999999", "values": {"floors_above": 6}}, "building:999999"),
        ({"values": {}}, "values"),
        ({"values": {"contract_power_kw": 1}, "valid_from": "soon"}, "valid_from"),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_nothing_is_recorded(
    speaking_for: SpeakingFor, manager: User, body: dict[str, object], named: str
) -> None:
    before = FactValue.objects.count()
    response = speaking_for(manager).post("/api/facilities/campus/facts/", body, format="json")
    assert (response.status_code, FactValue.objects.count()) == (400, before)
    assert named in response.content.decode()


def test_an_auditor_reads_but_does_not_record(speaking_for: SpeakingFor, facility: Facility) -> None:
    api = speaking_for(make_user("auditor"))
    body = {"values": {"contract_power_kw": 1}}
    assert api.get("/api/facilities/campus/facts/").status_code == 200
    assert api.post("/api/facilities/campus/facts/", body, format="json").status_code == 403
