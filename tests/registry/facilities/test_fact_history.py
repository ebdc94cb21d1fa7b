"""The history of a fact: every statement, and which one holds."""

from datetime import date

import pytest
from django.test import Client

from registry.facilities.histories import histories_of
from registry.models import FactDefinition
from tests.factories import make_building, make_facility, make_user, record_facts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_the_latest_day_that_has_come_holds() -> None:
    facility = make_facility(contract_power_kw=9000)
    record_facts(facility, recorded_on=date(2026, 1, 1), contract_power_kw=12000)
    record_facts(facility, recorded_on=date(2027, 1, 1), contract_power_kw=15000)
    [history] = histories_of(FactDefinition.objects.get(key="contract_power_kw"), facility, TODAY)
    assert [(row.text, row.holds) for row in history.statements] == [
        ("15,000kW", False),
        ("12,000kW", True),
        ("9,000kW", False),
    ]


def test_a_withdrawal_is_part_of_the_history() -> None:
    facility = make_facility(contract_power_kw=9000)
    record_facts(facility, recorded_on=date(2026, 1, 1), contract_power_kw=None)
    [history] = histories_of(FactDefinition.objects.get(key="contract_power_kw"), facility, TODAY)
    assert [(row.text, row.holds) for row in history.statements] == [("", True), ("9,000kW", False)]


def test_every_building_has_its_own_history(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    facility = make_facility(operator=user.operator, slug="site", floors_above=3)
    make_building(facility, name="서버동", floors_above=4)
    page = client.get("/facilities/site/facts/history/floors_above/").content.decode()
    assert "3층" in page
    assert "4층" in page
    assert "서버동" in page


def test_a_fact_that_does_not_exist_has_no_history(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    make_facility(operator=user.operator, slug="site")
    assert client.get("/facilities/site/facts/history/nothing/").status_code == 404
