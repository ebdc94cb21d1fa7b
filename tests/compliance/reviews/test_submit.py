"""Submission opens the reviews."""

import pytest
from django.core.exceptions import PermissionDenied

from compliance.dossiers.actions import DossierRefused, issue_dossier
from compliance.models import Dossier, Review
from compliance.reviews import actions
from registry.models import AuditEvent
from tests.compliance.reviews.review_builders import (
    AT,
    ON,
    decide,
    make_answered_facility,
    make_submitted_dossier,
    manager_of,
    officer_of,
    review_of,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_submission_opens_one_review_per_ministry_concerned() -> None:
    dossier = make_submitted_dossier()
    assert sorted(dossier.reviews.values_list("ministry__slug", flat=True)) == ["mcee", "nfa"]


def test_a_submitted_dossier_is_under_review() -> None:
    dossier = make_submitted_dossier()
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.UNDER_REVIEW


def test_submission_tells_the_audit_trail_which_ministries_were_addressed() -> None:
    make_submitted_dossier()
    assert sorted(AuditEvent.objects.get(verb="reviews.opened").data["ministries"]) == ["mcee", "nfa"]


def test_a_dossier_is_submitted_once() -> None:
    dossier = make_submitted_dossier()
    with pytest.raises(DossierRefused):
        actions.submit_for_review(dossier, by=manager_of(dossier.facility), at=AT)
    assert dossier.reviews.count() == 2


@pytest.mark.parametrize("role", ["manager", "platform_admin", "auditor", "rule_admin"])
def test_only_a_manager_of_the_operator_submits(role: str) -> None:
    facility = make_answered_facility()
    dossier = issue_dossier(facility, on=ON, by=manager_of(facility), at=AT)
    with pytest.raises(PermissionDenied):
        actions.submit_for_review(dossier, by=make_user(role), at=AT)
    assert not Review.objects.exists()


def test_a_returned_dossier_allows_the_next_round_with_its_own_reviews() -> None:
    first = make_submitted_dossier()
    decide(review_of(first, "nfa"), "returned", reason="도면 불일치")
    second = make_submitted_dossier(first.facility)
    assert (second.round, second.previous, second.reviews.count()) == (2, first, 2)


def test_reviews_left_open_in_a_returned_round_end_when_the_next_is_submitted() -> None:
    first = make_submitted_dossier()
    decide(review_of(first, "nfa"), "returned", reason="도면 불일치")
    make_submitted_dossier(first.facility)
    left = review_of(first, "mcee")
    assert left in Review.objects.superseded()
    assert left not in Review.objects.decidable_by(officer_of("mcee"))
    with pytest.raises(actions.ReviewError, match="2"):
        decide(left)
