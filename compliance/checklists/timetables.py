"""The occurrences of recurring obligations, kept in line with their cycles and anchor dates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from compliance.checklists.deadlines import Recurrence, due_dates
from compliance.checklists.evidence_models import Occurrence
from compliance.checklists.models import Obligation
from registry.facilities.facts import Facts, SiteFacts

HORIZON = relativedelta(years=1)


def schedule(obligations: Iterable[Obligation], site: SiteFacts, on: date) -> int:
    """Create the occurrences due up to a year ahead (at least the next), drop open ones whose date no longer holds.

    What was done stays. Sets `next_due_on` of every obligation and returns how many occurrences came or went.
    """
    rows = list(obligations)
    there: dict[int, list[Occurrence]] = defaultdict(list)
    for occurrence in Occurrence.objects.filter(obligation__in=[row.pk for row in rows]):
        there[occurrence.obligation_id].append(occurrence)
    missing: list[Occurrence] = []
    obsolete: list[int] = []
    moved: list[Obligation] = []
    for obligation in rows:
        expected = _open_dates(obligation, site, there[obligation.pk], on)
        open_rows = {row.due_on: row.pk for row in there[obligation.pk] if row.done_on is None}
        missing += [Occurrence(obligation=obligation, due_on=due) for due in sorted(expected - set(open_rows))]
        obsolete += [pk for due, pk in open_rows.items() if due not in expected]
        next_due_on = min(expected, default=None)
        if obligation.next_due_on != next_due_on:
            obligation.next_due_on = next_due_on
            moved.append(obligation)
    Occurrence.objects.filter(pk__in=obsolete).delete()
    Occurrence.objects.bulk_create(missing)
    Obligation.objects.bulk_update(moved, ["next_due_on"])
    return len(missing) + len(obsolete)


def _open_dates(obligation: Obligation, site: SiteFacts, rows: Sequence[Occurrence], on: date) -> set[date]:
    if obligation.ended_on is not None or not obligation.version.recurrence:
        return set()
    recurrence = Recurrence.of(obligation.version.recurrence)
    done = [row.done_on for row in rows if row.done_on]
    dates = due_dates(
        recurrence,
        anchor_dates(recurrence, site, obligation),
        since=obligation.began_on,
        until=on + HORIZON,
        done=done,
    )
    return set(dates) - {row.due_on for row in rows if row.done_on}


def anchor_dates(recurrence: Recurrence, site: SiteFacts, obligation: Obligation) -> list[date]:
    """Known values of the anchor fact for the subject; for a whole site those of its buildings, where they have it."""
    item = obligation.item
    facts: Facts = {**site.operator, **(site.facility if item.level != "operator" else {})}
    buildings = [row.facts for row in site.buildings if item.level == "facility" or row.pk == item.building_id]
    values = [facts.get(recurrence.anchor_fact), *(row.get(recurrence.anchor_fact) for row in buildings)]
    return [value for value in values if isinstance(value, date)]
