"""What a snapshot says, as frozen values. docs/snapshot.md explains the fields; schema/snapshot-1.json checks them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import PurePath

from compliance.dossiers.people_contents import Person as Person
from compliance.dossiers.people_contents import Subject as Subject
from compliance.dossiers.round_contents import PreviousRound

JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None


def obligation_key(level: str, subject_pk: int, rule: str) -> str:
    """The name of one obligation in snapshots, findings and exports: `building:12:fire-sprinkler-all-floors`."""
    return f"{level}:{subject_pk}:{rule}"


@dataclass(frozen=True)
class Catalogue:
    """The state of the law data: number and digest of the catalogue's newest revision."""

    revision: int
    digest: str


@dataclass(frozen=True)
class MinistryName:
    slug: str
    name_ko: str
    name_en: str
    short_ko: str


@dataclass(frozen=True)
class Group:
    slug: str
    name_ko: str
    name_en: str


@dataclass(frozen=True)
class TopicName:
    slug: str
    group: str
    name_ko: str
    name_en: str
    question_ko: str
    question_en: str


@dataclass(frozen=True)
class FactMeaning:
    """The definition of a fact that the snapshot mentions."""

    key: str
    level: str
    type: str
    unit: str
    label_ko: str
    label_en: str
    group_ko: str
    group_en: str


@dataclass(frozen=True)
class Fact:
    """One fact as it held on the date of the snapshot, and where it comes from."""

    subject: Subject
    key: str
    value: bool | int | float | str
    display_ko: str
    display_en: str
    valid_from: date
    recorded_at: datetime
    recorded_by: Person | None
    source_note: str


@dataclass(frozen=True)
class CitedProvision:
    """One provision that a rule rests on; `text` is the citation as it is printed."""

    statute: str
    kind: str
    law_id: str
    article: str
    paragraph: str
    item: str
    annex: str
    text: str


@dataclass(frozen=True)
class RuleText:
    """One rule version in full, as it binds on the date of the snapshot."""

    slug: str
    number: int
    domain: str
    ministry: str
    level: str
    title_ko: str
    title_en: str
    binding: str
    obligation_kind: str
    stages: tuple[str, ...]
    condition: str
    applies_note_ko: str
    requirement_ko: str
    requirement_en: str
    citations: tuple[CitedProvision, ...]
    thresholds: JsonValue
    measure: JsonValue
    recurrence: JsonValue
    deadline: JsonValue
    evidence_ko: tuple[str, ...]
    authority_ko: str
    penalty: JsonValue
    confidence: str
    condition_confidence: str
    upcoming: JsonValue
    source_note: str
    note_ko: str
    effective_from: date | None
    effective_until: date | None
    content_hash: str


@dataclass(frozen=True)
class GivenAnswer:
    """An answer; `given_for` tells whether it was given for the whole item or for the one obligation."""

    given_for: str
    status: str
    note: str
    justification: str
    measured: JsonValue
    responsible: str
    target_date: date | None
    is_reconfirmation: bool
    answered_at: datetime
    answered_by: Person | None
    versions: JsonValue


@dataclass(frozen=True)
class MeasuredValue:
    """The judgement of a measured value against the limit of one obligation; `verdict` is meets, exceeds or unknown."""

    name: str
    value: int | float | None
    unit: str
    limit: str
    verdict: str


@dataclass(frozen=True)
class Due:
    """One due date of a recurring obligation."""

    due_on: date
    done_on: date | None
    note: str
    evidence: str | None

    def is_overdue(self, on: date) -> bool:
        return self.done_on is None and self.due_on < on


@dataclass(frozen=True)
class SnapshotObligation:
    """One rule for one subject: what it says, why it binds, what was answered."""

    key: str
    subject: Subject
    item: str
    rule: RuleText
    outcome: str
    because_ko: str
    because_en: str
    trace: JsonValue
    missing: tuple[str, ...]
    began_on: date
    answer: GivenAnswer | None
    answered_version: int | None
    needs_reconfirm: bool
    measurement: MeasuredValue | None
    next_due_on: date | None
    occurrences: tuple[Due, ...]

    @property
    def ministry(self) -> str:
        return self.rule.ministry

    @property
    def status(self) -> str:
        """The effective answer's status; empty without an answer."""
        return self.answer.status if self.answer else ""

    @property
    def is_undetermined(self) -> bool:
        return self.outcome == "undetermined"

    @property
    def anchor(self) -> str:
        """A name that is valid as an id in HTML and PDF."""
        return "o-" + self.key.replace(":", "-")


