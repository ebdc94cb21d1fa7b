"""All ministries on one page: who waits for whom, and for how long."""

from datetime import date, timedelta

import pytest
from django.test import Client

from compliance.models import Dossier
from compliance.reviews import actions
from compliance.reviews.pages import ReviewRow, joint_standing, siblings_of
from tests.compliance.reviews.review_builders import (
    AT,
    DUE,
    ON,
    decide,
    make_submitted_dossier,
    manager_of,
    officer_of,
    raise_finding,
    review_of,
)

pytestmark = pytest.mark.django_db
IN_TEN_DAYS = ON + timedelta(days=10)


@pytest.fixture
def dossier() -> Dossier:
    return make_submitted_dossier()


def row_of(dossier: Dossier, ministry: str, on: date = IN_TEN_DAYS) -> ReviewRow:
    return next(row for row in siblings_of(dossier, on) if row.review.ministry.slug == ministry)


def test_a_ministry_that_has_done_nothing_has_been_waited_for_since_submission(dossier: Dossier) -> None:
    assert row_of(dossier, "nfa").days_waiting == 10


def test_a_question_makes_the_operator_the_one_who_is_waited_for(dossier: Dossier) -> None:
    raise_finding(review_of(dossier, "nfa"), kind="supplement", due_on=DUE)
    joint = joint_standing(siblings_of(dossier, ON))
    assert [row.review.ministry.slug for row in joint.on_manager] == ["nfa"]
    assert [row.review.ministry.slug for row in joint.on_ministry] == ["mcee"]


def test_a_reply_starts_the_ministrys_days_anew(dossier: Dossier) -> None:
    finding = raise_finding(review_of(dossier, "nfa"))
    answered = AT + timedelta(days=4)
    actions.reply_to_finding(finding, text="답", by=manager_of(dossier.facility), at=answered)
    row = row_of(dossier, "nfa")
    assert (row.days_waiting, row.unresolved, row.answered) == (6, 1, 1)


def test_a_question_asked_again_starts_the_operators_days_anew(dossier: Dossier) -> None:
    finding = raise_finding(review_of(dossier, "nfa"))
    actions.reply_to_finding(finding, text="답", by=manager_of(dossier.facility), at=AT)
    actions.reopen_finding(finding, text="다시", by=officer_of("nfa"), at=AT + timedelta(days=7))
    assert row_of(dossier, "nfa").days_waiting == 3


def test_nobody_waits_for_a_decided_review(dossier: Dossier) -> None:
    decide(review_of(dossier, "nfa"))
    assert row_of(dossier, "nfa").days_waiting is None


def test_the_page_names_the_side_and_the_days(client: Client, dossier: Dossier) -> None:
    raise_finding(review_of(dossier, "nfa"))
    client.force_login(officer_of("mcee"))
    html = client.get(f"/dossiers/{dossier.number}/reviews/").content.decode()
    assert all(words in html for words in ("누구 차례", "기다린 날", "사업자의 답변을 기다리는 부처"))
