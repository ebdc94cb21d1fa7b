"""Items, obligations, answers and evidence over the API."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from compliance.models import Answer, Item
from registry.models import AuditEvent, Facility, User
from tests.compliance.reviews.review_builders import item_about, make_answered_facility, manager_of
from tests.factories import make_user

SpeakingFor = Callable[[User], APIClient]
pytestmark = pytest.mark.django_db


@pytest.fixture
def facility() -> Facility:
    return make_answered_facility()


@pytest.fixture
def api(speaking_for: SpeakingFor, facility: Facility) -> APIClient:
    return speaking_for(manager_of(facility))


def test_items_of_a_facility_with_their_answers(api: APIClient) -> None:
    rows = api.get("/api/items/", {"facility": "campus", "topic": "sprinklers"}).json()["results"]
    assert [(row["status"], row["answer"]["note"], len(row["obligations"])) for row in rows] == [
        ("compliant", "현장 확인", 2)
    ]


def test_obligations_carry_rule_citation_confidence_and_reason(api: APIClient) -> None:
    (row,) = api.get("/api/obligations/", {"facility": "campus", "outcome": "applies", "ministry": "nfa"}).json()[
        "results"
    ][:1]
    assert (row["version"]["citations"][0]["statute"], row["version"]["confidence"]) == ("건축법", "verified_text")
    assert row["because_ko"] and row["key"].startswith("building:")


def test_an_undetermined_obligation_names_the_missing_facts(api: APIClient) -> None:
    rows = api.get("/api/obligations/", {"outcome": "undetermined"}).json()["results"]
    assert {key for row in rows for key in row["missing"]} == {"contract_power_kw", "is_ict_service_provider"}


def test_an_answer_over_the_api_is_the_answer_of_the_page(api: APIClient, facility: Facility) -> None:
    item = item_about(facility, "grid")
    body = {"status": "partly", "note": "협의 중", "row_version": item.row_version}
    assert api.post(f"/api/items/{item.pk}/answer/", body, format="json").status_code == 201
    item.refresh_from_db()
    assert (item.status, AuditEvent.objects.filter(verb="item.answered").count()) == ("partly", 2)


def test_an_answer_over_a_newer_one_is_refused(api: APIClient, facility: Facility) -> None:
    item = item_about(facility, "sprinklers")
    body = {"status": "partly", "row_version": item.row_version - 1}
    assert api.post(f"/api/items/{item.pk}/answer/", body, format="json").status_code == 409
    assert Item.objects.get(pk=item.pk).status == "compliant"


def test_not_applicable_needs_a_justification(api: APIClient, facility: Facility) -> None:
    item = item_about(facility, "grid")
    body = {"status": "not_applicable", "row_version": item.row_version}
    response = api.post(f"/api/items/{item.pk}/answer/", body, format="json")
    assert (response.status_code, "justification" in response.json()) == (400, True)


@pytest.mark.parametrize("role", ["manager", "officer", "rule_admin"])
def test_items_do_not_exist_for_strangers(speaking_for: SpeakingFor, facility: Facility, role: str) -> None:
    api, item = speaking_for(make_user(role)), item_about(facility, "sprinklers")
    body = {"status": "partly", "row_version": item.row_version}
    assert api.get(f"/api/items/{item.pk}/").status_code == 404
    assert api.get("/api/items/").json()["count"] == 0
    assert api.get("/api/items/", {"facility": "campus"}).status_code == 404
    assert api.post(f"/api/items/{item.pk}/answer/", body, format="json").status_code == 404


def test_an_auditor_reads_but_does_not_answer(speaking_for: SpeakingFor, facility: Facility) -> None:
    api, item = speaking_for(make_user("auditor")), item_about(facility, "sprinklers")
    body = {"status": "partly", "row_version": item.row_version}
    before = Answer.objects.count()
    assert api.get(f"/api/items/{item.pk}/").status_code == 200
    assert api.post(f"/api/items/{item.pk}/answer/", body, format="json").status_code == 403
    assert Answer.objects.count() == before


def test_evidence_is_told_by_hash_and_items_without_its_file(api: APIClient, facility: Facility) -> None:
    row = next(row for row in api.get("/api/evidence/").json()["results"] if row["title"] == "sprinklers.png")
    assert (len(row["sha256"]), row["items"]) == (64, [item_about(facility, "sprinklers").pk])
    assert "file" not in row


@pytest.mark.parametrize(("route", "queries"), [("items", 5), ("obligations", 6), ("evidence", 4)])
def test_lists_take_a_fixed_number_of_queries(
    api: APIClient, route: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        api.get(f"/api/{route}/")
