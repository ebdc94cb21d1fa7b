"""`?missing=` shows the facts that an obligation waits for, wherever they belong."""

import pytest
from django.test import Client
from django.utils.timezone import localdate

from registry.facilities.facts import facts_on
from tests.factories import make_building, make_facility, make_fact, make_user
from tests.registry.facilities.fact_form_posts import open_form, save_form

pytestmark = pytest.mark.django_db


def test_each_subject_gets_a_form_with_the_facts_of_its_level(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    facility = make_facility(operator=user.operator, slug="site")
    for key in ("floors_above", "contract_power_kw", "company_size", "height_m"):
        make_fact(key)
    there = "/facilities/site/facts/?missing=floors_above,contract_power_kw,company_size"
    assert "fact-floors_above" in open_form(client, there, facility.buildings.get())
    assert "fact-contract_power_kw" in open_form(client, there, facility)
    assert "fact-company_size" in open_form(client, there, facility.operator)
    assert "fact-height_m" not in client.get(there).content.decode()


def test_naming_a_building_leaves_the_others_out(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    facility = make_facility(operator=user.operator, slug="site")
    other = make_building(facility)
    make_fact("floors_above")
    there = f"/facilities/site/facts/?missing=floors_above&subject=building:{other.pk}"
    assert open_form(client, there, other)
    assert not open_form(client, there, facility.buildings.first())  # type: ignore[arg-type]


def test_saving_one_form_keeps_the_page_on_the_missing_facts(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    facility = make_facility(operator=user.operator, slug="site")
    make_fact("contract_power_kw")
    there = "/facilities/site/facts/?missing=contract_power_kw"
    response = save_form(client, there, open_form(client, there, facility), contract_power_kw="9000")
    assert response.url == there
    assert facts_on(facility, localdate()).facility == {"contract_power_kw": 9000}


def test_unknown_names_in_the_address_are_no_error(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    make_facility(operator=user.operator, slug="site")
    response = client.get("/facilities/site/facts/?missing=__class__,nothing")
    assert response.status_code == 200
    assert "적을 제원이 없습니다" in response.content.decode()
