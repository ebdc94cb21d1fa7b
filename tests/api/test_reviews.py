"""Dossiers and reviews over the API."""

import hashlib
from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from compliance.models import Dossier
from registry.models import User
from tests.compliance.reviews.review_builders import (
    make_submitted_dossier,
    manager_of,
    officer_of,
    raise_finding,
    review_of,
)
from tests.factories import make_user

SpeakingFor = Callable[[User], APIClient]
pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return make_submitted_dossier()


def test_a_dossier_tells_its_state_and_whom_it_was_sent_to(speaking_for: SpeakingFor, dossier: Dossier) -> None:
    row = speaking_for(manager_of(dossier.facility)).get(f"/api/dossiers/{dossier.number}/").json()
    assert (row["state"], sorted(row["ministries"])) == ("under_review", ["mcee", "nfa"])


def test_the_snapshot_is_served_byte_for_byte(speaking_for: SpeakingFor, dossier: Dossier) -> None:
    response = speaking_for(officer_of("nfa")).get(f"/api/dossiers/{dossier.number}/snapshot/")
    assert hashlib.sha256(response.content).hexdigest() == dossier.snapshot_sha256


def test_an_officer_sees_the_reviews_of_every_ministry_concerned(speaking_for: SpeakingFor, dossier: Dossier) -> None:
    rows = speaking_for(officer_of("nfa")).get("/api/reviews/", {"dossier": dossier.number}).json()["results"]
    assert sorted(row["ministry"] for row in rows) == ["mcee", "nfa"]


def test_a_review_tells_its_findings_and_whose_move_it_is(speaking_for: SpeakingFor, dossier: Dossier) -> None:
    review = review_of(dossier, "nfa")
    finding = raise_finding(review)
    row = speaking_for(manager_of(dossier.facility)).get(f"/api/reviews/{review.pk}/").json()
    assert (row["waiting"], [found["text"] for found in row["findings"]]) == ("manager", [finding.text])


@pytest.mark.parametrize("role", ["manager", "officer", "rule_admin"])
def test_dossiers_and_reviews_do_not_exist_for_strangers(
    speaking_for: SpeakingFor, dossier: Dossier, role: str
) -> None:
    api = speaking_for(make_user(role))
    for route in (
        f"dossiers/{dossier.number}",
        f"dossiers/{dossier.number}/snapshot",
        f"reviews/{review_of(dossier, 'nfa').pk}",
    ):
        assert api.get(f"/api/{route}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_review_is_not_decided_over_the_api(speaking_for: SpeakingFor, dossier: Dossier, method: str) -> None:
    api, review = speaking_for(officer_of("nfa")), review_of(dossier, "nfa")
    response = getattr(api, method)(f"/api/reviews/{review.pk}/", {"decision": "accepted"}, format="json")
    assert response.status_code == 405
    assert review_of(dossier, "nfa").decision == ""


@pytest.mark.parametrize(("route", "queries"), [("dossiers", 4), ("reviews", 6)])
def test_lists_take_a_fixed_number_of_queries(
    speaking_for: SpeakingFor,
    dossier: Dossier,
    route: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    raise_finding(review_of(dossier, "nfa"))
    api = speaking_for(make_user("auditor"))
    with django_assert_num_queries(queries):
        api.get(f"/api/{route}/")
