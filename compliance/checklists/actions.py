"""Answers: the only place that writes them. Each is a new row; the newest is the one that counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from compliance.checklists.models import Answer, AnswerStatus, Item, Obligation, ObligationQuerySet
from registry.audit.actions import record
from registry.models import User


class StaleItemError(Exception):
    """Someone else, or the law, changed the item since the form was opened. `item` is how it is now."""

    def __init__(self, item: Item, expected: int) -> None:
        super().__init__(
            f"Item {item.pk} is at row version {item.row_version}, the answer was written for {expected}: "
            "look at the newer answer and send yours again."
        )
        self.item = item


@dataclass(frozen=True)
class Entry:
    """What a manager says."""

    status: str
    note: str = ""
    justification: str = ""
    measured: Mapping[str, float] = field(default_factory=dict)
    responsible: str = ""
    target_date: date | None = None

    @classmethod
    def again(cls, answer: Answer) -> "Entry":
        """The content of an earlier answer, to be given once more."""
        return cls(
            status=answer.status,
            note=answer.note,
            justification=answer.justification,
            measured=answer.measured,
            responsible=answer.responsible,
            target_date=answer.target_date,
        )

    def check(self) -> None:
        """Raises ValidationError for an answer that must not be taken."""
        if self.status not in AnswerStatus.values:
            raise ValidationError({"status": _("상태를 고르십시오.")})
        if self.status == AnswerStatus.NOT_APPLICABLE and not self.justification.strip():
            raise ValidationError({"justification": _("‘해당 없음’이라고 답하려면 사유를 적으십시오.")})


@transaction.atomic
def answer_item(item: Item, entry: Entry, *, by: User, at: datetime, row_version: int) -> Answer:
    """Answer once for every obligation beneath that is not answered apart.

    Raises StaleItemError when `row_version` is not the newest, ValidationError for an answer that cannot be taken.
    """
    item = _locked(item.pk, row_version)
    answer = _answer_for_all(item, entry, Answer(answered_by=by, answered_at=at))
    _settle(item)
    _record("item.answered", answer)
    return answer


@transaction.atomic
def answer_obligation(obligation: Obligation, entry: Entry, *, by: User, at: datetime, row_version: int) -> Answer:
    """Answer one obligation apart from its item; `row_version` is that of the item."""
    item = _locked(obligation.item_id, row_version)
    answer = _answer_apart(item, obligation, entry, Answer(answered_by=by, answered_at=at))
    _settle(item)
    _record("obligation.answered", answer)
    return answer


@transaction.atomic
def clear_obligation_answer(obligation: Obligation, *, by: User, at: datetime, row_version: int) -> None:
    """Let the item's answer count for this obligation again; its own answers stay in the history."""
    item = _locked(obligation.item_id, row_version)
    row = Obligation.objects.select_related("rule", "version").get(pk=obligation.pk)
    covered = item.answer.versions.get(row.rule.slug) if item.answer else None
    row.answer = None
    row.answered_version = row.rule.versions.filter(number=covered or 0).first()
    row.needs_reconfirm = row.ended_on is None and item.answer is not None and covered != row.version.number
    row.save(update_fields=["answer", "answered_version", "needs_reconfirm"])
    _settle(item)
    record("obligation.answer_cleared", by=by, target=row, facility_id=facility_id_of(item), at=at)


@transaction.atomic
def reconfirm_item(item: Item, *, by: User, at: datetime, row_version: int) -> list[Answer]:
    """Say of the item's answer, and of answers given apart beneath it, that they hold for the law as it is now."""
    item = _locked(item.pk, row_version)
    apart = item.obligations.active().filter(answer__isnull=False, needs_reconfirm=True).select_related("answer")
    renewed = [
        _answer_apart(item, row, Entry.again(row.answer), _renewal(by, at)) for row in apart if row.answer is not None
    ]
    if item.answer:
        renewed.append(_answer_for_all(item, Entry.again(item.answer), _renewal(by, at)))
    _settle(item)
    data = {"answers": [answer.pk for answer in renewed]}
    record("item.reconfirmed", by=by, target=item, facility_id=facility_id_of(item), data=data, at=at)
    return renewed


def facility_id_of(item: Item) -> int | None:
    """The facility an item belongs to; None for an item of the operator, which all its facilities share."""
    return item.building.facility_id if item.building else item.facility_id


def _renewal(by: User, at: datetime) -> Answer:
    return Answer(answered_by=by, answered_at=at, is_reconfirmation=True)


def _locked(item_pk: int, row_version: int) -> Item:
    item = Item.objects.select_for_update(of=("self",)).select_related("answer", "building").get(pk=item_pk)
    if item.row_version != row_version:
        raise StaleItemError(item, row_version)
    return item


def _answer_for_all(item: Item, entry: Entry, answer: Answer) -> Answer:
    beneath = item.obligations.active().filter(answer__isnull=True)
    answer.item = item
    _write(answer, entry, beneath)
    _cover(beneath)
    item.answer, item.status = answer, entry.status
    item.responsible, item.target_date = entry.responsible, entry.target_date
    return answer


def _answer_apart(item: Item, obligation: Obligation, entry: Entry, answer: Answer) -> Answer:
    this = item.obligations.active().filter(pk=obligation.pk)
    answer.item, answer.obligation = item, obligation
    _write(answer, entry, this)
    _cover(this)
    this.update(answer=answer)
    return answer


def _write(answer: Answer, entry: Entry, covered: ObligationQuerySet) -> None:
    entry.check()
    answer.status, answer.note, answer.justification = entry.status, entry.note, entry.justification
    answer.measured, answer.responsible, answer.target_date = dict(entry.measured), entry.responsible, entry.target_date
    answer.versions = dict(covered.values_list("rule__slug", "version__number"))
    answer.save(force_insert=True)


def _cover(obligations: ObligationQuerySet) -> None:
    obligations.update(answered_version=F("version"), needs_reconfirm=False)


def _settle(item: Item) -> None:
    """Write the item's state after its obligations were answered, under a new row version."""
    item.needs_reconfirm = item.obligations.active().filter(needs_reconfirm=True).exists()
    item.row_version += 1
    item.save(update_fields=["answer", "status", "responsible", "target_date", "needs_reconfirm", "row_version"])


def _record(verb: str, answer: Answer) -> None:
    data = {
        "answer": answer.pk,
        "status": answer.status,
        "versions": answer.versions,
        "rule": answer.obligation.rule.slug if answer.obligation else None,
    }
    item = answer.item
    facility_id = facility_id_of(item)
    record(verb, by=answer.answered_by, target=item, facility_id=facility_id, data=data, at=answer.answered_at)
