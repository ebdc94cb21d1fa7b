"""The demonstration is whole, true to the audit trail, and loading it again changes nothing."""

from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.timezone import localdate

from compliance.demo.cast import COMPANIES, PASSWORD, PEOPLE
from compliance.models import Answer, AnswerStatus, Dossier, Evidence, Finding, Item, Obligation, RenderJob, Review
from registry.audit.actions import broken_links
from registry.models import AuditEvent, Facility, FactValue, User
from tests.catalogue import load_shipped_catalogue

pytestmark = pytest.mark.django_db

CAMPUS, COLOCATION = "portal-sejong-campus", "ansan-colocation"


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Loaded once for this module, in a transaction that is taken back at its end."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        load_shipped_catalogue()
        output = StringIO()
        call_command("load_demo", stdout=output)
        yield output.getvalue()
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def site(slug: str) -> Facility:
    return Facility.objects.get(slug=slug)


def test_five_sites_with_facts_and_checklists_are_there() -> None:
    for company in COMPANIES:
        facility = site(company.site)
        assert FactValue.objects.about(facility).count() > 80
        assert Item.objects.of_facility(facility).active().count() > 40


def test_everyone_on_the_printed_list_can_sign_in(demo: str) -> None:
    for person in PEOPLE:
        assert person.username in demo
        assert Client().login(username=person.username, password=PASSWORD), person.username


def test_every_role_has_a_person() -> None:
    assert {person.role for person in PEOPLE} == set(User.Role)


def test_loading_again_changes_nothing() -> None:
    def counted() -> Counter[str]:
        models = (AuditEvent, User, Facility, FactValue, Item, Obligation, Answer, Evidence, Dossier, Review, RenderJob)
        return Counter({model.__name__: model._default_manager.count() for model in models})

    before = counted()
    call_command("load_demo", stdout=StringIO())

    assert counted() == before


def test_the_audit_trail_is_whole() -> None:
    assert list(broken_links()) == []


def test_the_campus_has_answers_of_every_kind_and_some_missing() -> None:
    statuses = Counter(Item.objects.of_facility(site(CAMPUS)).active().values_list("status", flat=True))

    assert set(AnswerStatus.values) <= statuses.keys()
    assert statuses[""] > 10


def test_the_campus_is_late_with_something_and_measured_something() -> None:
    items = Item.objects.of_facility(site(CAMPUS)).active()

    assert items.overdue(localdate()).exists()
    assert items.filter(target_date__lt=localdate()).exists()
    assert Answer.objects.filter(item__in=items).exclude(measured={}).exists()
    assert Obligation.objects.filter(item__in=items, answer__isnull=False).exists()


def test_evidence_is_real_and_of_every_state_of_validity() -> None:
    today = localdate()
    evidence = Evidence.objects.filter(facility=site(CAMPUS))

    assert {"application/pdf", "image/png"} <= set(evidence.values_list("content_type", flat=True))
    assert evidence.filter(valid_until__lt=today).exists()
    assert evidence.filter(valid_until__gt=today).exists()
    assert evidence.filter(valid_until__isnull=True).exists()
    assert all(row.file.size == row.size for row in evidence)


def test_a_dossier_is_under_review_by_many_ministries_and_one_has_decided() -> None:
    dossier = Dossier.objects.get(facility=site(COLOCATION))

    assert dossier.state in (Dossier.State.UNDER_REVIEW, Dossier.State.SUPPLEMENT)
    assert dossier.reviews.undecided().count() >= 3
    assert dossier.reviews.filter(decision=Review.Decision.ACCEPTED).count() == 1


def test_findings_are_in_every_state_and_one_is_overdue() -> None:
    assert set(Finding.objects.values_list("state", flat=True)) == set(Finding.State.values)
    assert Finding.objects.overdue(localdate()).exists()


def test_both_dossiers_wait_for_the_worker() -> None:
    assert set(RenderJob.objects.values_list("dossier__facility__slug", flat=True)) == {CAMPUS, COLOCATION}


@pytest.mark.parametrize(
    ("username", "path", "words"),
    [
        ("demo-manager", "/facilities/", "세종형"),
        ("demo-manager", f"/facilities/{CAMPUS}/", "세종형"),
        ("demo-manager", f"/facilities/{CAMPUS}/checklist/", "조치 중"),
        ("demo-manager", f"/facilities/{CAMPUS}/dossiers/", "ILW-"),
        ("demo-manager", f"/facilities/{CAMPUS}/calendar/", "점검"),
        ("demo-manager-ansan", f"/facilities/{COLOCATION}/dossiers/", "ILW-"),
        ("demo-manager-jeonnam", "/facilities/jeonnam-ai-training/incentives/", "AI"),
        ("demo-officer-nfa", "/reviews/", "ILW-"),
        ("demo-officer-msit", "/reviews/", "ILW-"),
        ("demo-rule-admin", "/admin/registry/rule/?q=스프링클러", "스프링클러설비"),
        ("demo-platform-admin", "/admin/registry/user/", "demo-auditor"),
        ("demo-auditor", "/admin/registry/auditevent/", "review.decided"),
    ],
)
def test_no_page_of_the_demo_is_empty(client: Client, username: str, path: str, words: str) -> None:
    client.login(username=username, password=PASSWORD)

    page = client.get(path)

    assert page.status_code == 200
    assert words in page.content.decode()


def test_the_demo_refuses_to_load_in_production(settings: Any) -> None:
    settings.DEBUG, settings.ILWON_ALLOW_DEMO = False, False

    with pytest.raises(CommandError, match="ILWON_ALLOW_DEMO"):
        call_command("load_demo")


def test_a_rule_admin_foresees_how_many_answers_will_be_asked_again(client: Client) -> None:
    obligation = Obligation.objects.active().filter(answered_version__isnull=False).order_by("pk").first()
    assert obligation is not None
    answered = Obligation.objects.active().filter(rule=obligation.rule, answered_version__isnull=False).count()
    client.login(username="demo-rule-admin", password=PASSWORD)
    client.post(f"/admin/registry/ruleversion/{obligation.version_id}/next/", {"effective_from": ""})
    draft = obligation.rule.versions.get(status="draft")

    page = client.get(f"/admin/registry/ruleversion/{draft.pk}/preview/")

    assert [row.count for row in page.context["consequences"]] == [answered]
