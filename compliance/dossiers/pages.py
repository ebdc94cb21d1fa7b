"""The pages of a dossier as values: what its templates show, in the order in which they show it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from compliance.dossiers.charts import Matrix, Part, matrix, stacked
from compliance.dossiers.contents import (
    AssessedRule,
    Due,
    EvidenceFile,
    Fact,
    FactMeaning,
    Group,
    IncentiveOutcome,
    MinistryName,
    Snapshot,
    SnapshotItem,
    SnapshotObligation,
    TopicName,
)
from compliance.dossiers.readiness import OpenPoint, open_points
from compliance.dossiers.round_contents import RoundChange
from compliance.dossiers.round_difference import RoundDifference
from compliance.dossiers.rounds import frozen_difference
from compliance.dossiers.standing import Tally, standing_of
from registry.conditions import FactSpec, FactType, Level
from registry.language import in_language

BAR_WIDTH = 200.0


@dataclass(frozen=True)
class MinistrySummary:
    ministry: MinistryName
    obligations: tuple[SnapshotObligation, ...]
    tally: Tally
    bar: tuple[Part, ...]


@dataclass(frozen=True)
class ItemPage:
    item: SnapshotItem
    obligations: tuple[SnapshotObligation, ...]
    evidence: tuple[EvidenceFile, ...]


@dataclass(frozen=True)
class TopicPages:
    topic: TopicName
    items: tuple[ItemPage, ...]


@dataclass(frozen=True)
class Chapter:
    group: Group
    topics: tuple[TopicPages, ...]
    tally: Tally


@dataclass(frozen=True)
class MissingFact:
    """A fact that nobody recorded, and the obligations that hang on it."""

    fact: FactMeaning
    obligations: tuple[SnapshotObligation, ...]


@dataclass(frozen=True)
class Deadline:
    obligation: SnapshotObligation
    due: Due


@dataclass(frozen=True)
class DossierPages:
    """Everything that the templates ask of a snapshot."""

    snapshot: Snapshot

    @cached_property
    def tally(self) -> Tally:
        return Tally.of(self.snapshot.obligations)

    @cached_property
    def bar(self) -> tuple[Part, ...]:
        return stacked(self.tally, width=480)

    @cached_property
    def open_points(self) -> list[OpenPoint]:
        return open_points(self.snapshot)

    @cached_property
    def ministries(self) -> tuple[MinistrySummary, ...]:
        summaries = []
        by_ministry = {row.slug: self.snapshot.obligations_of(row.slug) for row in self.snapshot.concerned_ministries}
        largest = max((len(rows) for rows in by_ministry.values()), default=1)
        for slug, rows in by_ministry.items():
            tally = Tally.of(rows)
            bar = stacked(tally, width=BAR_WIDTH, largest=largest)
            summaries.append(MinistrySummary(self.snapshot.ministry(slug), rows, tally, bar))
        return tuple(summaries)

    @cached_property
    def matrix(self) -> Matrix:
        """Chapters against ministries."""
        ministries = [row.ministry for row in self.ministries]
        lines = [(in_language(row.group, "name"), self._tallies(row, ministries)) for row in self.chapters]
        names = [_abbreviated(row) for row in ministries]
        return matrix(names, lines, width=470, label_width=92)

    def _tallies(self, chapter: Chapter, ministries: Iterable[MinistryName]) -> list[Tally]:
        rows = list(_obligations_under(chapter.topics))
        return [Tally.of(row for row in rows if row.ministry == ministry.slug) for ministry in ministries]

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        return tuple(self._chapter(group) for group in self.snapshot.groups)

    def _chapter(self, group: Group) -> Chapter:
        topics = tuple(
            TopicPages(topic, tuple(self._item(row) for row in self.snapshot.items if row.topic == topic.slug))
            for topic in self.snapshot.topics
            if topic.group == group.slug
        )
        return Chapter(
            group, topics, Tally.of(row for topic in topics for page in topic.items for row in page.obligations)
        )

    def _item(self, item: SnapshotItem) -> ItemPage:
        obligations = tuple(self.snapshot.obligation(key) for key in item.obligations)
        return ItemPage(item, obligations, tuple(row for row in self.snapshot.evidence if row.ref in item.evidence))

    @cached_property
    def undetermined(self) -> tuple[SnapshotObligation, ...]:
        return tuple(row for row in self.snapshot.obligations if row.is_undetermined)

    @cached_property
    def missing_facts(self) -> tuple[MissingFact, ...]:
        """Facts whose absence leaves most obligations open come first."""
        waiting: dict[str, list[SnapshotObligation]] = defaultdict(list)
        for row in self.undetermined:
            for key in row.missing:
                waiting[key].append(row)
        ordered = sorted(waiting.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return tuple(MissingFact(self.snapshot.definition(key), tuple(rows)) for key, rows in ordered)

    @cached_property
    def not_kept(self) -> tuple[SnapshotObligation, ...]:
        """Answered as not or only partly kept, or measured beyond the limit."""
        return tuple(row for row in self.snapshot.obligations if _is_not_kept(row))

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        rows = [Deadline(row, due) for row in self.snapshot.obligations for due in row.occurrences]
        return tuple(sorted(rows, key=lambda row: (row.due.due_on, row.obligation.key)))

    @cached_property
    def overdue(self) -> tuple[Deadline, ...]:
        return tuple(row for row in self.deadlines if row.due.is_overdue(self.snapshot.on))

    @cached_property
    def fact_groups(self) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
        """Facts under the subject that they tell of."""
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.snapshot.facts:
            found[fact.subject.key].append(fact)
        return tuple((key, tuple(rows)) for key, rows in found.items())

    @cached_property
    def evidence_uses(self) -> tuple[tuple[EvidenceFile, tuple[SnapshotItem, ...]], ...]:
        return tuple(
            (row, tuple(item for item in self.snapshot.items if row.ref in item.evidence))
            for row in self.snapshot.evidence
        )

    @cached_property
    def excluded(self) -> tuple[tuple[MinistryName, tuple[AssessedRule, ...]], ...]:
        found: dict[str, list[AssessedRule]] = defaultdict(list)
        for row in self.snapshot.excluded:
            found[row.ministry].append(row)
        return tuple((self.snapshot.ministry(slug), tuple(rows)) for slug, rows in found.items())

    @cached_property
    def open_incentives(self) -> tuple[IncentiveOutcome, ...]:
        """Programmes that the site is or may be eligible for; those that are certain come first."""
        rows = [row for row in self.snapshot.incentives if row.outcome != "not_eligible"]
        return tuple(sorted(rows, key=lambda row: (row.outcome != "eligible", row.status != "in_force")))

    @cached_property
    def closed_incentives(self) -> tuple[IncentiveOutcome, ...]:
        return tuple(row for row in self.snapshot.incentives if row.outcome == "not_eligible")

    @cached_property
    def difference(self) -> RoundDifference:
        return frozen_difference(self.snapshot)

    @cached_property
    def checklist_changes(self) -> tuple[RoundChange, ...]:
        """Changes of items and obligations since the last round; those of facts stand apart."""
        return tuple(row for row in self.difference.changes if row.scope != "fact")

    @cached_property
    def fact_changes(self) -> tuple[RoundChange, ...]:
        return self.difference.of_kind("fact")

    @cached_property
    def specs(self) -> dict[str, FactSpec]:
        """The facts that the snapshot mentions, as the law's wording asks for them."""
        return {row.key: _spec(row) for row in self.snapshot.definitions}

    @cached_property
    def confidences(self) -> Counter[str]:
        return Counter(row.rule.confidence for row in self.snapshot.obligations)


