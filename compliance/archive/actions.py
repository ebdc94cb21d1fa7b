"""Placing and lifting legal holds, and telling of exports: the only place that writes them."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from compliance.archive.models import LegalHold
from compliance.dossiers.models import Dossier
from registry.audit.actions import record
from registry.models import User


class HoldRefused(Exception):
    """The hold cannot be placed or lifted; the message tells why."""


@transaction.atomic
def place_hold(dossier: Dossier, *, reason: str, by: User, at: datetime) -> LegalHold:
    """Keep the dossier until the hold is lifted, whatever its period says."""
    _require_platform_admin(by)
    _require_reason(reason)
    _lock(dossier)
    if dossier.holds.in_force().exists():
        raise HoldRefused(_("이미 보존 조치 중입니다."))
    hold = LegalHold.objects.create(dossier=dossier, reason=reason, placed_at=at, placed_by=by)
    _tell("hold.placed", dossier, by, at, reason)
    return hold


@transaction.atomic
def lift_hold(dossier: Dossier, *, reason: str, by: User, at: datetime) -> None:
    """End the hold in force; it stays on record."""
    _require_platform_admin(by)
    _require_reason(reason)
    _lock(dossier)
    hold = dossier.holds.in_force().first()
    if hold is None:
        raise HoldRefused(_("보존 조치 중이 아닙니다."))
    hold.lifted_at, hold.lifted_by, hold.lift_reason = at, by, reason
    hold.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    _tell("hold.lifted", dossier, by, at, reason)


@transaction.atomic
def tell_export(dossier: Dossier, *, manifest_sha256: str, by: User | None, at: datetime) -> None:
    """Put on record that everything about the dossier was taken out."""
    data = {"number": dossier.number, "manifest_sha256": manifest_sha256}
    record("dossier.exported", by=by, target=dossier, facility_id=dossier.facility_id, data=data, at=at)


def _lock(dossier: Dossier) -> None:
    Dossier.objects.select_for_update().only("pk").get(pk=dossier.pk)


def _require_platform_admin(user: User) -> None:
    if not user.is_platform_admin:
        raise PermissionDenied(_("보존 조치는 플랫폼 관리자만 합니다."))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise HoldRefused(_("사유를 적으십시오."))


def _tell(verb: str, dossier: Dossier, by: User, at: datetime, reason: str) -> None:
    data = {"number": dossier.number, "reason": reason}
    record(verb, by=by, target=dossier, facility_id=dossier.facility_id, data=data, at=at)
