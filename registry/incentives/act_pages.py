"""The making of an act as a page: events, clocks, the table of bills, and what no decree has fixed yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.conditions import Vocabulary
from registry.conditions.wording import label
from registry.incentives.models import Legislation, LegislativeEvent
from registry.incentives.wording import BUNDLES, FEATURE_MARKS, STAGES, window_words
from registry.language import active_language
from registry.rules.wording import period_words

KEY_STAGES = {"committee_passed", "plenary_passed", "promulgated", "in_force"}


@dataclass(frozen=True)
class EventLine:
    """One event of the timeline."""

    event: LegislativeEvent
    on: date

    @property
    def when(self) -> str:
        return window_words(self.event.date, self.event.date_window)

    @property
    def stage(self) -> str:
        return str(STAGES.get(self.event.stage, self.event.stage))

    @property
    def is_uncertain(self) -> bool:
        return self.event.date is None

    @property
    def is_future(self) -> bool:
        return self.event.date is not None and self.event.date > self.on

    @property
    def is_key(self) -> bool:
        return self.event.stage in KEY_STAGES


@dataclass(frozen=True)
class ClockLine:
    """One bundle of the one-stop procedure; `share` is its length against the longest, in percent."""

    name: str
    item: str
    period: str
    share: int


@dataclass(frozen=True)
class FeatureLine:
    """One feature and its mark in each bill: slug, word and explanation."""

    name: str
    marks: Sequence[tuple[str, str, str]]
    note: str
    articles: str


@dataclass(frozen=True)
class DelegatedLine:
    """What a decree has to fix, and the facts that stay unknown until it does."""

    article: str
    parameter: str
    status: str
    facts: Sequence[str]


@dataclass(frozen=True)
class ActPage:
    """All that is known of the making of the act."""

    act: Legislation
    events: Sequence[EventLine]
    clocks: Sequence[ClockLine]
    features: Sequence[FeatureLine]
    delegated: Sequence[DelegatedLine]

    @property
    def data(self) -> Mapping[str, Any]:
        data: Mapping[str, Any] = self.act.data
        return data

    @property
    def marks(self) -> list[tuple[str, str, str]]:
        """The legend of the table."""
        return [_mark(slug) for slug in FEATURE_MARKS]

    @property
    def extension(self) -> str:
        return period_words(str(self.data.get("one_stop", {}).get("extension_once_max", "")))


def act_page(act: Legislation, vocabulary: Vocabulary, on: date) -> ActPage:
    """The page of the act on a day (1 query)."""
    events = [EventLine(event, on) for event in act.events.all()]
    clocks = _clocks(act.data.get("one_stop", {}))
    return ActPage(act, events, clocks, _features(act.data), _delegated(act.data, vocabulary))


def _delegated(data: Mapping[str, Any], vocabulary: Vocabulary) -> list[DelegatedLine]:
    language = active_language()
    return [
        DelegatedLine(
            row["article"],
            row[f"parameter_{language}"],
            row["status"],
            [label(vocabulary[key], language) for key in row.get("affects_facts", []) if key in vocabulary],
        )
        for row in data.get("delegated", [])
    ]


def _clocks(one_stop: Mapping[str, Any]) -> list[ClockLine]:
    bundles = one_stop.get("bundles", [])
    days = [_days(row["period"]) for row in bundles]
    longest = max(days, default=1) or 1
    names = [str(BUNDLES.get(row["slug"], row["name_ko"])) for row in bundles]
    return [
        ClockLine(name, row["item"], period_words(row["period"]), 100 * length // longest)
        for name, row, length in zip(names, bundles, days, strict=True)
    ]


def _days(period: str) -> int:
    return int(period.removeprefix("P").removesuffix("D"))


def _features(data: Mapping[str, Any]) -> list[FeatureLine]:
    bills = [row["slug"] for row in data.get("bills", [])]
    name = f"name_{active_language()}"
    return [
        FeatureLine(
            row[name],
            [_mark(row["in"].get(bill, "not_seen")) for bill in bills],
            row.get("act_note_ko", ""),
            ", ".join(row.get("articles", [])),
        )
        for row in data.get("features", [])
    ]


def _mark(slug: str) -> tuple[str, str, str]:
    word, explanation = FEATURE_MARKS[slug]
    return slug, str(word), str(explanation)
