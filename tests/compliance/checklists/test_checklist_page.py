"""The page of the unified checklist."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from compliance.checklists.actions import Entry, answer_item
from compliance.checklists.reconcile import open_checklist
from compliance.models import Checklist, Item
from registry.models import Facility, User
from tests.compliance.checklists.checklist_builders import AT
from tests.factories import (
    load_small_catalogue,
    make_facility,
    make_ministry,
    make_rule,
    make_topic,
    make_user,
    make_version,
    record_facts,
)

pytestmark = pytest.mark.django_db


def signed_in(facility: Facility, role: str = "manager") -> Client:
    user = make_user(operator=facility.operator) if role == "manager" else make_user(role)
    return client_of(user)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def opened(**facts: Any) -> Facility:
    load_small_catalogue()
    facility = make_facility(slug="site", **facts)
    open_checklist(facility, by=None, on=localdate())
    return facility


def page(facility: Facility, query: str = "", role: str = "manager") -> str:
    return signed_in(facility, role).get(f"/facilities/{facility.slug}/checklist/{query}").content.decode()


def test_a_facility_without_a_checklist_offers_to_open_one() -> None:
    facility = make_facility()
    assert f"/facilities/{facility.slug}/checklist/open/" in page(facility)


def test_opening_leads_to_the_filled_checklist() -> None:
    load_small_catalogue()
    facility = make_facility(floors_above=8)
    answer = signed_in(facility).post(f"/facilities/{facility.slug}/checklist/open/", follow=True)
    assert "sprinklers 주제" in answer.content.decode()


def test_the_page_says_what_cannot_be_decided_and_which_facts_would_decide_it() -> None:
    text = page(opened(floors_above=8))
    assert "판단 불가" in text
    assert "/facilities/site/facts/?missing=contract_power_kw" in text


def test_an_undetermined_item_is_not_counted_as_answered_even_when_it_was_answered() -> None:
    facility = opened(floors_above=8, is_ict_service_provider=False)
    item = Item.objects.get(topic__slug="grid")
    answer_item(item, Entry(status="compliant"), by=make_user("platform_admin"), at=AT, row_version=item.row_version)
    assert "전체 3건 중 0건 답변" in page(facility)


def test_a_site_without_buildings_does_not_look_free_of_duties() -> None:
    load_small_catalogue()
    facility = make_facility(buildings=())
    open_checklist(facility, by=None, on=localdate())
    assert "등록된 건축물이 없어" in page(facility)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"sprinklers", "grid"}),
        ("?ministry=nfa", {"sprinklers"}),
        ("?topic=grid", {"grid"}),
        ("?outcome=undetermined", {"grid"}),
        ("?outcome=applies&ministry=mcee", set()),
        ("?subject=facility", {"grid"}),
        ("?status=unanswered", {"sprinklers", "grid"}),
        ("?status=compliant", set()),
        ("?stage=operation", {"sprinklers", "grid"}),
        ("?stage=closure", set()),
        ("?overdue=on", set()),
        ("?reconfirm=on", set()),
        ("?q=제1조", {"sprinklers", "grid"}),
        ("?q=sprinkler 갖추어야", {"sprinklers"}),
        ("?q=없는말", set()),
        ("?ministry=nonsense", {"sprinklers", "grid"}),
    ],
)
def test_filters_and_search(query: str, found: set[str]) -> None:
    facility = opened(floors_above=8, is_ict_service_provider=False)
    text = page(facility, query).split('id="items"')[1]
    assert {slug for slug in ("sprinklers", "grid") if f"{slug} 주제" in text} == found


def test_no_match_offers_to_clear_the_filters() -> None:
    assert "조건 지우기" in page(opened(), "?q=없는말")


def test_htmx_gets_the_list_alone() -> None:
    facility = opened()
    answer = signed_in(facility).get(
        "/facilities/site/checklist/", headers={"HX-Request": "true", "HX-Target": "items"}
    )
    assert answer.content.decode().strip().startswith('<div id="items"')


def test_opening_the_page_after_facts_changed_brings_the_checklist_up_to_date() -> None:
    facility = opened(floors_above=8)
    record_facts(facility, floors_above=3, recorded_on=date(2026, 1, 1))
    assert "끝난 의무 1건" in page(facility)


def test_opening_the_page_on_another_day_brings_the_checklist_up_to_date() -> None:
    facility = opened(floors_above=8)
    Checklist.objects.update(reconciled_on=date(2020, 1, 1))
    page(facility)
    assert Checklist.objects.get().reconciled_on == localdate()


def test_an_auditor_sees_that_the_checklist_is_behind_but_changes_nothing() -> None:
    facility = opened(floors_above=8)
    record_facts(facility, floors_above=3, recorded_on=date(2026, 1, 1))
    assert "바뀌었습니다" in page(facility, role="auditor")
    assert not Item.objects.filter(obligations__ended_on__isnull=False).exists()


@pytest.mark.parametrize("items", [10, 300])
def test_the_page_takes_the_same_queries_for_any_number_of_items(items: int, django_assert_num_queries: Any) -> None:
    for number in range(items):
        topic = make_topic(f"topic-{number:03}")
        make_version(make_rule(f"rule-{number:03}", topic=topic), ministry=make_ministry(f"m-{number % 9}"))
    facility = make_facility()
    open_checklist(facility, by=None, on=localdate())
    client = signed_in(facility)
    client.get(f"/facilities/{facility.slug}/checklist/")  # parses conditions, compiles templates
    with django_assert_num_queries(20):
        answer = client.get(f"/facilities/{facility.slug}/checklist/")
    assert answer.content.decode().count('class="item"') == items
