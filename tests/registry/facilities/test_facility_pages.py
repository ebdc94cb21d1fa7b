"""Pages of sites: who sees and changes what, and how many queries a list takes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.models import Facility
from tests.factories import make_building, make_facility, make_fact, make_user

pytestmark = pytest.mark.django_db

PAGES = [
    "/facilities/site/",
    "/facilities/site/facts/",
    "/facilities/site/facts/history/floors_above/",
    "/facilities/site/incentives/",
    "/facilities/site/buildings/",
]


@pytest.fixture
def site() -> Facility:
    return make_facility(slug="site", floors_above=3)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["manager", "officer", "rule_admin"])
def test_a_stranger_finds_nothing(client: Client, site: Facility, page: str, role: str) -> None:
    client.force_login(make_user(role))
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_nobody_gets_in_without_signing_in(client: Client, site: Facility, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", PAGES)
def test_a_manager_of_the_operator_finds_every_page(client: Client, site: Facility, page: str) -> None:
    client.force_login(make_user(operator=site.operator))
    assert client.get(page).status_code == 200


def test_a_stranger_cannot_record_facts(client: Client, site: Facility) -> None:
    client.force_login(make_user())
    assert client.post("/facilities/site/facts/", {"for": f"facility:{site.pk}"}).status_code == 404


def test_an_auditor_reads_but_does_not_record(client: Client, site: Facility) -> None:
    client.force_login(make_user("auditor"))
    page = client.get("/facilities/site/facts/")
    assert "저장하고 다음 묶음" not in page.content.decode()
    assert client.post("/facilities/site/facts/", {"for": f"facility:{site.pk}"}).status_code == 403


def test_a_strangers_building_cannot_be_renamed(client: Client, site: Facility) -> None:
    client.force_login(make_user())
    building = site.buildings.get()
    assert client.post(f"/buildings/{building.pk}/", {"name": "x"}).status_code == 404


def test_a_manager_renames_his_building(client: Client, site: Facility) -> None:
    client.force_login(make_user(operator=site.operator))
    building = site.buildings.get()
    client.post(f"/buildings/{building.pk}/", {"name": "운영동"})
    building.refresh_from_db()
    assert building.name == "운영동"


def test_two_buildings_of_a_site_cannot_share_a_name(client: Client, site: Facility) -> None:
    client.force_login(make_user(operator=site.operator))
    response = client.post("/facilities/site/buildings/", {"name": site.buildings.get().name})
    assert "같은 이름의 동이 있습니다" in response.content.decode()


def test_a_manager_creates_a_site_for_his_own_operator(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    client.post("/facilities/new/", {"name_ko": "세종", "name_en": "Sejong", "buildings": "본관\n서버동\n"})
    facility = Facility.objects.get(slug="sejong")
    assert (facility.operator, facility.buildings.count()) == (user.operator, 2)


@pytest.mark.parametrize("role", ["officer", "rule_admin", "auditor"])
def test_others_create_no_sites(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    assert client.post("/facilities/new/", {"name_ko": "x"}).status_code == 403


def test_the_list_shows_own_sites_only(client: Client, site: Facility) -> None:
    client.force_login(make_user())
    assert "/facilities/site/" not in client.get("/facilities/").content.decode()


def test_the_list_is_searched_by_korean_substring(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    make_facility(operator=user.operator, slug="sejong", name_ko="포털 세종 캠퍼스")
    make_facility(operator=user.operator, slug="ansan", name_ko="안산 임대형")
    page = client.get("/facilities/?q=세종").content.decode()
    assert "/facilities/sejong/" in page
    assert "/facilities/ansan/" not in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_takes_the_same_queries_for_any_number_of_sites(
    client: Client, django_assert_num_queries: Callable[..., Any], count: int
) -> None:
    client.force_login(make_user("auditor"))
    make_fact("floors_above")
    for _ in range(count):
        make_facility(floors_above=3, contract_power_kw=100)
    with django_assert_num_queries(5):  # session, user, count, page, facts
        client.get("/facilities/")


def test_the_fact_page_takes_the_same_queries_for_many_buildings(
    client: Client, site: Facility, django_assert_num_queries: Callable[..., Any]
) -> None:
    client.force_login(make_user(operator=site.operator))
    for _ in range(5):
        make_building(site, floors_above=2, has_sprinkler=True)
    address = f"/facilities/site/facts/?section=building:{site.buildings.first().pk}/building"  # type: ignore[union-attr]
    with django_assert_num_queries(FACT_PAGE_QUERIES):
        client.get(address)


FACT_PAGE_QUERIES = 10
