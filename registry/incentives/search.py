"""Finding programmes in the public list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from registry.incentives.models import Incentive

MAX_WORDS = 8


@dataclass(frozen=True)
class IncentiveSearch:
    """Words that must all occur, a kind and a status."""

    words: tuple[str, ...]
    kind: str
    status: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "IncentiveSearch":
        words = tuple(query.get("q", "").split()[:MAX_WORDS])
        return cls(words, query.get("kind", ""), query.get("status", ""))

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.kind or self.status)

    def found(self, on: date) -> list[Incentive]:
        """In catalogue order. The status follows from dates, hence it is decided here and not by the database."""
        rows = Incentive.objects.select_related("ministry")
        if self.kind:
            rows = rows.filter(kind=self.kind)
        for word in self.words:
            rows = rows.filter(_says(word))
        return [row for row in rows if self.status in ("", row.status_on(on))]


def _says(word: str) -> Q:
    said = Q()
    for column in ("title_ko", "title_en", "benefit_ko", "benefit_en", "slug"):
        said |= Q(**{f"{column}__icontains": word})
    return said
