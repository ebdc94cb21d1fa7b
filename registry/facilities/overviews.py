"""How much is known about sites: numbers for lists and overviews."""

from collections.abc import Iterable
from datetime import date

from registry.facilities.fact_models import FactValue
from registry.facilities.models import Facility


def recorded_fact_counts(facilities: Iterable[Facility], on: date) -> dict[int, int]:
    """How many facts of each site and its buildings are known on `on`, by primary key (1 query)."""
    wanted = [facility.pk for facility in facilities]
    rows = FactValue.objects.on(on)
    rows = rows.filter(facility__in=wanted) | rows.filter(building__facility__in=wanted)
    newest: dict[tuple[int, int, int], object] = {}
    for facility, site, building, definition, value in rows.values_list(
        "facility", "building__facility", "building", "definition", "value"
    ):
        newest[(facility or site, building or 0, definition)] = value
    counts = dict.fromkeys(wanted, 0)
    for (facility, _, _), value in newest.items():
        counts[facility] += value is not None
    return counts
