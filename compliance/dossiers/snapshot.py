"""Taking and reading snapshots: canonical JSON that says everything a dossier shows. See docs/snapshot.md."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from compliance.dossiers.assessed_contents import assessed_rules
from compliance.dossiers.canonical import NotReadable, canonical_json, read_as
from compliance.dossiers.checklist_contents import ChecklistContents, checklist_contents
from compliance.dossiers.contents import (
    AssessedRule,
    Catalogue,
    Fact,
    IncentiveOutcome,
    Snapshot,
)
from compliance.dossiers.fact_contents import known_facts, meanings, subject_of
from compliance.dossiers.incentive_contents import incentive_outcomes
from compliance.dossiers.law_contents import groups_and_topics, ministry_names
from compliance.dossiers.rounds import round_seen_before, with_previous
from registry.facilities.facts import facts_on
from registry.models import CatalogueRevision, Facility
from registry.rules.assessment import current_vocabulary

FORMAT, VERSION = "ilwon-dossier-snapshot", 1

__all__ = ["FORMAT", "VERSION", "NotReadable", "load", "sha256_of", "take_snapshot"]


def take_snapshot(facility: Facility, *, on: date, number: str, round: int) -> str:
    """Canonical JSON of the facility's checklist as reconciled on `on`; same database state, same bytes.

    It also tells what changed since the round that the ministries saw last, and what they said about that one.
    """
    contents = snapshot_of(facility, on=on, number=number, round=round)
    before = round_seen_before(facility, round)
    return canonical_json(with_previous(contents, before, load(before.snapshot)) if before else contents)


def load(text: str) -> Snapshot:
    """The snapshot that `take_snapshot` wrote; raises NotReadable for anything else."""
    return _load(text)


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=16)
def _load(text: str) -> Snapshot:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise NotReadable(f"not JSON: {error}") from None
    if not isinstance(data, dict) or (data.get("format"), data.get("version")) != (FORMAT, VERSION):
        raise NotReadable(f"not a {FORMAT} of version {VERSION}")
    return read_as(Snapshot, data)


def snapshot_of(facility: Facility, *, on: date, number: str, round: int) -> Snapshot:
    """The contents of a snapshot, before they become text."""
    checklist = checklist_contents(facility)
    facts = known_facts(facility, on)
    site, vocabulary = facts_on(facility, on), current_vocabulary()
    assessed = assessed_rules(site, vocabulary, on, {row.key for row in checklist.obligations})
    incentives = incentive_outcomes(site, vocabulary, on)
    groups, topics = groups_and_topics(checklist.topics)
    return Snapshot(
        format=FORMAT,
        version=VERSION,
        number=number,
        round=round,
        on=on,
        operator=subject_of(facility.operator),
        facility=subject_of(facility),
        facility_slug=facility.slug,
        is_illustrative=facility.is_illustrative,
        buildings=tuple(subject_of(row) for row in facility.buildings.order_by("order", "pk")),
        catalogue=_catalogue(),
        ministries=ministry_names(_ministries(checklist, assessed, incentives)),
        groups=groups,
        topics=topics,
        definitions=meanings(_fact_keys(checklist, facts, assessed, incentives)),
        facts=facts,
        items=checklist.items,
        obligations=checklist.obligations,
        evidence=checklist.evidence,
        incentives=incentives,
        excluded=tuple(row for row in assessed if row.outcome == "does_not_apply"),
        unplaced=tuple(row for row in assessed if row.outcome != "does_not_apply"),
    )


def _catalogue() -> Catalogue | None:
    newest = CatalogueRevision.objects.order_by("-number").first()
    return Catalogue(newest.number, newest.digest) if newest else None


def _ministries(
    checklist: ChecklistContents, assessed: Iterable[AssessedRule], incentives: Iterable[IncentiveOutcome]
) -> Iterator[str]:
    yield from (row.ministry for row in checklist.obligations)
    yield from (row.ministry for row in assessed)
    yield from (row.ministry for row in incentives)


def _fact_keys(
    checklist: ChecklistContents,
    facts: Iterable[Fact],
    assessed: Iterable[AssessedRule],
    incentives: Iterable[IncentiveOutcome],
) -> Iterator[str]:
    yield from (row.key for row in facts)
    for cycle in (row.rule.recurrence for row in checklist.obligations):
        if isinstance(cycle, dict):
            yield str(cycle.get("anchor") or "")
    for rows in (checklist.obligations, assessed, incentives):
        for row in rows:
            yield from row.missing
