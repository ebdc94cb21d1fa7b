"""Documents with replies, and extended due dates."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from compliance.models import DueExtension, Evidence, Finding, Review
from compliance.reviews import actions
from registry.models import AuditEvent
from tests.compliance.reviews.review_builders import (
    AT,
    DUE,
    document,
    evidence_named,
    make_submitted_dossier,
    manager_of,
    officer_of,
    raise_finding,
    review_of,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LONGER = date(2026, 7, 31)


@pytest.fixture
def review() -> Review:
    return review_of(make_submitted_dossier(), "nfa")


@pytest.fixture
def supplement(review: Review) -> Finding:
    return raise_finding(review, kind="supplement", due_on=DUE)


def reply(finding: Finding, **shown: object) -> None:
    by = manager_of(finding.review.dossier.facility)
    actions.reply_to_finding(finding, text="서류를 냅니다.", by=by, at=AT, **shown)  # type: ignore[arg-type]


def status_of(client: Client, ministry: str, review: Review, evidence: Evidence) -> int:
    client.force_login(officer_of(ministry))
    return client.get(f"/reviews/{review.pk}/evidence/{evidence.pk}/").status_code


def test_a_reply_may_show_a_document_that_is_kept(client: Client, supplement: Finding) -> None:
    grid = evidence_named("grid.png")  # no obligation of the fire ministry uses it
    assert status_of(client, "nfa", supplement.review, grid) == 404
    reply(supplement, evidence=[grid])
    assert status_of(client, "nfa", supplement.review, grid) == 200


def test_a_document_shown_to_one_ministry_stays_closed_to_the_others(client: Client, supplement: Finding) -> None:
    reply(supplement, file=document("secret-plan"))
    shown = evidence_named("secret-plan.png")
    assert status_of(client, "mcee", supplement.review, shown) == 404
    assert status_of(client, "mcee", review_of(supplement.review.dossier, "mcee"), shown) == 404


def test_a_new_file_with_a_reply_becomes_evidence_of_the_operator(client: Client, supplement: Finding) -> None:
    client.force_login(manager_of(supplement.review.dossier.facility))
    said = {"text": "도면입니다.", "file": document("drawing")}
    assert client.post(f"/findings/{supplement.pk}/reply/", said).status_code == 302
    (message,) = supplement.messages.all()
    assert [row.original_name for row in message.evidence.all()] == ["drawing.png"]


def test_a_refused_file_leaves_no_reply(client: Client, supplement: Finding) -> None:
    client.force_login(manager_of(supplement.review.dossier.facility))
    broken = document("drawing")
    broken.name = "drawing.exe"
    response = client.post(f"/findings/{supplement.pk}/reply/", {"text": "도면입니다.", "file": broken})
    assert response.status_code == 409
    assert "받지 않는 형식" in response.content.decode()
    assert not supplement.messages.exists()


def test_another_operators_document_cannot_be_shown(supplement: Finding) -> None:
    foreign = evidence_named("grid.png")
    foreign.operator = make_user("manager").operator  # type: ignore[assignment]
    foreign.save()
    with pytest.raises(actions.ReviewError, match="이 사업자의 증빙"):
        reply(supplement, evidence=[foreign])


def test_the_form_offers_no_other_operators_documents(client: Client, supplement: Finding) -> None:
    foreign = evidence_named("grid.png")
    foreign.operator = make_user("manager").operator  # type: ignore[assignment]
    foreign.save()
    client.force_login(manager_of(supplement.review.dossier.facility))
    client.post(f"/findings/{supplement.pk}/reply/", {"text": "냅니다.", "evidence": foreign.pk})
    assert not supplement.messages.exists()


def test_the_documents_asked_are_a_list(supplement: Finding) -> None:
    supplement.documents = "현황 도면\n\n 완공검사증명서 "
    assert supplement.documents_asked == ("현황 도면", "완공검사증명서")


def extend(finding: Finding, due_on: date = LONGER, reason: str = "설계 변경 협의") -> DueExtension:
    return actions.extend_due_date(finding, due_on=due_on, reason=reason, by=officer_of("nfa"), at=AT)


def test_an_officer_extends_a_due_date_with_a_reason_and_it_is_told(supplement: Finding) -> None:
    extend(supplement)
    supplement.refresh_from_db()
    event = AuditEvent.objects.get(verb="finding.extended")
    assert (supplement.due_on, event.data["before"], event.data["reason"]) == (LONGER, "2026-06-30", "설계 변경 협의")


@pytest.mark.parametrize(("due_on", "reason"), [(DUE, "사유"), (date(2026, 6, 2), "사유"), (LONGER, " ")])
def test_an_extension_needs_a_later_day_and_a_reason(supplement: Finding, due_on: date, reason: str) -> None:
    with pytest.raises(actions.ReviewError):
        extend(supplement, due_on, reason)
    assert not DueExtension.objects.exists()


def test_the_database_refuses_an_extension_that_gives_no_time(supplement: Finding) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DueExtension.objects.create(
            finding=supplement,
            previous_due_on=DUE,
            due_on=DUE,
            reason="사유",
            extended_at=AT,
            extended_by=officer_of("nfa"),
        )


def test_a_finding_without_a_due_date_cannot_be_extended(review: Review) -> None:
    with pytest.raises(actions.ReviewError, match="기한이 없는"):
        extend(raise_finding(review))


@pytest.mark.parametrize("side", ["officer", "manager"])
def test_both_sides_see_that_a_supplement_is_late(client: Client, supplement: Finding, side: str) -> None:
    Finding.objects.filter(pk=supplement.pk).update(due_on=date(2026, 6, 2))
    extended = {"previous_due_on": date(2026, 6, 1), "due_on": date(2026, 6, 2), "reason": "연장한 까닭"}
    DueExtension.objects.create(finding=supplement, extended_at=AT, extended_by=officer_of("nfa"), **extended)
    client.force_login(officer_of("nfa") if side == "officer" else manager_of(supplement.review.dossier.facility))
    html = client.get(f"/reviews/{supplement.review_id}/").content.decode()
    assert all(words in html for words in ("기한 지남", "연장한 까닭"))