@dataclass(frozen=True)
class SnapshotItem:
    """One topic for one subject, answered once, with the keys of the obligations beneath and the evidence used."""

    key: str
    topic: str
    subject: Subject
    status: str
    answer: GivenAnswer | None
    responsible: str
    target_date: date | None
    needs_reconfirm: bool
    next_due_on: date | None
    obligations: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceFile:
    """A document that proves something; `ref` is its name inside this snapshot."""

    ref: str
    pk: int
    title: str
    original_name: str
    content_type: str
    size: int
    sha256: str
    valid_from: date | None
    valid_until: date | None
    note: str
    uploaded_at: datetime
    uploaded_by: Person | None
    withdrawn: bool

    @property
    def attachment_name(self) -> str:
        """Its name inside the PDF: `E-001.pdf`. Plain letters, because old readers show no others."""
        suffix = PurePath(self.original_name).suffix.lower()
        return self.ref + (suffix if suffix.isascii() else "")

    def is_valid_on(self, on: date) -> bool:
        """Whether it proves anything on `on`; both ends of its period count."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on <= self.valid_until) and not self.withdrawn


@dataclass(frozen=True)
class IncentiveOutcome:
    """What was found about one incentive programme; amounts in won, None when they cannot be known."""

    slug: str
    title_ko: str
    title_en: str
    ministry: str
    kind: str
    benefit_ko: str
    benefit_en: str
    legal_basis: JsonValue
    status: str
    outcome: str
    because_ko: str
    because_en: str
    missing: tuple[str, ...]
    estimate_krw: int | None
    net_krw: int | None
    in_force_from: date | None
    expires_on: date | None
    confidence: str


@dataclass(frozen=True)
class AssessedRule:
    """A rule that was looked at without becoming an obligation of the checklist, and why."""

    rule: str
    title_ko: str
    title_en: str
    ministry: str
    subject: Subject
    outcome: str
    because_ko: str
    because_en: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """Everything that a dossier shows, frozen on one day. `unplaced` must be empty for a complete checklist."""

    format: str
    version: int
    number: str
    round: int
    on: date
    operator: Subject
    facility: Subject
    facility_slug: str
    is_illustrative: bool
    buildings: tuple[Subject, ...]
    catalogue: Catalogue | None
    ministries: tuple[MinistryName, ...]
    groups: tuple[Group, ...]
    topics: tuple[TopicName, ...]
    definitions: tuple[FactMeaning, ...]
    facts: tuple[Fact, ...]
    items: tuple[SnapshotItem, ...]
    obligations: tuple[SnapshotObligation, ...]
    evidence: tuple[EvidenceFile, ...]
    incentives: tuple[IncentiveOutcome, ...]
    excluded: tuple[AssessedRule, ...]
    unplaced: tuple[AssessedRule, ...]
    previous: PreviousRound | None = None

    @cached_property
    def _by_key(self) -> dict[str, SnapshotObligation]:
        return {row.key: row for row in self.obligations}

    def obligation(self, key: str) -> SnapshotObligation:
        """The obligation of that name; raises KeyError when the snapshot has none."""
        return self._by_key[key]

    def obligations_of(self, ministry: str) -> tuple[SnapshotObligation, ...]:
        """The obligations that one ministry (its slug) is in charge of, in the order of the checklist."""
        return tuple(row for row in self.obligations if row.ministry == ministry)

    @property
    def concerned_ministries(self) -> tuple[MinistryName, ...]:
        """Ministries with at least one obligation that applies or is undetermined."""
        slugs = {row.ministry for row in self.obligations}
        return tuple(row for row in self.ministries if row.slug in slugs)

    def ministry(self, slug: str) -> MinistryName:
        return self._ministries[slug]

    @cached_property
    def _ministries(self) -> dict[str, MinistryName]:
        return {row.slug: row for row in self.ministries}

    def topic(self, slug: str) -> TopicName:
        return self._topics[slug]

    @cached_property
    def _topics(self) -> dict[str, TopicName]:
        return {row.slug: row for row in self.topics}

    def definition(self, key: str) -> FactMeaning:
        return self._definitions[key]

    @cached_property
    def _definitions(self) -> dict[str, FactMeaning]:
        return {row.key: row for row in self.definitions}
