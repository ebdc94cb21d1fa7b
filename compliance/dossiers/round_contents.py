"""What a snapshot says of the round before: the list of changes, and what the ministries asked and decided.

The PDF is made from the snapshot alone, so that what was said about the last round is frozen into the next one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from compliance.dossiers.people_contents import Person, Subject


@dataclass(frozen=True)
class RoundChange:
    """One difference between two rounds; `before` and `after` hold slugs for statuses and outcomes, words for the rest.

    `about` is the key of an obligation, of an item, or `<level>:<pk>:<fact>`, as `scope` tells.
    """

    scope: str
    about: str
    kind: str
    ministries: tuple[str, ...]
    subject: Subject
    title_ko: str
    title_en: str
    before_ko: str
    before_en: str
    after_ko: str
    after_en: str


@dataclass(frozen=True)
class Turn:
    """One turn in the talk about a finding, with the titles of the documents that came with it."""

    written_at: datetime
    written_by: Person
    text: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class EarlierFinding:
    """What a ministry asked in the round before, about one obligation or (empty key) about its whole part."""

    obligation: str
    title_ko: str
    title_en: str
    kind: str
    state: str
    text: str
    documents: tuple[str, ...]
    due_on: date | None
    raised_at: datetime
    raised_by: Person
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class EarlierReview:
    """How one ministry ended its review of the round before; no decision when the next round came first."""

    ministry: str
    decision: str
    reason: str
    conditions: str
    decided_at: datetime | None
    findings: tuple[EarlierFinding, ...]


@dataclass(frozen=True)
class PreviousRound:
    """The round that the ministries saw last."""

    number: str
    round: int
    on: date
    snapshot_sha256: str
    changes: tuple[RoundChange, ...]
    reviews: tuple[EarlierReview, ...]
