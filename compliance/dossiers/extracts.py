"""부처별 발췌본: the part of a snapshot that one ministry needs, cut from the whole and nothing added."""

import re
from collections.abc import Iterator
from dataclasses import replace

from compliance.dossiers.contents import JsonValue, RuleText, Snapshot, SnapshotItem
from compliance.dossiers.round_contents import PreviousRound

_WORD = re.compile(r"[a-z][a-z0-9_]*")


def extract_of(whole: Snapshot, ministry: str) -> Snapshot:
    """The ministry's obligations with their items, evidence, facts and deadlines; other ministries' parts are gone."""
    obligations = whole.obligations_of(ministry)
    keys = {row.key for row in obligations}
    items = tuple(_narrowed(row, keys) for row in whole.items if keys.intersection(row.obligations))
    excluded = tuple(row for row in whole.excluded if row.ministry == ministry)
    topics = tuple(row for row in whole.topics if row.slug in {item.topic for item in items})
    used = {ref for item in items for ref in item.evidence}
    used |= {due.evidence for row in obligations for due in row.occurrences if due.evidence}
    words = {word for row in obligations for text in _where_facts_are_named(row.rule) for word in _WORD.findall(text)}
    words |= {key for rows in (obligations, excluded) for row in rows for key in row.missing}
    incentives = tuple(row for row in whole.incentives if row.ministry == ministry)
    unplaced = tuple(row for row in whole.unplaced if row.ministry == ministry)
    words |= {key for rows in (incentives, unplaced) for row in rows for key in row.missing}
    return replace(
        whole,
        ministries=tuple(row for row in whole.ministries if row.slug == ministry),
        groups=tuple(row for row in whole.groups if row.slug in {topic.group for topic in topics}),
        topics=topics,
        definitions=tuple(row for row in whole.definitions if row.key in words),
        facts=tuple(row for row in whole.facts if row.key in words),
        items=items,
        obligations=obligations,
        evidence=tuple(row for row in whole.evidence if row.ref in used),
        incentives=incentives,
        excluded=excluded,
        unplaced=unplaced,
        previous=_narrowed_round(whole.previous, ministry) if whole.previous else None,
    )


def _narrowed(item: SnapshotItem, keys: set[str]) -> SnapshotItem:
    return replace(item, obligations=tuple(key for key in item.obligations if key in keys))


def _narrowed_round(before: PreviousRound, ministry: str) -> PreviousRound:
    return replace(
        before,
        changes=tuple(row for row in before.changes if ministry in row.ministries),
        reviews=tuple(row for row in before.reviews if row.ministry == ministry),
    )


def _where_facts_are_named(rule: RuleText) -> Iterator[str]:
    """The condition, and the limits and cycles that may be formulas."""
    yield rule.condition
    for part in (rule.thresholds, rule.measure, rule.recurrence, rule.deadline):
        yield from _texts(part)


def _texts(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for row in value.values() if isinstance(value, dict) else value:
            yield from _texts(row)
