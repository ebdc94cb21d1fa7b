"""A dossier submitted to two ministries: fire (nfa, two obligations) and energy (mcee, two undetermined ones)."""

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from compliance.checklists.actions import Entry, answer_item
from compliance.checklists.commitment_actions import Duty
from compliance.checklists.evidence_actions import add_evidence
from compliance.checklists.reconcile import open_checklist
from compliance.dossiers.actions import issue_dossier
from compliance.models import Dossier, Evidence, Finding, Inspection, Item, Review
from compliance.reviews import actions, inspection_actions
from compliance.reviews.inspection_actions import Plan
from registry.models import Facility, User
from tests.factories import load_small_catalogue, make_facility, make_ministry, make_user

ON = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 1, tzinfo=UTC)
DUE = date(2026, 6, 30)


def make_answered_facility(slug: str = "campus") -> Facility:
    """Two items of two ministries; the fire item is answered, and each has a document."""
    load_small_catalogue()
    facility = make_facility(slug=slug, name_ko="시험 데이터센터", floors_above=6)
    by = manager_of(facility)
    open_checklist(facility, by=by, on=ON, at=AT)
    for topic in ("sprinklers", "grid"):
        add_evidence(document(topic), facility=facility, item=item_about(facility, topic), by=by, at=AT)
    item = item_about(facility, "sprinklers")
    answer_item(item, Entry("compliant", note="현장 확인"), by=by, at=AT, row_version=item.row_version)
    return facility


def make_submitted_dossier(facility: Facility | None = None, *, on: date = ON, at: datetime = AT) -> Dossier:
    facility = facility or make_answered_facility()
    dossier = issue_dossier(facility, on=on, by=manager_of(facility), at=at)
    actions.submit_for_review(dossier, by=manager_of(facility), at=at)
    return dossier


def manager_of(facility: Facility) -> User:
    """The one manager that the tests use for the facility's operator."""
    name = f"manager-of-{facility.operator.slug}"
    return User.objects.filter(username=name).first() or make_user(username=name, operator=facility.operator)


def officer_of(ministry: str) -> User:
    name = f"officer-of-{ministry}"
    return User.objects.filter(username=name).first() or make_user(
        "officer", username=name, ministry=make_ministry(ministry)
    )


def review_of(dossier: Dossier, ministry: str) -> Review:
    return Review.objects.get(dossier=dossier, ministry__slug=ministry)


def item_about(facility: Facility, topic: str) -> Item:
    item = Item.objects.of_facility(facility).filter(topic__slug=topic).first()
    assert item is not None
    return item


def evidence_named(name: str) -> Evidence:
    return Evidence.objects.get(original_name=name)


def raise_finding(
    review: Review, *, kind: str = "finding", obligation_key: str = "", due_on: date | None = None
) -> Finding:
    by = officer_of(review.ministry.slug)
    return actions.raise_finding(
        review, kind=kind, obligation_key=obligation_key, text="도면이 다릅니다.", due_on=due_on, by=by, at=AT
    )


def decide(review: Review, decision: str = "accepted", *, reason: str = "", conditions: str = "") -> None:
    """A decision by the ministry's own officer who has seen everything."""
    review.refresh_from_db()
    actions.decide(
        review,
        decision=decision,
        reason=reason,
        conditions=[Duty(conditions, DUE)] if conditions else [],
        by=officer_of(review.ministry.slug),
        at=AT,
        row_version=review.row_version,
    )


def plan_inspection(review: Review) -> Inspection:
    plan = Plan(DUE, "시험 데이터센터 본관", "감지기 설치 상태", "소방청 김소방", "운영팀 이관리")
    return inspection_actions.plan_inspection(review, plan, by=officer_of(review.ministry.slug), at=AT)


def decided_before(review: Review) -> Review:
    """A review of the same ministry that was decided in a round before the first."""
    now = review.dossier
    earlier = Dossier.objects.create(
        facility=now.facility,
        number="ILW-2025-00001",
        round=0,
        as_of=ON,
        snapshot=now.snapshot,
        snapshot_sha256=now.snapshot_sha256,
        issued_at=AT,
        submitted_at=AT,
    )
    earlier.ministries.add(review.ministry)
    by = officer_of(review.ministry.slug)
    return Review.objects.create(
        dossier=earlier, ministry=review.ministry, opened_at=AT, decision="accepted", decided_at=AT, decided_by=by
    )


def document(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.png", _PNG + name.encode(), content_type="image/png")


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000a49444154789c6360000002000154a24f5d0000000049454e44ae426082"
)
