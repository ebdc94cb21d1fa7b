"""Bring a facility's checklist in line with the law in force and the facts known, and lose no answer."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.checklists.decisions import decisions
from compliance.checklists.models import Checklist
from compliance.checklists.reconciliation import ReconcileResult, Reconciliation
from registry.audit.actions import record
from registry.facilities.facts import facts_on
from registry.models import CatalogueRevision, Facility, Operator, RuleVersion, User
from registry.rules.assessment import current_vocabulary

__all__ = ["ReconcileResult", "open_checklist", "reconcile"]


@transaction.atomic
def open_checklist(facility: Facility, *, by: User | None, on: date, at: datetime | None = None) -> Checklist:
    """The facility's checklist, opened and filled if there is none yet."""
    _lock_operator(facility)
    checklist, is_new = Checklist.objects.get_or_create(facility=facility, defaults={"opened_on": on, "opened_by": by})
    if is_new:
        record("checklist.opened", by=by, target=checklist, facility_id=facility.pk, data={"on": on}, at=at)
        reconcile(facility, by=by, on=on, at=at)
        checklist.refresh_from_db()
    return checklist


@transaction.atomic
def reconcile(facility: Facility, *, by: User | None, on: date, at: datetime | None = None) -> ReconcileResult:
    """Assess every rule version in force on `on` and let obligations appear, change or end accordingly.

    Raises Checklist.DoesNotExist when the checklist was not opened yet.
    """
    at = at or timezone.now()  # before the facts are read, so that a fact recorded meanwhile counts as newer
    _lock_operator(facility)
    checklist = Checklist.objects.select_for_update().get(facility=facility)
    site = facts_on(facility, on)
    versions = list(RuleVersion.objects.in_force(on).select_related("rule").order_by("rule__slug"))
    work = Reconciliation(facility, site, rules_in_force=frozenset(version.rule_id for version in versions))
    work.place(list(decisions(site, versions, current_vocabulary())))
    work.end_what_is_left()
    work.save()
    _stamp(checklist, on, at)
    if work.result.changed_anything:
        data = {"on": on, **work.result.as_dict()}
        record("checklist.reconciled", by=by, target=checklist, facility_id=facility.pk, data=data, at=at)
    return work.result


def _lock_operator(facility: Facility) -> None:
    """Facilities of one operator share its items, so their checklists are brought up to date one after another."""
    facility.operator = Operator.objects.select_for_update().get(pk=facility.operator_id)


def _stamp(checklist: Checklist, on: date, at: datetime) -> None:
    checklist.reconciled_on, checklist.reconciled_at = on, at
    checklist.catalogue_revision = CatalogueRevision.objects.first()
    checklist.save(update_fields=["reconciled_on", "reconciled_at", "catalogue_revision"])
