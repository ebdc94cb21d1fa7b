"""What changed between two rounds, found from their two snapshots alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Protocol

from compliance.dossiers.contents import (
    EvidenceFile,
    Fact,
    GivenAnswer,
    MeasuredValue,
    Snapshot,
    SnapshotItem,
    SnapshotObligation,
    Subject,
)
from compliance.dossiers.round_contents import RoundChange

_ANSWER_WORDS = ("note", "justification", "responsible")


class Told(Protocol):
    """A function that writes down one change of one thing: `tell("status", "partly", "compliant")`."""

    def __call__(self, kind: str, before: "str | Pair", after: "str | Pair") -> RoundChange: ...


Pair = tuple[str, str]  # the same in Korean and English


@dataclass(frozen=True)
class ChangedThing:
    """Everything that changed about one obligation, item or fact."""

    scope: str
    about: str
    subject: Subject
    title_ko: str
    title_en: str
    changes: tuple[RoundChange, ...]

    @property
    def anchor(self) -> str:
        """The anchor of the obligation; see `SnapshotObligation.anchor`."""
        return "o-" + self.about.replace(":", "-")


@dataclass(frozen=True)
class RoundDifference:
    """All changes between two rounds, in the order of the checklist, facts last."""

    changes: tuple[RoundChange, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def of_ministry(self, slug: str) -> "RoundDifference":
        """What matters to one ministry: its obligations, the items above them, and every fact."""
        return RoundDifference(tuple(row for row in self.changes if row.scope == "fact" or slug in row.ministries))

    def of_kind(self, *kinds: str) -> tuple[RoundChange, ...]:
        return tuple(row for row in self.changes if row.kind in kinds)

    @cached_property
    def things(self) -> tuple[ChangedThing, ...]:
        """The changes gathered under what they are about."""
        grouped = groupby(self.changes, key=lambda row: (row.scope, row.about))
        return tuple(_thing(tuple(rows)) for _key, rows in grouped)

    @property
    def appeared(self) -> tuple[ChangedThing, ...]:
        return self._things_with("appeared")

    @property
    def ended(self) -> tuple[ChangedThing, ...]:
        return self._things_with("ended")

    @property
    def changed(self) -> tuple[ChangedThing, ...]:
        """Items and obligations that both rounds have, and that are not what they were."""
        both = {"appeared", "ended"}
        return tuple(row for row in self.things if row.scope != "fact" and row.changes[0].kind not in both)

    @property
    def facts(self) -> tuple[ChangedThing, ...]:
        return tuple(row for row in self.things if row.scope == "fact")

    def _things_with(self, kind: str) -> tuple[ChangedThing, ...]:
        return tuple(row for row in self.things if row.changes[0].kind == kind)


def difference(old: Snapshot, new: Snapshot) -> RoundDifference:
    """What the round `new` has that `old` had not, lost, or says otherwise."""
    changes = [
        *_of_items(old, new),
        *_of_obligations(old, new),
        *_of_facts(old, new),
    ]
    return RoundDifference(tuple(changes))


def _of_items(old: Snapshot, new: Snapshot) -> Iterator[RoundChange]:
    """What was said and shown once for a whole item. A new item speaks through its new obligations."""
    before = {row.key: row for row in old.items}
    files, old_files = _files(new), _files(old)
    for item in new.items:
        if item.key not in before:
            continue
        earlier, tell = before[item.key], _about_item(item, new)
        yield from _answer_changes(earlier.answer, item.answer, tell)
        yield from _evidence_changes(earlier, item, old_files, files, tell)


def _of_obligations(old: Snapshot, new: Snapshot) -> Iterator[RoundChange]:
    before, after = ({row.key: row for row in snapshot.obligations} for snapshot in (old, new))
    said_above = {item.key: item for item in new.items}
    said_above_before = {item.key: item for item in old.items}
    for key, row in after.items():
        tell = _about_obligation(row)
        if key not in before:
            yield tell("appeared", "", row.outcome)
            continue
        yield from _law_changes(before[key], row, tell)
        above = said_above_before[before[key].item].answer, said_above[row.item].answer
        if (before[key].answer, row.answer) != above:  # answered apart from its item, now or then
            yield from _answer_changes(before[key].answer, row.answer, tell)
        yield from _measure_changes(before[key].measurement, row.measurement, tell)
        yield from _done_changes(before[key], row, tell)
    for key, row in before.items():
        if key not in after:
            yield _about_obligation(row)("ended", row.outcome, "")


def _law_changes(old: SnapshotObligation, new: SnapshotObligation, tell: Told) -> Iterator[RoundChange]:
    if old.rule.number != new.rule.number:
        yield tell("version", str(old.rule.number), str(new.rule.number))
    if old.outcome != new.outcome:
        yield tell("outcome", old.outcome, new.outcome)
    if new.needs_reconfirm and not old.needs_reconfirm:
        yield tell("reconfirm", "", "")


def _answer_changes(old: GivenAnswer | None, new: GivenAnswer | None, tell: Told) -> Iterator[RoundChange]:
    before, after = old.status if old else "", new.status if new else ""
    if before != after:
        yield tell("status", before or "unanswered", after or "unanswered")
    for name in _ANSWER_WORDS:
        words = str(getattr(old, name, "")), str(getattr(new, name, ""))
        if words[0] != words[1]:
            yield tell(name, *words)
    dates = old.target_date if old else None, new.target_date if new else None
    if dates[0] != dates[1]:
        yield tell("target_date", *(day.isoformat() if day else "" for day in dates))


def _measure_changes(old: MeasuredValue | None, new: MeasuredValue | None, tell: Told) -> Iterator[RoundChange]:
    if _measured(old) != _measured(new):
        yield tell("measured", _measured(old), _measured(new))


def _measured(row: MeasuredValue | None) -> str:
    return f"{row.name} {row.value:g} {row.unit}".strip() if row and row.value is not None else ""


def _done_changes(old: SnapshotObligation, new: SnapshotObligation, tell: Told) -> Iterator[RoundChange]:
    """Due dates that were met since."""
    done = {row.due_on for row in old.occurrences if row.done_on}
    for row in new.occurrences:
        if row.done_on and row.due_on not in done:
            yield tell("done", row.due_on.isoformat(), row.done_on.isoformat())


def _evidence_changes(
    old: SnapshotItem,
    new: SnapshotItem,
    old_files: Mapping[str, EvidenceFile],
    new_files: Mapping[str, EvidenceFile],
    tell: Told,
) -> Iterator[RoundChange]:
    """By content, because names inside a snapshot (E-001) may differ from round to round."""
    before = {old_files[ref].sha256: old_files[ref].title for ref in old.evidence}
    after = {new_files[ref].sha256: new_files[ref].title for ref in new.evidence}
    for sha256, title in after.items():
        if sha256 not in before:
            yield tell("evidence_added", "", title)
    for sha256, title in before.items():
        if sha256 not in after:
            yield tell("evidence_removed", title, "")


def _of_facts(old: Snapshot, new: Snapshot) -> Iterator[RoundChange]:
    before, after = _facts(old), _facts(new)
    for place in [*after, *(place for place in before if place not in after)]:
        then, now = before.get(place), after.get(place)
        if then is None or now is None or then.value != now.value:
            yield _about_fact(old if now is None else new, now or then)("fact", _shown(then), _shown(now))


def _facts(snapshot: Snapshot) -> dict[str, Fact]:
    return {f"{row.subject.key}:{row.key}": row for row in snapshot.facts}


def _shown(fact: Fact | None) -> Pair:
    return (fact.display_ko, fact.display_en) if fact else ("", "")


def _files(snapshot: Snapshot) -> dict[str, EvidenceFile]:
    return {row.ref: row for row in snapshot.evidence}


def _about_obligation(row: SnapshotObligation) -> Told:
    titles = row.rule.title_ko, row.rule.title_en
    return _teller("obligation", row.key, (row.ministry,), row.subject, titles)


def _about_item(item: SnapshotItem, snapshot: Snapshot) -> Told:
    topic = snapshot.topic(item.topic)
    ministries = sorted({snapshot.obligation(key).ministry for key in item.obligations})
    return _teller("item", item.key, tuple(ministries), item.subject, (topic.name_ko, topic.name_en))


def _about_fact(snapshot: Snapshot, fact: Fact | None) -> Told:
    assert fact is not None  # one of the two rounds has it
    meaning = snapshot.definition(fact.key)
    titles = meaning.label_ko, meaning.label_en
    return _teller("fact", f"{fact.subject.key}:{fact.key}", (), fact.subject, titles)


def _teller(scope: str, about: str, ministries: tuple[str, ...], subject: Subject, titles: Pair) -> Told:
    def tell(kind: str, before: str | Pair, after: str | Pair) -> RoundChange:
        return RoundChange(scope, about, kind, ministries, subject, *titles, *_both(before), *_both(after))

    return tell


def _both(words: str | Pair) -> Pair:
    return (words, words) if isinstance(words, str) else words


def _thing(changes: tuple[RoundChange, ...]) -> ChangedThing:
    first = changes[0]
    return ChangedThing(first.scope, first.about, first.subject, first.title_ko, first.title_en, changes)
