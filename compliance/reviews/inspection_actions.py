"""Planning, recording and acknowledging on-site inspections: the only place that writes them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from compliance.checklists.evidence_actions import add_evidence
from compliance.checklists.evidence_models import Evidence
from compliance.dossiers.canonical import canonical_json
from compliance.dossiers.snapshot import sha256_of
from compliance.reviews.access import answers_for, require_officer, reviews_for
from compliance.reviews.actions import ReviewError, move
from compliance.reviews.inspection_models import Inspection, InspectionSignature
from compliance.reviews.models import Finding, Review
from registry.audit.actions import record
from registry.models import User

Side = InspectionSignature.Side


@dataclass(frozen=True)
class Plan:
    """When, where, why, and who comes; participants stand one per line."""

    planned_on: date
    place: str
    purpose: str
    officers: str
    hosts: str = ""


@transaction.atomic
def plan_inspection(review: Review, plan: Plan, *, by: User, at: datetime) -> Inspection:
    """Announce an inspection to the operator."""
    require_officer(review, by)
    if plan.planned_on < localdate(at):
        raise ReviewError(_("지난 날에는 점검을 계획할 수 없습니다."))
    move(review)
    inspection = Inspection.objects.create(review=review, **asdict(plan), planned_at=at, planned_by=by)
    _tell("inspection.planned", inspection, by, at, planned_on=plan.planned_on, place=plan.place)
    return inspection


@transaction.atomic
def record_inspection(
    inspection: Inspection,
    *,
    held_on: date,
    result: str,
    officers: str,
    hosts: str,
    findings: Iterable[Finding] = (),
    by: User,
    at: datetime,
) -> None:
    """Write down what was found on site; it may be corrected until the first side acknowledges it."""
    require_officer(inspection.review, by)
    _require_unsigned(inspection)
    if held_on > localdate(at):
        raise ReviewError(_("실시일은 오늘 이후일 수 없습니다."))
    if not (result.strip() and officers.strip() and hosts.strip()):
        raise ReviewError(_("점검 결과와 양쪽 참석자를 적으십시오."))
    linked = list(findings)
    if any(row.review_id != inspection.review_id for row in linked):
        raise ReviewError(_("이 검토의 지적만 연결할 수 있습니다."))
    move(inspection.review)
    inspection.held_on, inspection.result, inspection.officers, inspection.hosts = held_on, result, officers, hosts
    inspection.save(update_fields=["held_on", "result", "officers", "hosts"])
    inspection.findings.set(linked)
    _tell("inspection.recorded", inspection, by, at, held_on=held_on, findings=[row.pk for row in linked])


@transaction.atomic
def add_photo(
    inspection: Inspection, file: "UploadedFile[bytes]", *, by: User, at: datetime, title: str = ""
) -> Evidence:
    """Keep a picture taken on site, as evidence of the facility; either side may add one."""
    side_of(inspection, by)
    _require_unsigned(inspection)
    try:
        photo = add_evidence(file, facility=inspection.review.dossier.facility, by=by, at=at)
    except ValidationError as error:
        raise ReviewError(" ".join(error.messages)) from error
    if not photo.content_type.startswith("image/"):
        raise ReviewError(_("사진 파일만 올릴 수 있습니다."))
    inspection.photos.add(photo)
    _tell("inspection.photo_added", inspection, by, at, evidence=photo.pk, sha256=photo.sha256)
    return photo


@transaction.atomic
def sign_inspection(inspection: Inspection, *, name: str, by: User, at: datetime) -> InspectionSignature:
    """Acknowledge the record under a typed name. It ties account, time and record together and is no more than that."""
    side = side_of(inspection, by)
    inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if inspection.held_on is None:
        raise ReviewError(_("점검 결과를 먼저 기록해야 확인할 수 있습니다."))
    if not name.strip():
        raise ReviewError(_("성명을 적으십시오."))
    if inspection.signatures.filter(signed_by=by).exists():
        raise ReviewError(_("이미 확인했습니다."))
    signature = InspectionSignature.objects.create(
        inspection=inspection,
        side=side,
        name=name.strip(),
        record_sha256=record_sha256(inspection),
        signed_at=at,
        signed_by=by,
    )
    _tell("inspection.signed", inspection, by, at, side=side, name=signature.name, sha256=signature.record_sha256)
    return signature


def record_sha256(inspection: Inspection) -> str:
    """SHA-256 over everything that a signature acknowledges."""
    contents: dict[str, Any] = {
        "review": inspection.review_id,
        "planned_on": inspection.planned_on,
        "place": inspection.place,
        "purpose": inspection.purpose,
        "officers": inspection.officers,
        "hosts": inspection.hosts,
        "held_on": inspection.held_on,
        "result": inspection.result,
        "findings": sorted(inspection.findings.values_list("pk", flat=True)),
        "photos": sorted(inspection.photos.values_list("sha256", flat=True)),
    }
    return sha256_of(canonical_json(contents))


def side_of(inspection: Inspection, user: User) -> Side:
    """Which side the user stands on; PermissionDenied for readers."""
    if reviews_for(inspection.review, user):
        return Side.MINISTRY
    if answers_for(inspection.review.dossier, user):
        return Side.OPERATOR
    raise PermissionDenied(_("점검한 부처와 이 사업자만 할 수 있습니다."))


def _require_unsigned(inspection: Inspection) -> None:
    if inspection.signatures.exists():
        raise ReviewError(_("이미 확인한 기록은 고칠 수 없습니다. 다른 점검을 계획하십시오."))


def _tell(verb: str, inspection: Inspection, by: User, at: datetime, **data: Any) -> None:
    review = inspection.review
    told = {"dossier": review.dossier.number, "ministry": review.ministry.slug, **data}
    record(verb, by=by, target=inspection, data=told, facility_id=review.dossier.facility_id, at=at)
