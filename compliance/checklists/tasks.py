"""Background work of checklists."""

from celery import shared_task
from django.utils.timezone import localdate

from compliance.checklists.models import Checklist
from compliance.checklists.reconcile import reconcile
from registry.models import Facility


@shared_task
def reconcile_all() -> None:
    """Every night: one small task per opened checklist, so that a failure stops no other."""
    for facility_id in Checklist.objects.values_list("facility_id", flat=True):
        reconcile_one.delay(facility_id)


@shared_task
def reconcile_one(facility_id: int) -> None:
    facility = Facility.objects.get(pk=facility_id)
    reconcile(facility, by=None, on=localdate())
