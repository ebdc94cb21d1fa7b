"""Laying out sites and their buildings."""

import pytest

from registry.facilities.actions import add_building, create_facility, rename_building
from registry.models import AuditEvent
from tests.factories import make_facility, make_operator

pytestmark = pytest.mark.django_db


def test_a_site_is_created_with_its_buildings_in_order() -> None:
    facility = create_facility(operator=make_operator(), name_ko="세종", buildings=["본관", "서버동"], by=None)
    assert [row.name for row in facility.buildings.all()] == ["본관", "서버동"]
    assert AuditEvent.objects.get(verb="facility.created").data["buildings"] == ["본관", "서버동"]


def test_the_slug_comes_from_the_english_name() -> None:
    facility = create_facility(operator=make_operator(), name_ko="세종", name_en="Sejong Campus", by=None)
    assert facility.slug == "sejong-campus"


def test_a_taken_slug_gets_a_number() -> None:
    make_facility(slug="sejong-campus")
    facility = create_facility(operator=make_operator(), name_ko="세종", name_en="Sejong Campus", by=None)
    assert facility.slug == "sejong-campus-2"


def test_no_site_takes_the_address_of_the_form_for_new_ones() -> None:
    facility = create_facility(operator=make_operator(), name_ko="새로", name_en="New", by=None)
    assert facility.slug == "new-2"


def test_a_korean_name_alone_still_gives_an_address() -> None:
    operator = make_operator(slug="naver")
    assert create_facility(operator=operator, name_ko="각 세종", by=None).slug == "naver-site"


def test_a_building_is_added_after_the_others() -> None:
    facility = make_facility(buildings=["본관"])
    building = add_building(facility=facility, name="별관", by=None)
    assert list(facility.buildings.all()) == [facility.buildings.get(name="본관"), building]


def test_renaming_tells_the_old_name_in_the_trail() -> None:
    building = make_facility(buildings=["1동"]).buildings.get()
    rename_building(building=building, name="서버동", by=None)
    assert AuditEvent.objects.get(verb="building.renamed").data == {"from": "1동", "to": "서버동"}
