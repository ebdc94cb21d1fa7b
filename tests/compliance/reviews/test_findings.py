"""Findings and supplements, and the talk about them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from compliance.dossiers import snapshot
from compliance.models import Dossier, Finding, Review
from compliance.reviews import actions
from registry.models import AuditEvent
from tests.compliance.reviews.review_builders import (
    AT,
    DUE,
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


@pytest.fixture
def review(dossier: Dossier) -> Review:
    return review_of(dossier, "nfa")


def state_now(dossier: Dossier) -> str:
    return Dossier.objects.get(pk=dossier.pk).state


def key_of(dossier: Dossier, ministry: str) -> str:
    return snapshot.load(dossier.snapshot).obligations_of(ministry)[0].key


def test_a_finding_may_be_about_an_obligation_of_the_ministry(dossier: Dossier, review: Review) -> None:
    key = key_of(dossier, "nfa")
    assert raise_finding(review, obligation_key=key).obligation_key == key


def test_a_finding_about_another_ministrys_obligation_is_refused(dossier: Dossier, review: Review) -> None:
    with pytest.raises(actions.ReviewError, match="소관"):
        raise_finding(review, obligation_key=key_of(dossier, "mcee"))
    assert not Finding.objects.exists()


def test_an_unknown_obligation_is_refused(review: Review) -> None:
    with pytest.raises(actions.ReviewError, match="building:999:no-such-rule"):
        raise_finding(review, obligation_key="building:999:no-such-rule")


def test_a_supplement_needs_a_due_date(review: Review) -> None:
    with pytest.raises(actions.ReviewError, match="기한"):
        raise_finding(review, kind="supplement")


def test_a_due_date_is_not_in_the_past(review: Review) -> None:
    with pytest.raises(actions.ReviewError, match="2026-05-31"):
        raise_finding(review, kind="supplement", due_on=date(2026, 5, 31))


def test_a_due_date_may_be_today(review: Review) -> None:
    assert raise_finding(review, kind="supplement", due_on=date(2026, 6, 1)).pk


def test_a_supplement_makes_the_dossier_wait_until_the_manager_replies(dossier: Dossier, review: Review) -> None:
    finding = raise_finding(review, kind="supplement", due_on=DUE)
    assert state_now(dossier) == Dossier.State.SUPPLEMENT
    actions.reply_to_finding(finding, text="냈습니다.", by=manager_of(dossier.facility), at=AT)
    assert (finding.state, state_now(dossier)) == (Finding.State.ANSWERED, Dossier.State.UNDER_REVIEW)


def test_an_answer_that_does_not_do_is_reopened_with_a_new_due_date(dossier: Dossier, review: Review) -> None:
    finding = raise_finding(review, kind="supplement", due_on=DUE)
    actions.reply_to_finding(finding, text="냈습니다.", by=manager_of(dossier.facility), at=AT)
    later = date(2026, 7, 31)
    actions.reopen_finding(finding, text="도장이 없습니다.", due_on=later, by=officer_of("nfa"), at=AT)
    assert (finding.state, finding.due_on, state_now(dossier)) == ("open", later, Dossier.State.SUPPLEMENT)


def test_the_thread_keeps_every_turn_in_order(dossier: Dossier, review: Review) -> None:
    finding = raise_finding(review)
    actions.reply_to_finding(finding, text="답", by=manager_of(dossier.facility), at=AT)
    actions.reopen_finding(finding, text="다시", by=officer_of("nfa"), at=AT)
    actions.resolve_finding(finding, text="끝", by=officer_of("nfa"), at=AT)
    assert list(finding.messages.values_list("text", flat=True)) == ["답", "다시", "끝"]


def test_a_resolved_finding_takes_no_reply(dossier: Dossier, review: Review) -> None:
    finding = raise_finding(review)
    actions.resolve_finding(finding, by=officer_of("nfa"), at=AT)
    with pytest.raises(actions.ReviewError, match="해결"):
        actions.reply_to_finding(finding, text="늦은 답", by=manager_of(dossier.facility), at=AT)


def test_a_finding_of_a_decided_review_takes_no_reply(dossier: Dossier, review: Review) -> None:
    finding = raise_finding(review)
    decide(review, "returned", reason="미비")
    with pytest.raises(actions.ReviewError, match="다음 차수"):
        actions.reply_to_finding(finding, text="늦은 답", by=manager_of(dossier.facility), at=AT)


def test_a_finding_without_words_is_refused(review: Review) -> None:
    with pytest.raises(actions.ReviewError):
        actions.raise_finding(review, kind="finding", text="  ", by=officer_of("nfa"), at=AT)


def test_an_officer_of_another_ministry_raises_and_resolves_nothing(review: Review) -> None:
    finding = raise_finding(review)
    stranger = officer_of("mcee")
    with pytest.raises(PermissionDenied):
        actions.raise_finding(review, kind="finding", text="남의 일", by=stranger, at=AT)
    with pytest.raises(PermissionDenied):
        actions.resolve_finding(finding, by=stranger, at=AT)
    with pytest.raises(PermissionDenied):
        actions.reopen_finding(finding, text="남의 일", by=stranger, at=AT)


@pytest.mark.parametrize("role", ["manager", "officer", "platform_admin", "auditor"])
def test_only_a_manager_of_the_operator_replies(review: Review, role: str) -> None:
    finding = raise_finding(review)
    with pytest.raises(PermissionDenied):
        actions.reply_to_finding(finding, text="남의 답", by=make_user(role), at=AT)


def test_every_step_is_one_audit_event_of_the_facility(dossier: Dossier, review: Review) -> None:
    finding = raise_finding(review)
    actions.reply_to_finding(finding, text="답", by=manager_of(dossier.facility), at=AT)
    actions.reopen_finding(finding, text="다시", by=officer_of("nfa"), at=AT)
    actions.resolve_finding(finding, by=officer_of("nfa"), at=AT)
    told = AuditEvent.objects.filter(object_type="finding", facility_id=dossier.facility_id)
    assert [event.verb for event in told] == [
        "finding.raised",
        "finding.answered",
        "finding.reopened",
        "finding.resolved",
    ]
