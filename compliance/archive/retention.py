"""How long a dossier is kept. The periods are settings of this product: they are not taken from any statute."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localdate

from compliance.archive.models import LegalHold
from compliance.dossiers.models import Dossier

SUBMITTED, DRAFT = "submitted", "draft"


@dataclass(frozen=True)
class Retention:
    """What follows for one dossier: no end while it is under review."""

    dossier: Dossier
    kind: str
    began_on: date | None
    years: int
    hold: LegalHold | None

    @property
    def kept_until(self) -> date | None:
        """The last day of the period."""
        return years_after(self.began_on, self.years) if self.began_on else None

    def is_past(self, on: date) -> bool:
        """Whether nothing asks any more to keep it; a hold always does."""
        return self.hold is None and self.kept_until is not None and self.kept_until < on


def years_after(day: date, years: int) -> date:
    """The same day later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def retention_of(dossier: Dossier) -> Retention:
    """Reviews and holds should be prefetched."""
    kind = SUBMITTED if dossier.submitted_at else DRAFT
    hold = next((row for row in dossier.holds.all() if row.lifted_at is None), None)
    return Retention(dossier, kind, _began_on(dossier), settings.ILWON_RETENTION_YEARS[kind], hold)


def retention_schedule(dossiers: QuerySet[Dossier]) -> list[Retention]:
    """Every dossier with its period, the earliest end first, those without an end last (3 queries)."""
    rows = dossiers.defer("snapshot").select_related("facility").prefetch_related("reviews", "holds__placed_by")
    found = [retention_of(row) for row in rows.order_by("number")]
    return sorted(found, key=lambda row: row.kept_until or date.max)


def past_retention(schedule: Iterable[Retention], on: date) -> list[Retention]:
    """What could go. Nothing here deletes it: people decide that outside the system."""
    return [row for row in schedule if row.is_past(on)]


def _began_on(dossier: Dossier) -> date | None:
    """A draft's period begins with its issue, a submitted one's with the last decision of its ministries."""
    if dossier.submitted_at is None:
        return localdate(dossier.issued_at)
    if dossier.state in (Dossier.State.UNDER_REVIEW, Dossier.State.SUPPLEMENT):
        return None
    decided = [row.decided_at for row in dossier.reviews.all() if row.decided_at]
    return localdate(max([dossier.submitted_at, *decided]))
