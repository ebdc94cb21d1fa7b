"""Where an obligation stands, in one word, and how many stand where."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from compliance.dossiers.contents import SnapshotObligation

# From done to open; charts and tables follow this order.
STANDINGS = (
    "compliant",
    "not_applicable",
    "in_progress",
    "partly",
    "non_compliant",
    "unanswered",
    "undetermined",
)


def standing_of(row: SnapshotObligation) -> str:
    """`undetermined` wins over any answer: nobody can comply with what may not apply, and silence is not compliance."""
    if row.is_undetermined:
        return "undetermined"
    return row.status or "unanswered"


@dataclass(frozen=True)
class Tally:
    """How many obligations stand where."""

    counts: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, rows: Iterable[SnapshotObligation]) -> "Tally":
        found = Counter(standing_of(row) for row in rows)
        return cls(tuple((standing, found[standing]) for standing in STANDINGS))

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)

    def __getitem__(self, standing: str) -> int:
        return dict(self.counts)[standing]

    @property
    def applies(self) -> int:
        return self.total - self["undetermined"]

    @property
    def settled(self) -> int:
        """Answered as kept, or as not applicable with a reason."""
        return self["compliant"] + self["not_applicable"]

    @property
    def breached(self) -> int:
        return self["non_compliant"] + self["partly"]

    @property
    def pending(self) -> int:
        return self["in_progress"] + self["unanswered"]

    @property
    def waiting_for_facts(self) -> int:
        return self["undetermined"]
