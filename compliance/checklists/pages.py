"""What the checklist page shows, gathered with a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from compliance.checklists.evidence_models import EvidenceLink
from compliance.checklists.models import Item, ItemQuerySet, Obligation
from compliance.checklists.reading import in_order
from compliance.checklists.staleness import building_rules
from compliance.checklists.statistics import (
    MissingFact,
    Progress,
    by_ministry,
    missing_facts,
    overall,
    states,
)
from registry.models import Facility, Ministry, TopicGroup


@dataclass(frozen=True)
class ItemRow:
    """One line of the list."""

    item: Item
    ministries: list[tuple[Ministry, int]]
    undetermined: int
    apart: int
    evidence: int
    is_overdue: bool

    @property
    def obligations(self) -> int:
        return sum(count for _, count in self.ministries)


@dataclass(frozen=True)
class GroupRows:
    """The lines of one topic group."""

    group: TopicGroup
    rows: list[ItemRow]


@dataclass(frozen=True)
class Overview:
    """The head of the page."""

    progress: Progress
    ministries: list[Progress]
    missing: list[MissingFact]
    overdue: int
    unplaced: int  # rules of buildings that nobody can judge because the site has no building yet

    @property
    def undetermined(self) -> int:
        return self.progress.undetermined + self.unplaced

    @property
    def applies(self) -> int:
        return self.progress.total - self.progress.undetermined


def overview(facility: Facility, on: date) -> Overview:
    """Progress and what stands in its way (5 queries, 6 for a site without buildings)."""
    rows = states(facility)
    has_buildings = facility.buildings.exists()
    return Overview(
        progress=overall(rows),
        ministries=by_ministry(rows),
        missing=missing_facts(rows),
        overdue=Item.objects.of_facility(facility).active().overdue(on).count(),
        unplaced=0 if has_buildings else building_rules(on),
    )


def item_rows(items: ItemQuerySet, on: date) -> list[ItemRow]:
    """One line per item in the order of the checklist (4 queries)."""
    found = in_order(items)
    pks = [item.pk for item in found]
    ministries = {row.pk: row for row in Ministry.objects.all()}
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    undetermined: Counter[int] = Counter()
    apart: Counter[int] = Counter()
    active = Obligation.objects.active().filter(item__in=pks)
    for item_pk, ministry_pk, outcome, own in active.values_list(
        "item_id", "version__ministry_id", "outcome", "answer_id"
    ):
        counts[item_pk][ministry_pk] += 1
        undetermined[item_pk] += outcome == Obligation.Outcome.UNDETERMINED
        apart[item_pk] += own is not None
    evidence = dict(
        EvidenceLink.objects.filter(item__in=pks)
        .order_by()
        .values("item")
        .annotate(n=Count("pk"))
        .values_list("item", "n")
    )
    return [
        ItemRow(
            item=item,
            ministries=[(ministries[pk], n) for pk, n in counts[item.pk].items()],
            undetermined=undetermined[item.pk],
            apart=apart[item.pk],
            evidence=evidence.get(item.pk, 0),
            is_overdue=item.next_due_on is not None and item.next_due_on < on,
        )
        for item in found
    ]


def in_groups(rows: Iterable[ItemRow]) -> list[GroupRows]:
    """Lines gathered under their topic groups; the order stays."""
    groups: dict[int, GroupRows] = {}
    for row in rows:
        group = row.item.topic.group
        groups.setdefault(group.pk, GroupRows(group, [])).rows.append(row)
    return list(groups.values())
