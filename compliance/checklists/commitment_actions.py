"""Making and keeping commitments: the only place that writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compliance.checklists.commitment_models import Commitment
from compliance.checklists.evidence_models import Evidence
from registry.audit.actions import record
from registry.models import Facility, Ministry, User


@dataclass(frozen=True)
class Duty:
    """What is to be done by when."""

    text: str
    due_on: date


@transaction.atomic
def make_commitments(
    facility: Facility, duties: Iterable[Duty], *, ministry: Ministry, source: str, by: User, at: datetime
) -> list[Commitment]:
    """Put duties on the facility's calendar; `source` is the number of the dossier that they come from."""
    made = []
    for duty in duties:
        commitment = Commitment.objects.create(
            facility=facility,
            ministry=ministry,
            source=source,
            text=duty.text,
            due_on=duty.due_on,
            made_at=at,
            made_by=by,
        )
        data = {"dossier": source, "ministry": ministry.slug, "due_on": duty.due_on, "text": duty.text}
        record("commitment.made", by=by, target=commitment, facility_id=facility.pk, data=data, at=at)
        made.append(commitment)
    return made


@transaction.atomic
def complete_commitment(
    commitment: Commitment,
    *,
    done_on: date,
    by: User,
    on: date,
    at: datetime,
    note: str = "",
    evidence: Evidence | None = None,
) -> None:
    """Record that it was done.

    Raises ValidationError when it is done already, or said to be done after `on`, or proved by another's document.
    """
    commitment = Commitment.objects.select_for_update(of=("self",)).select_related("facility").get(pk=commitment.pk)
    if commitment.done_on is not None:
        raise ValidationError(_("이미 이행한 조건입니다."))
    if done_on > on:
        raise ValidationError({"done_on": _("완료일은 오늘 이후일 수 없습니다.")})
    if evidence is not None and evidence.operator_id != commitment.facility.operator_id:
        raise ValidationError({"evidence": _("다른 사업자의 증빙은 연결할 수 없습니다.")})
    commitment.done_on, commitment.note, commitment.evidence, commitment.done_by = done_on, note, evidence, by
    commitment.save(update_fields=["done_on", "note", "evidence", "done_by"])
    data = {"due_on": commitment.due_on, "done_on": done_on, "dossier": commitment.source}
    record("commitment.kept", by=by, target=commitment, facility_id=commitment.facility_id, data=data, at=at)
