"""How long dossiers are kept, and holds that stop the clock."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.archive.actions import HoldRefused, lift_hold, place_hold
from compliance.archive.retention import past_retention, retention_of, retention_schedule, years_after
from compliance.dossiers.actions import issue_dossier
from compliance.models import Dossier, LegalHold
from registry.models import AuditEvent, User
from tests.compliance.reviews.review_builders import (
    AT,
    ON,
    decide,
    make_answered_facility,
    make_submitted_dossier,
    manager_of,
    review_of,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LAST_DAY = date(2036, 6, 1)  # ten years after the decision
DAY_AFTER = date(2036, 6, 2)


@pytest.fixture
def decided() -> Dossier:
    dossier = make_submitted_dossier()
    for ministry in ("nfa", "mcee"):
        decide(review_of(dossier, ministry))
    return Dossier.objects.get(pk=dossier.pk)


@pytest.fixture
def admin() -> User:
    return make_user("platform_admin")


def past(on: date) -> list[str]:
    return [row.dossier.number for row in past_retention(retention_schedule(Dossier.objects.all()), on)]


def test_the_period_of_a_decided_dossier_ends_after_its_last_day(decided: Dossier) -> None:
    assert (past(LAST_DAY), past(DAY_AFTER)) == ([], [decided.number])


def test_the_period_begins_with_the_last_decision(decided: Dossier) -> None:
    decided.reviews.filter(ministry__slug="nfa").update(decided_at=datetime(2027, 1, 15, tzinfo=UTC))
    assert retention_of(decided).kept_until == date(2037, 1, 15)


def test_a_dossier_under_review_has_no_end() -> None:
    dossier = make_submitted_dossier()
    assert retention_of(Dossier.objects.get(pk=dossier.pk)).kept_until is None
    assert past(date(2999, 1, 1)) == []


def test_a_dossier_that_was_never_submitted_is_kept_for_a_shorter_time() -> None:
    facility = make_answered_facility()
    dossier = issue_dossier(facility, on=ON, by=manager_of(facility), at=AT)
    assert retention_of(dossier).kept_until == date(2029, 6, 1)


def test_a_leap_day_ends_on_the_28th() -> None:
    assert years_after(date(2024, 2, 29), 10) == date(2034, 2, 28)


def test_a_hold_keeps_a_dossier_and_lifting_it_lets_go(decided: Dossier, admin: User) -> None:
    place_hold(decided, reason="소송", by=admin, at=AT)
    assert past(DAY_AFTER) == []
    lift_hold(decided, reason="판결 확정", by=admin, at=AT)
    assert past(DAY_AFTER) == [decided.number]


def test_holds_are_told_with_their_reasons(decided: Dossier, admin: User) -> None:
    place_hold(decided, reason="소송", by=admin, at=AT)
    lift_hold(decided, reason="판결 확정", by=admin, at=AT)
    events = AuditEvent.objects.filter(verb__startswith="hold.").order_by("sequence")
    assert [(row.verb, row.data["reason"]) for row in events] == [("hold.placed", "소송"), ("hold.lifted", "판결 확정")]


def test_there_is_one_hold_at_a_time(decided: Dossier, admin: User) -> None:
    place_hold(decided, reason="소송", by=admin, at=AT)
    with pytest.raises(HoldRefused, match="이미"):
        place_hold(decided, reason="감사", by=admin, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.create(dossier=decided, reason="감사", placed_at=AT, placed_by=admin)


def test_a_hold_needs_a_reason_and_something_to_lift(decided: Dossier, admin: User) -> None:
    with pytest.raises(HoldRefused, match="사유"):
        place_hold(decided, reason=" ", by=admin, at=AT)
    with pytest.raises(HoldRefused, match="아닙니다"):
        lift_hold(decided, reason="끝", by=admin, at=AT)


@pytest.mark.parametrize("role", ["manager", "officer", "auditor", "rule_admin"])
def test_only_platform_admins_place_holds(decided: Dossier, role: str) -> None:
    with pytest.raises(PermissionDenied):
        place_hold(decided, reason="소송", by=make_user(role), at=AT)


def test_the_pages_show_period_and_hold(client: Client, decided: Dossier, admin: User) -> None:
    client.force_login(admin)
    address = f"/dossiers/{decided.number}/archive/"
    assert client.post(f"{address}hold/", {"reason": "소송 2026가합1"}).status_code == 302
    html = client.get(address).content.decode()
    assert all(words in html for words in ("2036-06-01", "소송 2026가합1", "법령에서 정한 기간이 아닙니다"))
    assert "보존 조치 중" in client.get("/archive/").content.decode()


def test_a_manager_lists_the_dossiers_of_his_operator_only(client: Client, decided: Dossier) -> None:
    client.force_login(manager_of(decided.facility))
    assert decided.number in client.get("/archive/").content.decode()
    client.force_login(make_user("manager"))
    assert decided.number not in client.get("/archive/").content.decode()


def test_the_schedule_takes_a_fixed_number_of_queries(
    decided: Dossier, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        retention_schedule(Dossier.objects.all())
