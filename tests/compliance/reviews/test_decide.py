"""Decisions of the ministries."""

import pytest
from django.core.exceptions import PermissionDenied

from compliance.models import Dossier, Review
from compliance.reviews import actions
from registry.models import AuditEvent, User
from tests.compliance.reviews.review_builders import (
    AT,
    decide,
    make_submitted_dossier,
    manager_of,
    officer_of,
    raise_finding,
    review_of,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return make_submitted_dossier()


def decide_as(by: User, review: Review, decision: str = "accepted", *, reason: str = "") -> None:
    actions.decide(review, decision=decision, by=by, at=AT, row_version=review.row_version, reason=reason)


def state_now(dossier: Dossier) -> str:
    return Dossier.objects.get(pk=dossier.pk).state


def test_a_dossier_is_accepted_only_when_every_ministry_accepted(dossier: Dossier) -> None:
    decide(review_of(dossier, "nfa"))
    assert state_now(dossier) == Dossier.State.UNDER_REVIEW
    decide(review_of(dossier, "mcee"))
    assert state_now(dossier) == Dossier.State.ACCEPTED


def test_one_acceptance_with_conditions_makes_the_dossier_conditional(dossier: Dossier) -> None:
    decide(review_of(dossier, "nfa"), "conditional", conditions="6개월 안에 감지기를 바꿀 것")
    decide(review_of(dossier, "mcee"))
    assert state_now(dossier) == Dossier.State.CONDITIONAL


def test_one_return_returns_the_dossier_and_leaves_the_other_review_open(dossier: Dossier) -> None:
    decide(review_of(dossier, "nfa"), "returned", reason="도면 불일치")
    assert state_now(dossier) == Dossier.State.RETURNED
    assert review_of(dossier, "mcee") in Review.objects.decidable_by(officer_of("mcee"))


def test_acceptance_with_conditions_states_them(dossier: Dossier) -> None:
    with pytest.raises(actions.ReviewError, match="조건"):
        decide(review_of(dossier, "nfa"), "conditional")


def test_a_return_states_its_reason(dossier: Dossier) -> None:
    with pytest.raises(actions.ReviewError, match="사유"):
        decide(review_of(dossier, "nfa"), "returned", reason=" ")


def test_an_unknown_decision_is_refused(dossier: Dossier) -> None:
    with pytest.raises(actions.ReviewError, match="결정"):
        decide(review_of(dossier, "nfa"), "maybe")


@pytest.mark.parametrize(("decision", "said"), [("accepted", {}), ("conditional", {"conditions": "조건"})])
def test_acceptance_is_refused_while_a_finding_is_unresolved(
    dossier: Dossier, decision: str, said: dict[str, str]
) -> None:
    raise_finding(review_of(dossier, "nfa"))
    with pytest.raises(actions.ReviewError, match="1건.*해결로 표시하거나 반려"):
        decide(review_of(dossier, "nfa"), decision, **said)


def test_an_answered_finding_is_still_unresolved(dossier: Dossier) -> None:
    finding = raise_finding(review_of(dossier, "nfa"))
    actions.reply_to_finding(finding, text="답", by=manager_of(dossier.facility), at=AT)
    with pytest.raises(actions.ReviewError, match="1건"):
        decide(review_of(dossier, "nfa"))


def test_a_return_is_possible_with_unresolved_findings(dossier: Dossier) -> None:
    raise_finding(review_of(dossier, "nfa"))
    decide(review_of(dossier, "nfa"), "returned", reason="미비")
    assert review_of(dossier, "nfa").decision == Review.Decision.RETURNED


def test_acceptance_follows_when_every_finding_is_resolved(dossier: Dossier) -> None:
    finding = raise_finding(review_of(dossier, "nfa"))
    actions.resolve_finding(finding, by=officer_of("nfa"), at=AT)
    decide(review_of(dossier, "nfa"))
    assert review_of(dossier, "nfa").decision == Review.Decision.ACCEPTED


def test_an_officer_of_ministry_a_cannot_decide_for_ministry_b(dossier: Dossier) -> None:
    with pytest.raises(PermissionDenied):
        decide_as(officer_of("mcee"), review_of(dossier, "nfa"))
    assert review_of(dossier, "nfa").decision == ""


@pytest.mark.parametrize("role", ["manager", "officer", "rule_admin", "platform_admin", "auditor"])
def test_nobody_but_an_officer_of_the_ministry_decides(dossier: Dossier, role: str) -> None:
    with pytest.raises(PermissionDenied):
        decide_as(make_user(role), review_of(dossier, "nfa"))


def test_the_second_of_two_officers_who_decide_at_once_is_told(dossier: Dossier) -> None:
    first, second = review_of(dossier, "nfa"), review_of(dossier, "nfa")
    decide_as(officer_of("nfa"), first)
    with pytest.raises(actions.ReviewError, match="그사이"):
        decide_as(officer_of("nfa"), second, "returned", reason="늦음")
    assert review_of(dossier, "nfa").decision == Review.Decision.ACCEPTED


def test_a_decision_is_refused_when_the_review_moved_since_it_was_opened(dossier: Dossier) -> None:
    seen = review_of(dossier, "nfa")
    finding = raise_finding(review_of(dossier, "nfa"))
    actions.resolve_finding(finding, by=officer_of("nfa"), at=AT)
    with pytest.raises(actions.ReviewError, match="그사이"):
        decide_as(officer_of("nfa"), seen)


def test_a_decided_review_is_not_decided_again(dossier: Dossier) -> None:
    decide(review_of(dossier, "nfa"))
    with pytest.raises(actions.ReviewError, match="이미 결정"):
        decide(review_of(dossier, "nfa"), "returned", reason="다시")


def test_conditions_typed_for_another_decision_are_not_kept(dossier: Dossier) -> None:
    decide(review_of(dossier, "nfa"), "accepted", conditions="남은 글")
    assert review_of(dossier, "nfa").conditions == ""


def test_a_refused_decision_leaves_no_trace(dossier: Dossier) -> None:
    raise_finding(review_of(dossier, "nfa"))
    before = AuditEvent.objects.count()
    with pytest.raises(actions.ReviewError):
        decide(review_of(dossier, "nfa"))
    assert AuditEvent.objects.count() == before


def test_a_decision_is_one_audit_event(dossier: Dossier) -> None:
    decide(review_of(dossier, "nfa"), "returned", reason="미비")
    event = AuditEvent.objects.get(verb="review.decided")
    assert (event.data["ministry"], event.data["decision"]) == ("nfa", "returned")
