"""How far the answers to a checklist have come, per ministry and per topic group."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from compliance.checklists.models import AnswerStatus, Obligation
from registry.models import Facility, FactDefinition, Ministry, TopicGroup

# In the order in which a bar shows them. An undetermined obligation is never anything else, whatever was answered.
STATES = (*AnswerStatus.values, "reconfirm", "unanswered", "undetermined")


@dataclass(frozen=True)
class Progress:
    """Obligations of one ministry (or topic group, or all) counted by state."""

    slug: str
    label_ko: str
    label_en: str
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def undetermined(self) -> int:
        return self.counts["undetermined"]

    @property
    def answered(self) -> int:
        """Obligations with an answer that speaks of the version in force."""
        return sum(self.counts[status] for status in AnswerStatus.values)

    @property
    def per_cent(self) -> int:
        """Answered obligations among all, the undetermined included; 100 only when nothing is left."""
        return self.answered * 100 // self.total if self.total else 0

    @property
    def parts(self) -> list[tuple[str, int, float]]:
        """State, number and width in per cent of each part of the bar that is not empty."""
        return [(state, n, round(n * 100 / self.total, 2)) for state in STATES if (n := self.counts[state])]


@dataclass(frozen=True)
class MissingFact:
    """A fact that nobody recorded and how many obligations cannot be decided without it."""

    key: str
    label_ko: str
    label_en: str
    blocks: int


@dataclass(frozen=True)
class ObligationState:
    """What counts of one obligation."""

    ministry_id: int
    group_id: int
    state: str
    missing: tuple[str, ...]


def states(facility: Facility) -> list[ObligationState]:
    """The state of every active obligation of the facility, its buildings and its operator (1 query)."""
    rows = Obligation.objects.of_facility(facility).active()
    columns = rows.values_list(
        "version__ministry_id",
        "item__topic__group_id",
        "outcome",
        "missing",
        "needs_reconfirm",
        "answer__status",
        "answered_version_id",
        "item__status",
    )
    return [ObligationState(ministry, group, state_of(*rest), tuple(rest[1])) for ministry, group, *rest in columns]


def state_of(
    outcome: str, missing: Any, needs_reconfirm: bool, own: str | None, covered: int | None, status: str
) -> str:
    """One of `STATES`: the answer that counts, unless nobody knows yet whether the law binds here at all."""
    if outcome == Obligation.Outcome.UNDETERMINED:
        return "undetermined"
    if needs_reconfirm:
        return "reconfirm"
    return own or (status if covered else "") or "unanswered"


def progress_by_ministry(facility: Facility) -> list[Progress]:
    """Per ministry with at least one obligation here, in the ministries' order (2 queries)."""
    return by_ministry(states(facility))


def progress_by_topic_group(facility: Facility) -> list[Progress]:
    """Per topic group with at least one obligation here, in the checklist's order (2 queries)."""
    return by_topic_group(states(facility))


def by_ministry(rows: Iterable[ObligationState]) -> list[Progress]:
    return _grouped(rows, lambda row: row.ministry_id, Ministry.objects.all())


def by_topic_group(rows: Iterable[ObligationState]) -> list[Progress]:
    return _grouped(rows, lambda row: row.group_id, TopicGroup.objects.all())


def overall(rows: Iterable[ObligationState]) -> Progress:
    return Progress("all", "전체", "All", Counter(row.state for row in rows))


def _grouped(
    rows: Iterable[ObligationState], key: Callable[[ObligationState], int], names: Iterable[Ministry | TopicGroup]
) -> list[Progress]:
    counts: dict[int, Counter[str]] = {}
    for row in rows:
        counts.setdefault(key(row), Counter())[row.state] += 1
    return [Progress(name.slug, name.name_ko, name.name_en, counts[name.pk]) for name in names if name.pk in counts]


def missing_facts(rows: Iterable[ObligationState]) -> list[MissingFact]:
    """Facts that undetermined obligations wait for, those that block most first (1 query)."""
    blocks = Counter(key for row in rows for key in row.missing)
    labels = FactDefinition.objects.filter(key__in=list(blocks)).values_list("key", "label_ko", "label_en")
    found = [MissingFact(key, label_ko, label_en, blocks[key]) for key, label_ko, label_en in labels]
    return sorted(found, key=lambda fact: (-fact.blocks, fact.key))
