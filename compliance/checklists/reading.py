"""The whole checklist of a facility as values, read with a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from compliance.checklists.evidence_models import Evidence, EvidenceLink, Occurrence
from compliance.checklists.models import Answer, Checklist, Item, Obligation
from registry.models import Building, Citation, Facility, Operator, RuleVersion, Topic


@dataclass(frozen=True)
class ObligationView:
    """One obligation with the answer that counts for it; `answer` is None while nobody answered for it."""

    pk: int
    key: str  # "<level>:<pk of subject>:<rule slug>"
    version: RuleVersion  # with rule, ministry and citations
    outcome: str
    because_ko: str
    because_en: str
    trace: Mapping[str, object]
    missing: tuple[str, ...]
    began_on: date
    ended_on: date | None
    ended_because: str
    answer: Answer | None
    is_answered_apart: bool
    answered_version: RuleVersion | None
    needs_reconfirm: bool
    next_due_on: date | None
    occurrences: tuple[Occurrence, ...]

    @property
    def is_undetermined(self) -> bool:
        return self.outcome == Obligation.Outcome.UNDETERMINED


@dataclass(frozen=True)
class ItemView:
    """One topic for one subject: obligations that bind or may bind, those that ended, and what was answered."""

    pk: int
    topic: Topic  # with its group
    level: str
    subject: Operator | Facility | Building
    is_active: bool
    status: str
    answer: Answer | None
    responsible: str
    target_date: date | None
    needs_reconfirm: bool
    next_due_on: date | None
    row_version: int
    obligations: tuple[ObligationView, ...]
    ended: tuple[ObligationView, ...]
    evidence: tuple[Evidence, ...]

    @property
    def undetermined(self) -> int:
        return sum(row.is_undetermined for row in self.obligations)


@dataclass(frozen=True)
class ChecklistView:
    """A facility's checklist as it stood at `reconciled_at`."""

    facility: Facility
    opened_on: date
    reconciled_on: date | None
    reconciled_at: datetime | None
    catalogue_revision: int | None
    items: tuple[ItemView, ...]  # inactive ones too: their ended obligations and answers are history

    @property
    def obligations(self) -> Iterable[ObligationView]:
        return (row for item in self.items for row in item.obligations)


def read_checklist(facility: Facility) -> ChecklistView:
    """Items in the order of the checklist with everything beneath (6 queries).

    Raises Checklist.DoesNotExist when the checklist was not opened yet.
    """
    checklist = Checklist.objects.select_related("catalogue_revision").get(facility=facility)
    items = in_order(Item.objects.of_facility(facility).select_related("answer__answered_by"))
    obligations = _obligations_by_item(items)
    evidence = evidence_by_item(items)
    revision = checklist.catalogue_revision
    return ChecklistView(
        facility=facility,
        opened_on=checklist.opened_on,
        reconciled_on=checklist.reconciled_on,
        reconciled_at=checklist.reconciled_at,
        catalogue_revision=revision.number if revision else None,
        items=tuple(_item_view(item, obligations[item.pk], evidence[item.pk]) for item in items),
    )


def in_order(items: QuerySet[Item]) -> list[Item]:
    """Items by topic group and topic; beneath a topic the operator, the site, then building after building."""
    return sorted(items.select_related("topic__group", "operator", "facility", "building"), key=_place)


def _place(item: Item) -> tuple[int, int, str, int, int, int]:
    topic, building = item.topic, item.building
    level = ("operator", "facility", "building").index(item.level)
    return topic.group.order, topic.order, topic.slug, level, building.order if building else 0, item.pk


def obligations_with_law() -> QuerySet[Obligation]:
    """Obligations with version, ministry, citations, answers and occurrences, ministry by ministry (3 queries)."""
    citations = Prefetch("version__citations", Citation.objects.select_related("statute"))
    return (
        Obligation.objects.select_related("rule", "version__rule", "version__ministry", "answered_version")
        .select_related("answer__answered_by")
        .prefetch_related(citations, "occurrences")
        .order_by("version__ministry__order", "version__ministry__slug", "rule__slug")
    )


def _obligations_by_item(items: list[Item]) -> dict[int, list[ObligationView]]:
    by_pk = {item.pk: item for item in items}
    found: dict[int, list[ObligationView]] = defaultdict(list)
    for row in obligations_with_law().filter(item__in=list(by_pk)):
        row.item = by_pk[row.item_id]
        found[row.item_id].append(_obligation_view(row))
    return found


def evidence_by_item(items: Iterable[Item]) -> dict[int, list[Evidence]]:
    """Documents linked to the items, in the order of linking (1 query)."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for link in EvidenceLink.objects.filter(item__in=[item.pk for item in items]).select_related("evidence"):
        found[link.item_id].append(link.evidence)
    return found


def _item_view(item: Item, obligations: list[ObligationView], evidence: list[Evidence]) -> ItemView:
    return ItemView(
        pk=item.pk,
        topic=item.topic,
        level=item.level,
        subject=item.subject,
        is_active=item.is_active,
        status=item.status,
        answer=item.answer,
        responsible=item.responsible,
        target_date=item.target_date,
        needs_reconfirm=item.needs_reconfirm,
        next_due_on=item.next_due_on,
        row_version=item.row_version,
        obligations=tuple(row for row in obligations if row.ended_on is None),
        ended=tuple(row for row in obligations if row.ended_on is not None),
        evidence=tuple(evidence),
    )


def _obligation_view(row: Obligation) -> ObligationView:
    subject_pk = row.item.building_id or row.item.facility_id or row.item.operator_id
    return ObligationView(
        pk=row.pk,
        key=f"{row.item.level}:{subject_pk}:{row.rule.slug}",
        version=row.version,
        outcome=row.outcome,
        because_ko=row.because_ko,
        because_en=row.because_en,
        trace=row.trace,
        missing=tuple(row.missing),
        began_on=row.began_on,
        ended_on=row.ended_on,
        ended_because=row.ended_because,
        answer=row.effective_answer,
        is_answered_apart=row.answer_id is not None,
        answered_version=row.answered_version,
        needs_reconfirm=row.needs_reconfirm,
        next_due_on=row.next_due_on,
        occurrences=tuple(row.occurrences.all()),
    )
