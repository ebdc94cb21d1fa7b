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
from registry.catalogue.loading_tables import TablePlan, plan_tables, put_in_order, write_statutes, write_tables
from registry.people.models import User
from registry.rules.models import CatalogueRevision


@dataclass
class LoadReport:
    """What a load did, counted per kind; rule versions are counted beside rules."""

    added: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    absent: Counter[str] = field(default_factory=Counter)  # in the database, not in the folder; left as they are
    revision: CatalogueRevision | None = None
    is_new_revision: bool = False

    @property
    def kinds(self) -> list[str]:
        return [*Kind, "rule_version"]

    def summary(self) -> dict[str, dict[str, int]]:
        names = ("added", "updated", "unchanged", "closed", "absent")
        return {name: dict(getattr(self, name)) for name in names}


@transaction.atomic
def load_catalogue(catalogue: Catalogue, *, by: User | None, at: datetime) -> LoadReport:
    """Bring the database to the catalogue; nothing is written when anything is wrong (CatalogueError)."""
    check_catalogue(catalogue)
    before = catalogue_in_database()
    tables, rules = plan_tables(catalogue, before), plan_rules(catalogue, before)
    if flaws := [*tables.flaws, *rules.flaws]:
        raise CatalogueError(flaws)
    rows = write_tables(tables, before, by=by, at=at)
    statutes = write_statutes(catalogue, before)
    write_rules(rules, rows, statutes, by=by, at=at)
    put_in_order(catalogue, rows)
    report = _report(tables, rules, before, catalogue)
    changed = report.added or report.updated or report.closed
    _revise(report, catalogue_in_database() if changed else before, by=by, at=at)
    return report


def _report(tables: TablePlan, rules: RulePlan, before: Loaded, catalogue: Catalogue) -> LoadReport:
    report = LoadReport()
    for kind in Kind:
        report.added[kind] = len(tables.added.get(kind, ()))
        report.updated[kind] = len(tables.changed.get(kind, ()))
        known = {entry.id for entry in catalogue.of(kind)}
        report.unchanged[kind] = len(known) - report.added[kind] - report.updated[kind]
        report.absent[kind] = sum(entry.id not in known for entry in before.catalogue.of(kind))
    report.added["rule_version"] = len(rules.added)
    report.closed["rule_version"] = len(rules.closed)
    report.unchanged["rule_version"] = rules.unchanged
    for counts in (report.added, report.updated, report.unchanged, report.closed, report.absent):
        _drop_zeros(counts)
    return report


def _drop_zeros(counts: Counter[str]) -> None:
    for kind in [kind for kind, count in counts.items() if not count]:
        del counts[kind]


def _revise(report: LoadReport, after: Loaded, *, by: User | None, at: datetime) -> None:
    """A new revision when the law data differs from that of the latest one, whoever changed it."""
    digest = after.catalogue.digest
    latest = CatalogueRevision.objects.first()
    if latest is not None and latest.digest == digest:
        report.revision = latest
        return
    summary: Mapping[str, object] = report.summary()
    report.revision = CatalogueRevision.objects.create(
        number=latest.number + 1 if latest else 1, digest=digest, loaded_at=at, loaded_by=by, summary=summary
    )
    report.is_new_revision = True
    record("catalogue.loaded", by=by, target=report.revision, data={"digest": digest, **summary}, at=at)
