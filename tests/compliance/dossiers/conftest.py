"""A small checklist with answers, evidence and deadlines, and dossiers made from it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from pytest_django import DjangoDbBlocker

from compliance.dossiers.actions import issue_dossier
from compliance.dossiers.editions import print_edition
from compliance.dossiers.snapshot import load, sha256_of
from compliance.models import Answer, Checklist, Dossier, Evidence, EvidenceLink, Item, Obligation, Occurrence
from registry.conditions import because, trace_to_dict
from registry.facilities.facts import facts_on
from registry.models import Facility, RuleVersion, User
from registry.rules.assessment import assess_rules, current_vocabulary
from tests.factories import load_small_catalogue, make_facility, make_user

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)


def place_obligations(facility: Facility, on: date = ON) -> None:
    """Items and obligations as reconciling would leave them, without depending on it."""
    versions = RuleVersion.objects.in_force(on).select_related("rule__topic", "ministry")
    for row in assess_rules(facts_on(facility, on), versions, current_vocabulary()):
        evaluation = row.evaluation
        if evaluation.outcome == "does_not_apply":
            continue
        subject: dict[str, Any] = {f"{row.subject.level}_id": row.subject.pk}
        item, _ = Item.objects.get_or_create(topic=row.version.rule.topic, **subject)
        Obligation.objects.create(
            item=item,
            rule=row.version.rule,
            version=row.version,
            outcome=str(evaluation.outcome),
            because_ko=because(evaluation, "ko"),
            because_en=because(evaluation, "en"),
            trace=trace_to_dict(evaluation.trace),
            missing=list(evaluation.missing),
            began_on=on,
        )


def answer_item(item: Item, by: User, status: str = "compliant", note: str = "현장 확인", **fields: object) -> Answer:
    covered = item.obligations.select_related("rule", "version")
    answer = Answer.objects.create(
        item=item,
        status=status,
        note=note,
        answered_at=AT,
        answered_by=by,
        versions={row.rule.slug: row.version.number for row in covered},
        **fields,
    )
    item.answer, item.status = answer, status
    item.save()
    item.obligations.update(answered_version=F("version"))
    return answer


def attach_evidence(item: Item, by: User, text: str = "소방시설 완공검사증명서") -> Evidence:
    content = text.encode()
    evidence = Evidence.objects.create(
        operator=by.operator or make_facility().operator,
        title=text,
        file=ContentFile(content, name="proof.txt"),
        original_name="증명서.txt",
        content_type="text/plain",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_at=AT,
        uploaded_by=by,
    )
    EvidenceLink.objects.create(evidence=evidence, item=item, linked_at=AT, linked_by=by)
    return evidence


@dataclass(frozen=True)
class Printed:
    """A dossier printed once for the whole session, and the texts that it must show."""

    snapshot: str
    content: bytes
    content_sha256: str
    pages: int


@pytest.fixture(scope="session")
def printed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Printed:
    with django_db_blocker.unblock(), transaction.atomic():
        dossier = issue_dossier(small_site(), on=ON, by=User.objects.get(username="manager"), at=AT)
        edition = print_edition(dossier)
        found = Printed(dossier.snapshot, edition.content, edition.content_sha256, edition.pages)
        transaction.set_rollback(True)
    return found


@pytest.fixture
def registered(db: None, printed: Printed) -> Dossier:
    """The register's row for `printed`."""
    facility = make_facility(slug="campus")
    dossier = Dossier(
        facility=facility,
        number=load(printed.snapshot).number,
        as_of=ON,
        snapshot=printed.snapshot,
        snapshot_sha256=sha256_of(printed.snapshot),
        issued_at=AT,
        pdf_sha256=hashlib.sha256(printed.content).hexdigest(),
        content_sha256=printed.content_sha256,
        pages=printed.pages,
    )
    dossier.pdf.save("dossier.pdf", ContentFile(printed.content), save=True)
    return dossier


@pytest.fixture
def facility(db: None) -> Facility:
    return small_site()


def small_site() -> Facility:
    """Six floors, power not recorded: sprinklers apply, the grid assessment is undetermined, the report is excluded."""
    load_small_catalogue()
    facility = make_facility(slug="campus", name_ko="시험 데이터센터", floors_above=6, is_ict_service_provider=False)
    Checklist.objects.create(facility=facility, opened_on=ON, reconciled_on=ON, reconciled_at=AT)
    place_obligations(facility)
    manager = make_user("manager", username="manager", operator=facility.operator, display_name="김관리")
    item = Item.objects.get(topic__slug="sprinklers")
    answer_item(item, manager)
    attach_evidence(item, manager)
    Occurrence.objects.create(obligation=item.obligations.get(rule__slug="fire-inspection"), due_on=date(2026, 11, 1))
    return facility


@pytest.fixture
def manager(facility: Facility) -> User:
    return User.objects.get(username="manager")
