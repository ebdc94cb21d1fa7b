"""Issuing and submitting dossiers."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from compliance.checklists.reconcile import open_checklist, reconcile
from compliance.dossiers.models import Dossier
from compliance.dossiers.readiness import OpenPoint, open_points
from compliance.dossiers.snapshot import load, sha256_of, take_snapshot
from registry.audit.actions import record
from registry.models import AuditHead, Facility, Ministry, User

_IN_REVIEW = (Dossier.State.UNDER_REVIEW, Dossier.State.SUPPLEMENT)


class DossierRefused(Exception):
    """The dossier cannot be submitted; the message tells the manager why and what to do."""


@transaction.atomic
def issue_dossier(facility: Facility, *, on: date, by: User | None, at: datetime) -> Dossier:
    """Reconcile the checklist on `on` and freeze it under a new number, as the next round of the facility.

    When the newest dossier is not submitted yet and nothing changed since, that one is returned and nothing is written.
    """
    open_checklist(facility, by=by, on=on, at=at)
    reconcile(facility, by=by, on=on, at=at)
    _lock_numbers()
    newest = facility.dossiers.order_by("-round").first()
    if newest and _is_still_current(newest, on):
        return newest
    number, round = _next_number(at), newest.round + 1 if newest else 1
    snapshot = take_snapshot(facility, on=on, number=number, round=round)
    dossier = Dossier.objects.create(
        facility=facility,
        number=number,
        round=round,
        previous=newest,
        as_of=on,
        snapshot=snapshot,
        snapshot_sha256=sha256_of(snapshot),
        issued_at=at,
        issued_by=by,
    )
    _record("dossier.issued", dossier, by, at, {"round": round, "as_of": on, "sha256": dossier.snapshot_sha256})
    return dossier


def _lock_numbers() -> None:
    """Whoever issues a dossier ends with an audit event; taking its lock earlier makes numbers unique, too."""
    AuditHead.objects.get_or_create(pk=1)
    AuditHead.objects.select_for_update().get(pk=1)


def _is_still_current(newest: Dossier, on: date) -> bool:
    if newest.submitted_at or newest.as_of != on:
        return False
    return take_snapshot(newest.facility, on=on, number=newest.number, round=newest.round) == newest.snapshot


def _next_number(at: datetime) -> str:
    """`ILW-2026-00001`: counted anew each year, in the order of issue."""
    prefix = f"ILW-{localdate(at).year}-"
    last = (
        Dossier.objects.filter(number__startswith=prefix).order_by("-number").values_list("number", flat=True).first()
    )
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05}"


@transaction.atomic
def submit_dossier(dossier: Dossier, *, by: User, at: datetime) -> list[OpenPoint]:
    """Address the dossier to every ministry with an obligation that applies or may apply.

    Returns what the dossier leaves open; that does not stop it. Raises DossierRefused with the reason.
    """
    facility = Facility.objects.select_for_update().get(pk=dossier.facility_id)
    dossier.refresh_from_db()
    if reason := _refusal(dossier, facility):
        raise DossierRefused(reason)
    snapshot = load(dossier.snapshot)
    slugs = [row.slug for row in snapshot.concerned_ministries]
    dossier.submitted_at, dossier.submitted_by = at, by
    dossier.save(update_fields=["submitted_at", "submitted_by"])
    dossier.ministries.set(Ministry.objects.filter(slug__in=slugs))
    _record("dossier.submitted", dossier, by, at, {"round": dossier.round, "ministries": slugs})
    return open_points(snapshot)


def _refusal(dossier: Dossier, facility: Facility) -> str:
    """Why this dossier cannot be submitted; empty when it can."""
    if dossier.submitted_at:
        return _("이미 제출한 보고서입니다. 바뀐 내용은 다음 차수로 제출하십시오.")
    if facility.dossiers.filter(round__gt=dossier.round).exists():
        return _("더 새로운 차수가 있습니다. 가장 새로운 보고서를 제출하십시오.")
    if waiting := facility.dossiers.filter(round__lt=dossier.round, state__in=_IN_REVIEW).first():
        return _("앞선 차수({number})를 아직 검토하고 있습니다. 결정이 난 뒤에 제출하십시오.").format(
            number=waiting.number
        )
    if not load(dossier.snapshot).obligations:
        return _("적용되거나 적용될 수 있는 의무가 없어 제출할 부처가 없습니다.")
    return ""


def _record(verb: str, dossier: Dossier, by: User | None, at: datetime, data: dict[str, object]) -> None:
    record(verb, by=by, target=dossier, facility_id=dossier.facility_id, at=at, data={"number": dossier.number, **data})
