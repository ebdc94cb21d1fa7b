"""What people send from the pages of reviews."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from compliance.dossiers import snapshot
from compliance.dossiers.actions import issue_dossier
from compliance.models import Dossier, Finding, Review
from registry.models import User
from tests.compliance.reviews.review_builders import (
    AT,
    ON,
    make_answered_facility,
    make_submitted_dossier,
    manager_of,
    officer_of,
    raise_finding,
    review_of,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    return review_of(make_submitted_dossier(), "nfa")


def send(client: Client, user: User, address: str, **data: str) -> Any:
    client.force_login(user)
    return client.post(address, data)


def decision(review: Review, **said: str) -> dict[str, str]:
    return {"decision": "accepted", "confirmed": "on", "row_version": str(review.row_version), **said}


def test_an_officer_accepts(client: Client, review: Review) -> None:
    response = send(client, officer_of("nfa"), f"/reviews/{review.pk}/decide/", **decision(review))
    assert response.status_code == 302
    assert review_of(review.dossier, "nfa").decision == Review.Decision.ACCEPTED


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"confirmed": ""}, "확인란"),
        ({"decision": ""}, "결정하지 못했습니다"),
        ({"decision": "conditional"}, "조건을 적어야"),
        ({"decision": "returned"}, "사유를 적어야"),
    ],
)
def test_an_incomplete_decision_is_not_taken_and_says_why(
    client: Client, review: Review, said: dict[str, str], told: str
) -> None:
    response = send(client, officer_of("nfa"), f"/reviews/{review.pk}/decide/", **decision(review, **said))
    assert told in response.content.decode()
    assert review_of(review.dossier, "nfa").decision == ""


def test_acceptance_with_an_unresolved_finding_shows_the_one_error_and_keeps_the_words(
    client: Client, review: Review
) -> None:
    raise_finding(review)
    review.refresh_from_db()
    said = decision(review, reason="잘 갖추었습니다.")
    response = send(client, officer_of("nfa"), f"/reviews/{review.pk}/decide/", **said)
    html = response.content.decode()
    assert response.status_code == 409
    assert "해결되지 않은 지적이 1건 있어 수리할 수 없습니다" in html and ">\n잘 갖추었습니다.</textarea>" in html


def test_an_officer_who_looked_at_an_older_state_is_asked_again_and_may_then_decide(
    client: Client, review: Review
) -> None:
    seen = decision(review, decision="returned", reason="미비")
    raise_finding(review)
    response = send(client, officer_of("nfa"), f"/reviews/{review.pk}/decide/", **seen)
    assert response.status_code == 409 and "그사이" in response.content.decode()
    assert f'name="row_version" value="{review.row_version}"' in response.content.decode()
    again = {**seen, "row_version": str(review.row_version)}
    assert send(client, officer_of("nfa"), f"/reviews/{review.pk}/decide/", **again).status_code == 302


def test_an_officer_of_another_concerned_ministry_is_refused(client: Client, review: Review) -> None:
    response = send(client, officer_of("mcee"), f"/reviews/{review.pk}/decide/", **decision(review))
    assert response.status_code == 403


def test_a_supplement_is_asked_for_at_an_obligation(client: Client, review: Review) -> None:
    key = snapshot.load(review.dossier.snapshot).obligations_of("nfa")[0].key
    due = str(localdate() + timedelta(days=14))
    said = {"kind": "supplement", "text": "도면을 내십시오.", "documents": "평면도", "due_on": due}
    response = send(client, officer_of("nfa"), f"/reviews/{review.pk}/findings/?obligation={key}", **said)
    finding = Finding.objects.get()
    assert response.status_code == 302
    assert (finding.obligation_key, finding.documents, str(finding.due_on)) == (key, "평면도", due)


def test_a_supplement_without_a_due_date_is_asked_again(client: Client, review: Review) -> None:
    said = {"kind": "supplement", "text": "도면을 내십시오."}
    response = send(client, officer_of("nfa"), f"/reviews/{review.pk}/findings/", **said)
    assert "기한이 있어야 합니다" in response.content.decode() and "도면을 내십시오." in response.content.decode()
    assert not Finding.objects.exists()


def test_another_ministrys_obligation_cannot_be_asked_about(client: Client, review: Review) -> None:
    key = snapshot.load(review.dossier.snapshot).obligations_of("mcee")[0].key
    said = {"kind": "finding", "text": "남의 일"}
    assert (
        send(client, officer_of("nfa"), f"/reviews/{review.pk}/findings/?obligation={key}", **said).status_code == 404
    )


def test_the_form_is_a_page_of_its_own_and_a_fragment_for_htmx(client: Client, review: Review) -> None:
    client.force_login(officer_of("nfa"))
    address = f"/reviews/{review.pk}/findings/"
    assert "<html" in client.get(address).content.decode()
    assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_the_manager_replies_and_the_officer_resolves(client: Client, review: Review) -> None:
    finding = raise_finding(review)
    manager = manager_of(review.dossier.facility)
    assert send(client, manager, f"/findings/{finding.pk}/reply/", text="고쳤습니다.").status_code == 302
    assert send(client, officer_of("nfa"), f"/findings/{finding.pk}/resolve/", text="").status_code == 302
    finding.refresh_from_db()
    assert finding.state == Finding.State.RESOLVED


def test_an_empty_reply_is_asked_again_at_its_finding(client: Client, review: Review) -> None:
    finding = raise_finding(review)
    response = send(client, manager_of(review.dossier.facility), f"/findings/{finding.pk}/reply/", text="")
    assert response.status_code == 200 and not finding.messages.exists()
    assert "필수" in response.content.decode()


def test_an_officer_reopens_with_words(client: Client, review: Review) -> None:
    finding = raise_finding(review)
    send(client, manager_of(review.dossier.facility), f"/findings/{finding.pk}/reply/", text="고쳤습니다.")
    assert send(client, officer_of("nfa"), f"/findings/{finding.pk}/reopen/", text="아직입니다.").status_code == 302
    finding.refresh_from_db()
    assert finding.state == Finding.State.OPEN


def unsubmitted() -> Dossier:
    facility = make_answered_facility()
    return issue_dossier(facility, on=ON, by=manager_of(facility), at=AT)


def test_before_submission_the_manager_reads_what_is_open(client: Client) -> None:
    dossier = unsubmitted()
    client.force_login(manager_of(dossier.facility))
    html = client.get(f"/dossiers/{dossier.number}/submit/").content.decode()
    assert "답하지 않은 점검 항목이 2개" in html and "판단할 수 없는 의무가 2건" in html
    assert "제출받을 부처 2곳" in html


def test_submission_leads_to_the_reviews(client: Client) -> None:
    dossier = unsubmitted()
    response = send(client, manager_of(dossier.facility), f"/dossiers/{dossier.number}/submit/")
    assert response.headers["Location"] == f"/dossiers/{dossier.number}/reviews/"
    assert dossier.reviews.count() == 2


def test_a_second_submission_says_that_it_was_submitted(client: Client) -> None:
    dossier = make_submitted_dossier()
    response = send(client, manager_of(dossier.facility), f"/dossiers/{dossier.number}/submit/")
    assert response.status_code == 409 and "이미 제출한 보고서" in response.content.decode()


@pytest.mark.parametrize("role", ["auditor", "platform_admin"])
def test_whoever_sees_a_dossier_without_being_its_manager_does_not_submit(client: Client, role: str) -> None:
    dossier = unsubmitted()
    assert send(client, make_user(role), f"/dossiers/{dossier.number}/submit/").status_code == 403
    assert not dossier.reviews.exists()
