"""What falls due when, as of a day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from compliance.checklists.commitment_models import Commitment
from compliance.checklists.deadlines import Recurrence
from compliance.checklists.evidence_models import Occurrence
from compliance.checklists.models import Item, Obligation
from registry.models import Facility, FactDefinition

SOON, NEAR = timedelta(days=30), timedelta(days=90)
SHOWN_DONE = 20
_SHOWN = (
    "outcome",
    "next_due_on",
    "version__title_ko",
    "version__title_en",
    "version__recurrence",
    "version__deadline",
    "version__ministry__short_ko",
    "item__operator__name_ko",
    "item__facility__name_ko",
    "item__building__name",
)


@dataclass(frozen=True)
class Undated:
    """A recurring obligation whose anchor date nobody recorded."""

    obligation: Obligation
    anchor: FactDefinition | None


@dataclass(frozen=True)
class Calendar:
    """Open occurrences by nearness, what has no date yet, deadlines that begin with an event, and what was done."""

    on: date
    overdue: list[Occurrence] = field(default_factory=list)
    soon: list[Occurrence] = field(default_factory=list)
    near: list[Occurrence] = field(default_factory=list)
    later: list[Occurrence] = field(default_factory=list)
    undated: list[Undated] = field(default_factory=list)
    events: list[Obligation] = field(default_factory=list)
    done: list[Occurrence] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)  # open ones by due date, then what was kept last

    @property
    def is_empty(self) -> bool:
        dated = self.overdue or self.soon or self.near or self.later
        return not (dated or self.undated or self.events or self.done or self.commitments)


def calendar_of(facility: Facility, on: date) -> Calendar:
    """The calendar of a facility, its buildings and its operator as of `on` (6 queries)."""
    dated = Q(version__recurrence__isnull=False) | Q(version__deadline__isnull=False)
    obligations = (
        Obligation.objects.of_facility(facility)
        .active()
        .filter(dated)
        .select_related("version__ministry", "item__building", "item__facility", "item__operator")
        .only(*_SHOWN)
        .order_by("version__ministry__order", "rule__slug")
    )
    by_pk = {row.pk: row for row in obligations}
    calendar = Calendar(
        on,
        undated=_undated([row for row in by_pk.values() if row.version.recurrence and row.next_due_on is None]),
        events=[row for row in by_pk.values() if row.version.deadline],
        commitments=_commitments(facility),
    )
    for occurrence in Occurrence.objects.filter(obligation__in=list(by_pk), done_on__isnull=True):
        occurrence.obligation = by_pk[occurrence.obligation_id]
        _shelf(calendar, occurrence.due_on).append(occurrence)
    done = Occurrence.objects.filter(obligation__item__in=Item.objects.of_facility(facility), done_on__isnull=False)
    rows = done.select_related("obligation__version", "obligation__item__topic", "done_by", "evidence")
    calendar.done.extend(rows.order_by("-done_on", "-pk")[:SHOWN_DONE])
    return calendar


def _commitments(facility: Facility) -> list[Commitment]:
    rows = list(facility.commitments.select_related("ministry", "evidence", "done_by"))
    kept = sorted((row for row in rows if row.done_on), key=lambda row: row.done_on or row.due_on, reverse=True)
    return [row for row in rows if not row.done_on] + kept[:SHOWN_DONE]


def _shelf(calendar: Calendar, due_on: date) -> list[Occurrence]:
    if due_on < calendar.on:
        return calendar.overdue
    if due_on <= calendar.on + SOON:
        return calendar.soon
    return calendar.near if due_on <= calendar.on + NEAR else calendar.later


def _undated(rows: list[Obligation]) -> list[Undated]:
    anchors = {row.pk: Recurrence.of(row.version.recurrence).anchor_fact for row in rows if row.version.recurrence}
    facts = {fact.key: fact for fact in FactDefinition.objects.filter(key__in=set(anchors.values()))}
    return [Undated(row, facts.get(anchors[row.pk])) for row in rows]
