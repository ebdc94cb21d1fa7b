"""What the page of one item shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from compliance.checklists.deadlines import Recurrence
from compliance.checklists.differences import FieldChange, version_diff
from compliance.checklists.evidence_models import Evidence
from compliance.checklists.measures import Conflict, Judgement, Limit, conflicts, strictest
from compliance.checklists.models import Answer, Item, Obligation
from compliance.checklists.reading import evidence_by_item, obligations_with_law
from registry.conditions import Vocabulary
from registry.language import in_language
from registry.models import Facility, FactDefinition, RuleVersion
from registry.rules.assessment import current_vocabulary


@dataclass(frozen=True)
class ObligationLine:
    """One obligation as the page shows it."""

    obligation: Obligation
    limit: Limit | None
    anchor: FactDefinition | None  # the date fact without which no due date is known
    specs: Vocabulary

    @property
    def version(self) -> RuleVersion:
        return self.obligation.version

    @property
    def answer(self) -> Answer | None:
        return self.obligation.effective_answer

    @property
    def measured(self) -> float | None:
        """What was measured, by the answer apart or by the item's answer."""
        if self.limit is None:
            return None
        answer = self.obligation.answer or self.obligation.item.answer
        return answer.measured.get(self.limit.name) if answer else None

    @property
    def judgement(self) -> Judgement:
        return self.limit.judge(self.measured) if self.limit else Judgement.UNKNOWN

    @cached_property
    def changes(self) -> list[FieldChange]:
        """What is different from the version that was answered; empty when no version was."""
        old = self.obligation.answered_version
        return version_diff(old, self.version, self.specs) if self.obligation.needs_reconfirm and old else []


@dataclass(frozen=True)
class ItemPage:
    """An item with everything beneath it."""

    item: Item
    facility: Facility
    lines: list[ObligationLine]
    ended: list[Obligation]
    evidence: list[Evidence]
    history: list[Answer]
    missing: list[FactDefinition]
    following: int | None
    specs: Vocabulary

    @property
    def limits(self) -> list[Limit]:
        return [line.limit for line in self.lines if line.limit]

    @property
    def strictest(self) -> list[tuple[Limit, ObligationLine]]:
        owners = {line.version.rule.slug: line for line in self.lines}
        return [(limit, owners[limit.owner]) for limit in strictest(self.limits)]

    @property
    def conflicts(self) -> list[Conflict]:
        return conflicts(self.limits)

    @property
    def expected_evidence(self) -> list[str]:
        """The union of what all obligations ask for: one document serves many."""
        return list(dict.fromkeys(kind for line in self.lines for kind in line.version.evidence_ko))

    @property
    def undetermined(self) -> int:
        return sum(line.obligation.is_undetermined for line in self.lines)

    @property
    def is_undecided(self) -> bool:
        """Whether nobody knows yet if any obligation binds here, so that no answer makes the item compliant."""
        return bool(self.lines) and self.undetermined == len(self.lines)

    @property
    def changed(self) -> list[ObligationLine]:
        return [line for line in self.lines if line.obligation.needs_reconfirm]


def item_page(item: Item, facility: Facility, on: date) -> ItemPage:
    """Everything about one item, whatever its size (10 queries)."""
    rows = list(obligations_with_law().prefetch_related("answered_version__citations__statute").filter(item=item))
    for row in rows:
        row.item = item
    active = [row for row in rows if row.ended_on is None]
    facts, specs = _definitions(active), current_vocabulary()
    history = item.answers.select_related("answered_by", "obligation__rule").order_by("-answered_at", "-pk")
    return ItemPage(
        item=item,
        facility=facility,
        lines=[_line(row, facts, specs) for row in active],
        ended=[row for row in rows if row.ended_on is not None],
        evidence=evidence_by_item([item])[item.pk],
        history=list(history),
        missing=[facts[key] for key in dict.fromkeys(key for row in active for key in row.missing) if key in facts],
        following=_following(item, facility),
        specs=specs,
    )


def _line(row: Obligation, facts: dict[str, FactDefinition], specs: Vocabulary) -> ObligationLine:
    version = row.version
    title = in_language(version, "title")
    limit = Limit.of(version.measure, version.rule.slug, title) if version.measure else None
    anchor = Recurrence.of(version.recurrence).anchor_fact if version.recurrence and not row.next_due_on else ""
    return ObligationLine(row, limit, facts.get(anchor), specs)


def _definitions(rows: Iterable[Obligation]) -> dict[str, FactDefinition]:
    keys = {key for row in rows for key in row.missing}
    keys |= {row.version.recurrence.get("anchor", "") for row in rows if row.version.recurrence}
    return {row.key: row for row in FactDefinition.objects.filter(key__in=keys)}


def _following(item: Item, facility: Facility) -> int | None:
    """The next item of the checklist, so that one can answer item after item."""
    order = ("topic__group__order", "topic__order", "topic__slug", "pk")
    pks = list(Item.objects.of_facility(facility).active().order_by(*order).values_list("pk", flat=True))
    place = pks.index(item.pk) + 1 if item.pk in pks else len(pks)
    return pks[place] if place < len(pks) else None