def _obligations_under(topics: Iterable[TopicPages]) -> Iterator[SnapshotObligation]:
    return (row for topic in topics for page in topic.items for row in page.obligations)


def _is_not_kept(row: SnapshotObligation) -> bool:
    exceeds = row.measurement is not None and row.measurement.verdict == "exceeds"
    return exceeds or standing_of(row) in ("non_compliant", "partly")


def _spec(row: FactMeaning) -> FactSpec:
    return FactSpec(
        key=row.key,
        level=Level(row.level),
        type=FactType(row.type),
        unit=row.unit,
        label_ko=row.label_ko,
        label_en=row.label_en,
    )


def _abbreviated(ministry: MinistryName) -> str:
    """Short enough for the head of a narrow column."""
    english = in_language(ministry, "name") == ministry.name_en
    return ministry.slug.upper() if english else ministry.short_ko


@dataclass(frozen=True)
class TraceLine:
    """One clause of a trace: how deep it stands, whether it holds, and its words."""

    depth: int
    value: str
    ko: str
    en: str

    @property
    def text(self) -> str:
        return in_language(_Words(self.ko, self.en), "text")


@dataclass(frozen=True)
class _Words:
    text_ko: str
    text_en: str


def trace_lines(row: SnapshotObligation, *, at_most: int = 12) -> list[TraceLine]:
    """The clauses beneath the outcome, for conditions that have more than one; a long trace is cut."""
    trace = row.trace
    if not isinstance(trace, dict) or not trace.get("children"):
        return []
    lines = list(_walk(trace, 0))[1:]
    return lines[:at_most]


def _walk(node: object, depth: int) -> Iterator[TraceLine]:
    if not isinstance(node, dict):
        return
    yield TraceLine(depth, str(node.get("value")), str(node.get("ko", "")), str(node.get("en", "")))
    if depth < 3:
        for child in node.get("children") or []:
            yield from _walk(child, depth + 1)
