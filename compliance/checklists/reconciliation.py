"""The comparison of a facility's items and obligations with what the law says of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from compliance.checklists.decisions import Decision, Subject
from compliance.checklists.models import Item, Obligation
from compliance.checklists.timetables import schedule
from registry.facilities.facts import SiteFacts
from registry.models import Facility

DECIDED = ["version", "outcome", "because_ko", "because_en", "trace", "missing"]
WRITTEN = [*DECIDED, "began_on", "ended_on", "ended_because", "answered_version", "needs_reconfirm"]


@dataclass
class ReconcileResult:
    """How many obligations appeared, came back, ended or changed, and how many must be confirmed again.

    `scheduled` counts occurrences that came or went.
    """

    added: int = 0
    returned: int = 0
    ended: int = 0
    changed: int = 0
    reconfirm: int = 0
    scheduled: int = 0

    @property
    def changed_anything(self) -> bool:
        return any(self.as_dict().values())

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Reconciliation:
    """The rows of one facility, locked, while they are compared with what was decided for it."""

    def __init__(self, facility: Facility, site: SiteFacts, *, rules_in_force: frozenset[int]) -> None:
        self.site = site
        self.rules_in_force = rules_in_force
        self.result = ReconcileResult()
        self.items = _locked_items(facility)
        self.obligations = _obligations_of(self.items)
        self.added: list[Obligation] = []
        self.touched: list[Obligation] = []
        self.seen: set[int] = set()
        self.disturbed: set[int] = set()  # items whose obligations changed: an answer form opened before is stale

    def place(self, found: Sequence[Decision]) -> None:
        """Give every decision its item and its obligation."""
        self._add_items(found)
        for decision in found:
            item = self.items[decision.subject, decision.version.rule.topic_id]
            known = self.obligations.get((item.pk, decision.version.rule_id))
            if known is None:
                self._add(item, decision)
            else:
                self._update(known, decision)

    def _add_items(self, found: Sequence[Decision]) -> None:
        new: dict[tuple[Subject, int], Item] = {}
        for decision in found:
            key = decision.subject, decision.version.rule.topic_id
            if key not in self.items and key not in new:
                (level, pk), topic_id = key
                new[key] = Item(topic_id=topic_id, **{f"{level}_id": pk})
        Item.objects.bulk_create(new.values())
        self.items.update(new)

    def _add(self, item: Item, decision: Decision) -> None:
        obligation = Obligation(item=item, rule_id=decision.version.rule_id, began_on=self.site.on)
        _decide(obligation, decision)
        self.added.append(obligation)
        self.disturbed.add(item.pk)
        self.result.added += 1
        self.result.reconfirm += obligation.needs_reconfirm

    def _update(self, obligation: Obligation, decision: Decision) -> None:
        self.seen.add(obligation.pk)
        before = _state(obligation)
        was_confirmed, had_ended = not obligation.needs_reconfirm, obligation.ended_on is not None
        _decide(obligation, decision)
        if had_ended:
            obligation.began_on, obligation.ended_on, obligation.ended_because = self.site.on, None, ""
        if _state(obligation) != before:
            self._touch(obligation)
            self.result.returned += had_ended
            self.result.changed += not had_ended
            self.result.reconfirm += was_confirmed and obligation.needs_reconfirm

    def end_what_is_left(self) -> None:
        """End what no decision spoke of: its rule is no longer in force, or no longer applies to the subject."""
        for obligation in self.obligations.values():
            if obligation.pk in self.seen or obligation.ended_on is not None:
                continue
            obligation.ended_on = self.site.on
            in_force = obligation.rule_id in self.rules_in_force
            obligation.ended_because = "facts_changed" if in_force else "rule_closed"
            obligation.needs_reconfirm = False
            self._touch(obligation)
            self.result.ended += 1

    def _touch(self, obligation: Obligation) -> None:
        self.touched.append(obligation)
        self.disturbed.add(obligation.item_id)

    def save(self) -> None:
        """Write what changed: a handful of statements, however many rows there are."""
        Obligation.objects.bulk_create(self.added)
        Obligation.objects.bulk_update(self.touched, WRITTEN)
        everything = [*self.obligations.values(), *self.added]
        self.result.scheduled = schedule(everything, self.site, self.site.on)
        active: dict[int, list[Obligation]] = defaultdict(list)
        for row in everything:
            if row.ended_on is None:
                active[row.item_id].append(row)
        changed = [item for item in self.items.values() if self._refresh(item, active[item.pk])]
        Item.objects.bulk_update(changed, ["is_active", "needs_reconfirm", "next_due_on", "row_version"])

    def _refresh(self, item: Item, active: Sequence[Obligation]) -> bool:
        before = item.is_active, item.needs_reconfirm, item.next_due_on, item.row_version
        item.is_active = bool(active)
        item.needs_reconfirm = any(row.needs_reconfirm for row in active)
        item.next_due_on = earliest_due(active)
        item.row_version += item.pk in self.disturbed
        return before != (item.is_active, item.needs_reconfirm, item.next_due_on, item.row_version)


def earliest_due(obligations: Sequence[Obligation]) -> Any:
    return min((row.next_due_on for row in obligations if row.next_due_on), default=None)


def _locked_items(facility: Facility) -> dict[tuple[Subject, int], Item]:
    rows = Item.objects.of_facility(facility).order_by("pk").select_related("answer").select_for_update(of=("self",))
    return {(_subject_of(item), item.topic_id): item for item in rows}


def _subject_of(item: Item) -> Subject:
    return item.level, item.building_id or item.facility_id or item.operator_id or 0


def _obligations_of(items: dict[tuple[Subject, int], Item]) -> dict[tuple[int, int], Obligation]:
    by_pk = {item.pk: item for item in items.values()}
    found: dict[tuple[int, int], Obligation] = {}
    for row in Obligation.objects.filter(item__in=list(by_pk)).select_related("answer"):
        row.item = by_pk[row.item_id]
        found[row.item_id, row.rule_id] = row
    return found


def _decide(obligation: Obligation, decision: Decision) -> None:
    """Take over what was decided, and ask whether the answer that counts speaks of this very version."""
    was_undetermined = obligation.is_undetermined
    obligation.version = decision.version
    obligation.outcome = decision.outcome
    obligation.because_ko, obligation.because_en = decision.because_ko, decision.because_en
    obligation.trace, obligation.missing = decision.trace, decision.missing
    answer = obligation.answer or obligation.item.answer
    is_covered = answer is not None and decision.version.rule.slug in answer.versions
    if not is_covered or (was_undetermined and not obligation.is_undetermined):
        # An answer given while nobody knew whether the duty binds is not taken as an answer to the duty.
        obligation.answered_version = None
    obligation.needs_reconfirm = answer is not None and obligation.answered_version_id != decision.version.pk


def _state(obligation: Obligation) -> tuple[Any, ...]:
    names = ["version_id", "answered_version_id", *(name for name in WRITTEN if not name.endswith("version"))]
    return tuple(getattr(obligation, name) for name in names)
