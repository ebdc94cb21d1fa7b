"""Evidence: the only place that takes, links, unlinks and withdraws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compliance.checklists.actions import facility_id_of
from compliance.checklists.evidence_files import CheckedFile, check_file
from compliance.checklists.evidence_models import Evidence, EvidenceLink
from compliance.checklists.models import Item
from registry.audit.actions import record
from registry.models import Facility, Operator, User


@dataclass(frozen=True)
class Description:
    """What is said about a document; dates are the first and the last day on which it proves anything."""

    title: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    def check(self) -> None:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError(_("유효 끝이 유효 시작보다 앞섭니다."))


@transaction.atomic
def add_evidence(
    file: "UploadedFile[bytes]",
    *,
    facility: Facility,
    by: User,
    at: datetime,
    item: Item | None = None,
    about: Description | None = None,
) -> Evidence:
    """Keep a document of the facility's operator and link it to the item. The same file again is the one we have.

    Raises ValidationError with the one reason why the file or its description is refused.
    """
    about = about or Description()
    about.check()
    checked = check_file(file, max_bytes=settings.ILWON_MAX_EVIDENCE_BYTES)
    operator = Operator.objects.select_for_update().get(pk=facility.operator_id)  # two uploads of one file at once
    evidence = Evidence.objects.filter(operator=operator, sha256=checked.sha256).first()
    is_new = evidence is None
    if evidence is None:
        evidence = _store(file, checked, about, facility, by=by, at=at)
    else:
        _describe_again(evidence, about)
    if item is not None:
        _link(evidence, item, by=by, at=at)
    data = {"sha256": checked.sha256, "name": checked.name, "new": is_new, "item": item.pk if item else None}
    record("evidence.added", by=by, target=evidence, facility_id=facility.pk, data=data, at=at)
    return evidence


def _store(
    file: "UploadedFile[bytes]", checked: CheckedFile, about: Description, facility: Facility, *, by: User, at: datetime
) -> Evidence:
    file.name = f"{checked.sha256[:24]}{checked.extension}"  # the name on disk says nothing and cannot collide
    return Evidence.objects.create(
        operator_id=facility.operator_id,
        facility=facility,
        title=about.title or checked.name,
        file=file,
        original_name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        valid_from=about.valid_from,
        valid_until=about.valid_until,
        note=about.note,
        uploaded_at=at,
        uploaded_by=by,
    )


def _describe_again(evidence: Evidence, about: Description) -> None:
    """What is newly said of a document we have; it is offered again if it had been withdrawn."""
    said: Mapping[str, Any] = {name: value for name, value in vars(about).items() if value}
    for name, value in {**said, "withdrawn_at": None}.items():
        setattr(evidence, name, value)
    if evidence.valid_from and evidence.valid_until and evidence.valid_until < evidence.valid_from:
        raise ValidationError(_("유효 끝이 유효 시작보다 앞섭니다."))
    evidence.save(update_fields=[*said, "withdrawn_at"])


@transaction.atomic
def link_evidence(evidence: Evidence, item: Item, *, by: User, at: datetime) -> None:
    """Let a document that is already there prove one more item of the same operator; harmless when it does."""
    if evidence.withdrawn_at is not None:
        raise ValidationError(_("철회한 증빙은 연결할 수 없습니다."))
    if _link(evidence, item, by=by, at=at):
        data = {"item": item.pk}
        record("evidence.linked", by=by, target=evidence, facility_id=facility_id_of(item), data=data, at=at)


def _link(evidence: Evidence, item: Item, *, by: User, at: datetime) -> bool:
    if evidence.operator_id != operator_id_of(item):
        raise ValidationError(_("다른 사업자의 증빙은 연결할 수 없습니다."))
    link, is_new = EvidenceLink.objects.get_or_create(
        evidence=evidence, item=item, defaults={"linked_at": at, "linked_by": by}
    )
    return is_new


@transaction.atomic
def unlink_evidence(evidence: Evidence, item: Item, *, by: User, at: datetime) -> None:
    """Stop using the document for the item; the document stays."""
    removed, _each = EvidenceLink.objects.filter(evidence=evidence, item=item).delete()
    if removed:
        data = {"item": item.pk}
        record("evidence.unlinked", by=by, target=evidence, facility_id=facility_id_of(item), data=data, at=at)


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, by: User, at: datetime) -> None:
    """No longer offer the document; it and its links stay, for what was submitted with it."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.withdrawn_at is None:
        evidence.withdrawn_at = at
        evidence.save(update_fields=["withdrawn_at"])
        record("evidence.withdrawn", by=by, target=evidence, facility_id=evidence.facility_id, at=at)


def operator_id_of(item: Item) -> int:
    """The operator behind an item, whatever its subject is."""
    facility = item.building.facility if item.building else item.facility
    operator_id = facility.operator_id if facility else item.operator_id
    assert operator_id is not None  # item_has_one_subject
    return operator_id
