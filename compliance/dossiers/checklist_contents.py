"""Items, obligations, answers and evidence, as a snapshot tells them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compliance.checklists.evidence_models import Evidence, EvidenceLink
from compliance.checklists.models import Answer, Item, Obligation
from compliance.checklists.reading import in_order, obligations_with_law
from compliance.dossiers.contents import (
    Due,
    EvidenceFile,
    GivenAnswer,
    SnapshotItem,
    SnapshotObligation,
    obligation_key,
)
from compliance.dossiers.fact_contents import person, subject_of
from compliance.dossiers.law_contents import rule_text
from compliance.dossiers.measured import measured_value
from registry.models import Facility, Topic


@dataclass(frozen=True)
class ChecklistContents:
    """What a snapshot takes from the checklist."""

    items: tuple[SnapshotItem, ...]
    obligations: tuple[SnapshotObligation, ...]
    evidence: tuple[EvidenceFile, ...]
    topics: tuple[Topic, ...]


def checklist_contents(facility: Facility) -> ChecklistContents:
    """All active items with their obligations and evidence, in the order of the checklist (6 queries)."""
    items = in_order(Item.objects.of_facility(facility).active().select_related("answer__answered_by"))
    obligations = _obligations_by_item(items)
    links = EvidenceLink.objects.filter(item__in=items).select_related("evidence__uploaded_by")
    refs, files = _evidence(links, obligations)
    used: dict[int, set[str]] = defaultdict(set)
    for link in links:
        used[link.item_id].add(refs[link.evidence_id])
    return ChecklistContents(
        items=tuple(_item(row, obligations[row.pk], used[row.pk]) for row in items),
        obligations=tuple(_obligation(item, row, refs) for item in items for row in obligations[item.pk]),
        evidence=files,
        topics=tuple(row.topic for row in items),
    )


def _obligations_by_item(items: list[Item]) -> dict[int, list[Obligation]]:
    rows = obligations_with_law().filter(item__in=items, ended_on__isnull=True)
    rows = rows.prefetch_related("occurrences__evidence__uploaded_by")
    by_pk = {item.pk: item for item in items}
    found: dict[int, list[Obligation]] = {item.pk: [] for item in items}
    for row in rows:
        row.item = by_pk[row.item_id]
        found[row.item_id].append(row)
    return found


def _evidence(
    links: Iterable[EvidenceLink], obligations: Mapping[int, list[Obligation]]
) -> tuple[dict[int, str], tuple[EvidenceFile, ...]]:
    """Names for the documents used, E-001 and so on in the order of their upload, and what is known of each."""
    used = {link.evidence.pk: link.evidence for link in links}
    for row in (row for rows in obligations.values() for row in rows):
        used.update({due.evidence.pk: due.evidence for due in row.occurrences.all() if due.evidence})
    ordered = [used[pk] for pk in sorted(used)]
    refs = {row.pk: f"E-{number:03}" for number, row in enumerate(ordered, start=1)}
    return refs, tuple(_file(row, refs[row.pk]) for row in ordered)


def _file(row: Evidence, ref: str) -> EvidenceFile:
    return EvidenceFile(
        ref=ref,
        pk=row.pk,
        title=row.title,
        original_name=row.original_name,
        content_type=row.content_type,
        size=row.size,
        sha256=row.sha256,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        note=row.note,
        uploaded_at=row.uploaded_at,
        uploaded_by=person(row.uploaded_by),
        withdrawn=row.withdrawn_at is not None,
    )


def _item_key(item: Item) -> str:
    return f"{item.level}:{item.subject.pk}:{item.topic.slug}"


def _item(item: Item, obligations: Iterable[Obligation], evidence: Iterable[str]) -> SnapshotItem:
    return SnapshotItem(
        key=_item_key(item),
        topic=item.topic.slug,
        subject=subject_of(item.subject),
        status=item.status,
        answer=_answer(item.answer, "item"),
        responsible=item.responsible,
        target_date=item.target_date,
        needs_reconfirm=item.needs_reconfirm,
        next_due_on=item.next_due_on,
        obligations=tuple(_key(item, row) for row in obligations),
        evidence=tuple(sorted(evidence)),
    )


def _key(item: Item, row: Obligation) -> str:
    return obligation_key(item.level, item.subject.pk, row.rule.slug)


def _obligation(item: Item, row: Obligation, refs: Mapping[int, str]) -> SnapshotObligation:
    answer = _answer(row.effective_answer, "obligation" if row.answer else "item")
    return SnapshotObligation(
        key=_key(item, row),
        subject=subject_of(item.subject),
        item=_item_key(item),
        rule=rule_text(row.version),
        outcome=row.outcome,
        because_ko=row.because_ko,
        because_en=row.because_en,
        trace=row.trace,
        missing=tuple(row.missing),
        began_on=row.began_on,
        answer=answer,
        answered_version=row.answered_version.number if row.answered_version else None,
        needs_reconfirm=row.needs_reconfirm,
        measurement=measured_value(row.version.measure, answer.measured if answer else None, row.rule.slug),
        next_due_on=row.next_due_on,
        occurrences=tuple(
            Due(due.due_on, due.done_on, due.note, refs[due.evidence_id] if due.evidence_id else None)
            for due in row.occurrences.all()
        ),
    )


def _answer(answer: Answer | None, given_for: str) -> GivenAnswer | None:
    if answer is None:
        return None
    return GivenAnswer(
        given_for=given_for,
        status=answer.status,
        note=answer.note,
        justification=answer.justification,
        measured=answer.measured,
        responsible=answer.responsible,
        target_date=answer.target_date,
        is_reconfirmation=answer.is_reconfirmation,
        answered_at=answer.answered_at,
        answered_by=person(answer.answered_by),
        versions=answer.versions,
    )
