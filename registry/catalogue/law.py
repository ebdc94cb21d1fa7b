"""The law as it is to be applied: facts, rule versions with citations, and incentives, wherever they come from.

From the database when a catalogue was loaded there; otherwise straight from the shipped files, so that a command that
only reads works before there is a database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.db import DatabaseError, connection

from registry.catalogue.checking import check_catalogue
from registry.catalogue.entries import Catalogue, Kind
from registry.catalogue.loading_rules import unsaved_citations, unsaved_version
from registry.catalogue.reading import SHIPPED, read_catalogue
from registry.catalogue.rule_entries import versions_in
from registry.catalogue.statutes import cited_statutes
from registry.catalogue.tables import TABLES, columns_for
from registry.catalogue.vocabulary import vocabulary_of
from registry.conditions import Vocabulary
from registry.incentives.models import Incentive
from registry.rules.assessment import current_vocabulary
from registry.rules.models import CatalogueRevision, Rule, RuleVersion
from registry.statutes.models import Ministry, Statute

Rows = dict[Kind, dict[str, Any]]


@dataclass(frozen=True)
class DatedRule:
    """A version of a rule, and its citations in words."""

    version: RuleVersion
    citations: tuple[str, ...]

    @property
    def slug(self) -> str:
        return self.version.rule.slug


@dataclass(frozen=True)
class Law:
    """Published versions of all rules in the order of rule and period, and all incentives."""

    source: str
    vocabulary: Vocabulary
    rules: tuple[DatedRule, ...]
    incentives: tuple[Incentive, ...]

    def rules_on(self, on: date) -> list[DatedRule]:
        """For every rule, the version in force on `on`; where there is none, the next to come or the last that was."""
        by_rule: dict[str, list[DatedRule]] = {}
        for rule in self.rules:
            by_rule.setdefault(rule.slug, []).append(rule)
        return [_chosen(versions, on) for versions in by_rule.values()]


def _chosen(versions: Sequence[DatedRule], on: date) -> DatedRule:
    in_force = [rule for rule in versions if rule.version.is_in_force(on)]
    to_come = [rule for rule in versions if rule.version.effective_from and rule.version.effective_from > on]
    return (in_force or to_come or versions[-1:])[0]


def current_law() -> Law:
    """The law of the database, or the shipped one where none is loaded."""
    return law_in_database() or shipped_law()


@cache
def shipped_law() -> Law:
    """Read once per process: the shipped files do not change under a running program."""
    return law_in_files(SHIPPED)


# --- From the database --------------------------------------------------------------------------------------------


def law_in_database() -> Law | None:
    """None when there is no database, no tables or no catalogue in it."""
    if not _database_exists():
        return None
    try:
        revision = CatalogueRevision.objects.first()
        if revision is None:
            return None
        return Law(f"revision {revision.number}", current_vocabulary(), _dated_rules(), tuple(Incentive.objects.all()))
    except DatabaseError:
        return None


def _database_exists() -> bool:
    """SQLite would create the file that is asked for; a command that only reads must not."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite has it
        return True
    return Path(str(connection.settings_dict["NAME"])).exists()


def _dated_rules() -> tuple[DatedRule, ...]:
    versions = (
        RuleVersion.objects.published()
        .select_related("rule__topic", "ministry")
        .prefetch_related("citations__statute")
        .order_by("rule__slug", "number")
    )
    return tuple(DatedRule(version, tuple(str(row) for row in version.citations.all())) for version in versions)


# --- From files ---------------------------------------------------------------------------------------------------


def law_in_files(folder: Path) -> Law:
    """Raises CatalogueError when the folder does not hold a sound catalogue."""
    catalogue = read_catalogue(folder)
    check_catalogue(catalogue)
    return law_of(catalogue, "shipped catalogue" if folder == SHIPPED else str(folder))


def law_of(catalogue: Catalogue, source: str) -> Law:
    """The law of a sound catalogue as rows that are in no database."""
    rows = _unsaved_rows(catalogue)
    statutes = {key: Statute(**vars(row)) for key, row in cited_statutes(catalogue)[0].items()}
    rules = tuple(rule for entry in catalogue.of(Kind.RULE) for rule in _rule(entry.data, rows, statutes))
    incentives = tuple(cast(Iterable[Incentive], rows[Kind.INCENTIVE].values()))
    return Law(source, vocabulary_of(catalogue), rules, incentives)


def _unsaved_rows(catalogue: Catalogue) -> Rows:
    rows: Rows = {}
    for kind, table in TABLES.items():
        rows[kind] = {
            entry.id: table.model(**{table.identity: entry.id}, **columns_for(table, entry.data, rows))
            for entry in catalogue.of(kind)
        }
    return rows


def _rule(entry: Mapping[str, Any], rows: Rows, statutes: Mapping[tuple[str, str], Statute]) -> Iterable[DatedRule]:
    rule = cast(Rule, rows[Kind.RULE][entry["id"]])
    ministries = cast(Mapping[str, Ministry], rows[Kind.MINISTRY])
    contents = versions_in(entry)
    ends = [content["effective_from"] for content in contents[1:]] + [entry.get("in_force_until")]
    for number, (content, until) in enumerate(zip(contents, ends, strict=True), start=1):
        version = unsaved_version(content, rule, number, ministries, until)
        version.status = RuleVersion.Status.CLOSED if until else RuleVersion.Status.PUBLISHED
        yield DatedRule(version, tuple(str(row) for row in unsaved_citations(content, statutes)))
