"""Doing what recurs: the only place that completes occurrences."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compliance.checklists.actions import facility_id_of
from compliance.checklists.evidence_actions import operator_id_of
from compliance.checklists.evidence_models import Evidence, Occurrence
from compliance.checklists.models import Item, Obligation
from compliance.checklists.timetables import schedule
from registry.audit.actions import record
from registry.facilities.facts import facts_on
from registry.models import Facility, User


@transaction.atomic
def complete_occurrence(
    occurrence: Occurrence,
    *,
    done_on: date,
    by: User,
    on: date,
    at: datetime,
    note: str = "",
    evidence: Evidence | None = None,
) -> None:
    """Record that it was done; the next due date follows at once.

    Raises ValidationError when it is done already, or said to be done after `on`, or proved by another's document.
    """
    item = Item.objects.select_for_update(of=("self",)).get(obligations__occurrences=occurrence)
    occurrence = Occurrence.objects.select_related("obligation__version").get(pk=occurrence.pk)
    if occurrence.done_on is not None:
        raise ValidationError(_("이미 완료한 회차입니다."))
    if done_on > on:
        raise ValidationError({"done_on": _("완료일은 오늘 이후일 수 없습니다.")})
    if evidence is not None and evidence.operator_id != operator_id_of(item):
        raise ValidationError({"evidence": _("다른 사업자의 증빙은 연결할 수 없습니다.")})
    occurrence.done_on, occurrence.note, occurrence.evidence, occurrence.done_by = done_on, note, evidence, by
    occurrence.save(update_fields=["done_on", "note", "evidence", "done_by"])
    _reschedule(item, occurrence.obligation, on)
    data = {"due_on": occurrence.due_on, "done_on": done_on, "obligation": occurrence.obligation_id}
    record("occurrence.completed", by=by, target=occurrence, facility_id=facility_id_of(item), data=data, at=at)


def _reschedule(item: Item, obligation: Obligation, on: date) -> None:
    facility = site_of(item)
    if facility is not None:
        obligation.item = item
        schedule([obligation], facts_on(facility, on), on)
    dates = item.obligations.active().filter(next_due_on__isnull=False).order_by("next_due_on")
    item.next_due_on = dates.values_list("next_due_on", flat=True).first()
    item.save(update_fields=["next_due_on"])


def site_of(item: Item) -> Facility | None:
    """The facility whose facts date the item; for an item of the operator any of its facilities tells the same."""
    if item.operator is not None:
        return item.operator.facilities.first()
    return item.building.facility if item.building else item.facility
