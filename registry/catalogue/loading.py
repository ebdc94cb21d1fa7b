"""Load a catalogue into the database: add what is new, end what ends, and never overwrite a published version."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from registry.audit.actions import record
from registry.catalogue.checking import check_catalogue
from registry.catalogue.database import Loaded, catalogue_in_database
from registry.catalogue.entries import Catalogue, CatalogueError, Kind
from registry.catalogue.loading_rules import RulePlan, plan_rules, write_rules
from registry.catalogue.loading_tables import (
    TablePlan,
    entry_hashes,
    plan_tables,
    put_in_order,
    write_statutes,
    write_tables,
)
from registry.people.models import User
from registry.rules.models import CatalogueRevision


@dataclass
class LoadReport:
    """What a load did, counted per kind; rule versions are counted beside rules."""

    added: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)  # edited in the database, not in the folder: the edit stands
    absent: Counter[str] = field(default_factory=Counter)  # in the database, not in the folder; left as they are
    revision: CatalogueRevision | None = None
    is_new_revision: bool = False

    @property
    def kinds(self) -> list[str]:
        return [*Kind, "rule_version"]

    def summary(self) -> dict[str, dict[str, int]]:
        names = ("added", "updated", "unchanged", "closed", "kept", "absent")
        return {name: dict(getattr(self, name)) for name in names}


@transaction.atomic
def load_catalogue(catalogue: Catalogue, *, by: User | None, at: datetime) -> LoadReport:
    """Bring the database to the catalogue; nothing is written when anything is wrong (CatalogueError)."""
    check_catalogue(catalogue)
    before = catalogue_in_database()
    latest = CatalogueRevision.objects.first()
    tables = plan_tables(catalogue, before, latest.entries if latest else {})
    rules = plan_rules(catalogue, before)
    if flaws := [*tables.flaws, *rules.flaws]:
        raise CatalogueError(flaws)
    rows = write_tables(tables, before, by=by, at=at)
    statutes = write_statutes(catalogue, before)
    write_rules(rules, rows, statutes, by=by, at=at)
    put_in_order(catalogue, rows)
    report = _report(tables, rules, before, catalogue)
    changed = report.added or report.updated or report.closed
    after = catalogue_in_database() if changed else before
    entries, summary = entry_hashes(catalogue), report.summary()
    report.revision = _revise(latest, after, entries=entries, summary=summary, by=by, at=at)
    report.is_new_revision = report.revision != latest
    return report


def note_revision(*, by: User | None, at: datetime) -> CatalogueRevision:
    """The revision that names the law data as it is now: a new one when it was changed since the latest."""
    latest = CatalogueRevision.objects.first()
    entries = latest.entries if latest else {}
    return _revise(latest, catalogue_in_database(), entries=entries, summary={}, by=by, at=at)


def _report(tables: TablePlan, rules: RulePlan, before: Loaded, catalogue: Catalogue) -> LoadReport:
    report = LoadReport()
    for kind in Kind:
        report.added[kind] = len(tables.added.get(kind, ()))
        report.updated[kind] = len(tables.changed.get(kind, ()))
        known = {entry.id for entry in catalogue.of(kind)}
        report.kept[kind] = len(tables.kept.get(kind, ()))
        report.unchanged[kind] = len(known) - report.added[kind] - report.updated[kind] - report.kept[kind]
        report.absent[kind] = sum(entry.id not in known for entry in before.catalogue.of(kind))
    report.added["rule_version"] = len(rules.added)
    report.closed["rule_version"] = len(rules.closed)
    report.unchanged["rule_version"] = rules.unchanged
    for counts in (report.added, report.updated, report.unchanged, report.closed, report.kept, report.absent):
        _drop_zeros(counts)
    return report


def _drop_zeros(counts: Counter[str]) -> None:
    for kind in [kind for kind, count in counts.items() if not count]:
        del counts[kind]


@transaction.atomic
def _revise(
    latest: CatalogueRevision | None,
    now: Loaded,
    *,
    entries: Mapping[str, str],
    summary: Mapping[str, object],
    by: User | None,
    at: datetime,
) -> CatalogueRevision:
    """A new revision when the law data or the files differ from those of the latest, whoever changed them."""
    digest = now.catalogue.digest
    if latest is not None and (latest.digest, latest.entries) == (digest, entries):
        return latest
    revision = CatalogueRevision.objects.create(
        number=latest.number + 1 if latest else 1,
        digest=digest,
        loaded_at=at,
        loaded_by=by,
        summary=summary,
        entries=entries,
    )
    record("catalogue.revised", by=by, target=revision, data={"digest": digest, **summary}, at=at)
    return revision
