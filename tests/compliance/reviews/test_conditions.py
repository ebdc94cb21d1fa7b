"""Conditions of an acceptance become dated duties on the facility's calendar."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from compliance.checklists.calendar import calendar_of
from compliance.checklists.commitment_actions import Duty, complete_commitment
from compliance.models import Commitment, Review
from compliance.reviews import actions
from registry.models import AuditEvent
from tests.compliance.reviews.review_builders import (
    AT,
    DUE,
    ON,
    decide,
    evidence_named,
    make_submitted_dossier,
    manager_of,
    officer_of,
    review_of,
)

pytestmark = pytest.mark.django_db
TEXT = "6개월 안에 감지기를 바꿀 것"


@pytest.fixture
def review() -> Review:
    return review_of(make_submitted_dossier(), "nfa")


@pytest.fixture
def commitment(review: Review) -> Commitment:
    decide(review, "conditional", conditions=TEXT)
    return Commitment.objects.get()


def complete(commitment: Commitment, **said: object) -> None:
    by = manager_of(commitment.facility)
    given = {"done_on": ON, **said}
    complete_commitment(commitment, by=by, on=ON, at=AT, **given)  # type: ignore[arg-type]


def test_a_condition_names_ministry_dossier_and_due_date(commitment: Commitment, review: Review) -> None:
    found = (commitment.text, commitment.due_on, commitment.ministry, commitment.source)
    assert found == (TEXT, DUE, review.ministry, review.dossier.number)


def test_it_stands_on_the_calendar_of_the_facility(client: Client, commitment: Commitment) -> None:
    client.force_login(manager_of(commitment.facility))
    html = client.get(f"/facilities/{commitment.facility.slug}/calendar/").content.decode()
    assert all(words in html for words in (TEXT, "2026-06-30", commitment.source))


def test_an_acceptance_without_conditions_commits_to_nothing(review: Review) -> None:
    decide(review, "accepted", conditions=TEXT)
    assert not Commitment.objects.exists()


def test_a_condition_that_is_due_in_the_past_is_refused(review: Review) -> None:
    duties = [Duty(TEXT, date(2026, 5, 31))]
    with pytest.raises(actions.ReviewError, match="이미 지났습니다"):
        actions.decide(review, decision="conditional", conditions=duties, by=officer_of("nfa"), at=AT, row_version=0)


def test_the_form_asks_a_due_date_for_every_condition(client: Client, review: Review) -> None:
    client.force_login(officer_of("nfa"))
    said = {"decision": "conditional", "condition_1": TEXT, "confirmed": "on", "row_version": review.row_version}
    html = client.post(f"/reviews/{review.pk}/decide/", said).content.decode()
    assert "조건마다 이행할 기한" in html
    assert not Commitment.objects.exists()


def test_two_conditions_typed_into_the_form_become_two_commitments(client: Client, review: Review) -> None:
    client.force_login(officer_of("nfa"))
    conditions = {
        "condition_1": TEXT,
        "condition_1_due_on": "2999-01-31",
        "condition_3": "도면을 고칠 것",
        "condition_3_due_on": "2999-02-28",
    }
    said = {"decision": "conditional", **conditions, "confirmed": "on", "row_version": review.row_version}
    assert client.post(f"/reviews/{review.pk}/decide/", said).status_code == 302
    assert [row.due_on.isoformat() for row in Commitment.objects.all()] == ["2999-01-31", "2999-02-28"]


def test_keeping_a_commitment_is_recorded_and_told(commitment: Commitment) -> None:
    complete(commitment, note="바꾸었습니다.", evidence=evidence_named("grid.png"))
    commitment.refresh_from_db()
    assert (commitment.done_on, commitment.note) == (ON, "바꾸었습니다.")
    assert AuditEvent.objects.get(verb="commitment.kept").data["dossier"] == commitment.source


def test_the_ministry_may_open_the_document_that_proves_it(client: Client, commitment: Commitment) -> None:
    grid = evidence_named("grid.png")
    address = f"/reviews/{Review.objects.get(ministry__slug='nfa').pk}/evidence/{grid.pk}/"
    client.force_login(officer_of("nfa"))
    assert client.get(address).status_code == 404
    complete(commitment, evidence=grid)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("done_on", [date(2026, 6, 2), date(2027, 1, 1)])
def test_it_cannot_be_kept_in_the_future(commitment: Commitment, done_on: date) -> None:
    with pytest.raises(ValidationError, match="오늘 이후"):
        complete(commitment, done_on=done_on)


def test_it_is_kept_once(commitment: Commitment) -> None:
    complete(commitment)
    with pytest.raises(ValidationError, match="이미 이행"):
        complete(commitment)


def test_kept_ones_come_after_open_ones(commitment: Commitment) -> None:
    complete(commitment)
    late = Commitment.objects.create(
        facility=commitment.facility,
        ministry=commitment.ministry,
        source=commitment.source,
        text="도면",
        due_on=date(2027, 1, 1),
        made_at=AT,
        made_by=officer_of("nfa"),
    )
    assert calendar_of(commitment.facility, ON).commitments == [late, commitment]


def test_the_review_shows_whether_it_is_late(client: Client, commitment: Commitment) -> None:
    Commitment.objects.update(due_on=date(2026, 6, 1))
    client.force_login(officer_of("nfa"))
    html = client.get(f"/reviews/{Review.objects.get(ministry__slug='nfa').pk}/").content.decode()
    assert TEXT in html
    assert "기한 지남" in html
