"""On-site inspections: planned, recorded, acknowledged by both sides."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from compliance.models import Inspection, Review
from compliance.reviews import inspection_actions as actions
from compliance.reviews.actions import ReviewError
from compliance.reviews.inspection_actions import Plan
from registry.models import AuditEvent, User
from tests.compliance.reviews.review_builders import (
    AT,
    DUE,
    ON,
    document,
    evidence_named,
    make_submitted_dossier,
    manager_of,
    officer_of,
    plan_inspection,
    raise_finding,
    review_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    return review_of(make_submitted_dossier(), "nfa")


@pytest.fixture
def inspection(review: Review) -> Inspection:
    return plan_inspection(review)


def manager(inspection: Inspection) -> User:
    return manager_of(inspection.review.dossier.facility)


def note(inspection: Inspection, **said: Any) -> None:
    given = {"held_on": ON, "result": "5층 감지기 2개가 없음", "officers": "김소방", "hosts": "이관리", **said}
    actions.record_inspection(inspection, by=officer_of("nfa"), at=AT, **given)


def sign(inspection: Inspection, by: User, name: str = "김소방") -> None:
    actions.sign_inspection(inspection, name=name, by=by, at=AT)


def test_a_plan_names_day_place_and_participants_and_is_told(inspection: Inspection) -> None:
    assert (inspection.planned_on, inspection.hosts) == (DUE, "운영팀 이관리")
    assert AuditEvent.objects.get(verb="inspection.planned").data["place"] == "시험 데이터센터 본관"


def test_the_operator_sees_the_plan(client: Client, inspection: Inspection) -> None:
    client.force_login(manager(inspection))
    assert "시험 데이터센터 본관" in client.get(f"/reviews/{inspection.review_id}/").content.decode()
    assert "감지기 설치 상태" in client.get(f"/inspections/{inspection.pk}/").content.decode()


def test_an_inspection_is_not_planned_for_yesterday(review: Review) -> None:
    plan = Plan(ON.replace(month=5), "본관", "상태", "김소방")
    with pytest.raises(ReviewError, match="지난 날"):
        actions.plan_inspection(review, plan, by=officer_of("nfa"), at=AT)


def test_another_ministry_does_not_record_it(inspection: Inspection) -> None:
    with pytest.raises(PermissionDenied):
        actions.record_inspection(
            inspection, held_on=ON, result="글", officers="가", hosts="나", by=officer_of("mcee"), at=AT
        )


def test_findings_of_the_review_are_linked_to_the_record(inspection: Inspection) -> None:
    finding = raise_finding(inspection.review)
    note(inspection, findings=[finding])
    assert list(inspection.findings.all()) == [finding]


def test_findings_of_another_review_are_refused(inspection: Inspection) -> None:
    other = raise_finding(review_of(inspection.review.dossier, "mcee"))
    with pytest.raises(ReviewError, match="이 검토의 지적"):
        note(inspection, findings=[other])


@pytest.mark.parametrize("blank", ["result", "officers", "hosts"])
def test_a_record_names_both_sides_and_what_was_found(inspection: Inspection, blank: str) -> None:
    with pytest.raises(ReviewError):
        note(inspection, **{blank: " "})


def test_nothing_is_acknowledged_before_it_is_recorded(inspection: Inspection) -> None:
    with pytest.raises(ReviewError, match="먼저 기록"):
        sign(inspection, manager(inspection))


def test_both_sides_acknowledge_the_same_record(inspection: Inspection) -> None:
    note(inspection)
    sign(inspection, officer_of("nfa"))
    sign(inspection, manager(inspection), "이관리")
    signatures = inspection.signatures.all()
    assert [row.side for row in signatures] == ["ministry", "operator"]
    assert {row.record_sha256 for row in signatures} == {actions.record_sha256(inspection)}


def test_an_acknowledged_record_is_not_corrected_any_more(inspection: Inspection) -> None:
    note(inspection)
    sign(inspection, manager(inspection))
    with pytest.raises(ReviewError, match="고칠 수 없습니다"):
        note(inspection, result="다른 글")
    with pytest.raises(ReviewError, match="고칠 수 없습니다"):
        actions.add_photo(inspection, document("late"), by=officer_of("nfa"), at=AT)


def test_nobody_acknowledges_twice(inspection: Inspection) -> None:
    note(inspection)
    sign(inspection, manager(inspection))
    with pytest.raises(ReviewError, match="이미 확인"):
        sign(inspection, manager(inspection))


def test_a_record_changed_behind_the_pages_back_is_named(client: Client, inspection: Inspection) -> None:
    note(inspection)
    sign(inspection, manager(inspection))
    Inspection.objects.update(result="바뀐 글")
    client.force_login(officer_of("nfa"))
    assert "확인한 때의 기록과 다릅니다" in client.get(f"/inspections/{inspection.pk}/").content.decode()


def test_the_page_says_that_it_is_no_cryptographic_signature(client: Client, inspection: Inspection) -> None:
    client.force_login(officer_of("nfa"))
    assert "암호학적 전자서명이 아닙니다" in client.get(f"/inspections/{inspection.pk}/").content.decode()


def test_a_photo_is_evidence_that_the_ministry_sees_and_others_do_not(client: Client, inspection: Inspection) -> None:
    client.force_login(officer_of("nfa"))
    assert client.post(f"/inspections/{inspection.pk}/photos/", {"file": document("site")}).status_code == 302
    address = f"/reviews/{inspection.review_id}/evidence/{evidence_named('site.png').pk}/"
    assert client.get(address).status_code == 200
    client.force_login(officer_of("mcee"))
    assert client.get(address).status_code == 404


def test_the_forms_lead_from_plan_to_acknowledgement(client: Client, review: Review) -> None:
    client.force_login(officer_of("nfa"))
    plan = {"planned_on": "2999-01-01", "place": "본관", "purpose": "상태", "officers": "김소방"}
    assert client.post(f"/reviews/{review.pk}/inspections/", plan).status_code == 302
    address = f"/inspections/{Inspection.objects.get().pk}/"
    said = {"held_on": "2026-06-02", "officers": "김소방", "hosts": "이관리", "result": "이상 없음"}
    assert client.post(f"{address}record/", said).status_code == 302
    assert client.post(f"{address}sign/", {"name": "김소방"}).status_code == 302
    assert Inspection.objects.get().signatures.count() == 1
