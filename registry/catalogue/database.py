"""The catalogue as the database holds it, in the same form as the files: to compare, to export and to fingerprint."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models

from registry.catalogue.entries import Catalogue, Entry, Kind
from registry.catalogue.legislation import legislation_data
from registry.catalogue.rule_entries import rule_from
from registry.catalogue.tables import TABLES, Rows, Table, data_from
from registry.incentives.models import Legislation
from registry.rules.content import Content, content_of, without_empty
from registry.rules.models import Citation, Rule, RuleVersion
from registry.statutes.models import Statute


@dataclass(frozen=True)
class PublishedVersion:
    """A published version with its full content (citations with the numbers and files of their statutes)."""

    row: RuleVersion
    content: Content


@dataclass(frozen=True)
class Loaded:
    """The catalogue of the database, and the rows behind its entries."""

    catalogue: Catalogue
    rows: Rows
    versions: Mapping[str, tuple[PublishedVersion, ...]]
    numbers: Mapping[str, int]  # the highest version number of each rule, drafts included
    statutes: Mapping[tuple[str, str], Statute]


def catalogue_in_database() -> Loaded:
    """Everything that is published, in about 15 queries. Drafts are not part of the catalogue."""
    rows = {kind: _rows(table) for kind, table in TABLES.items()}
    versions, numbers = _versions()
    entries: dict[Kind, tuple[Entry, ...]] = {
        kind: tuple(Entry(kind, name, data_from(TABLES[kind], row)) for name, row in rows[kind].items())
        for kind in TABLES
        if kind is not Kind.RULE
    }
    entries[Kind.RULE] = tuple(_rule_entry(rows[Kind.RULE][slug], versions[slug]) for slug in sorted(versions))
    acts = Legislation.objects.select_related("ministry").prefetch_related("events").order_by("slug")
    entries[Kind.LEGISLATION] = tuple(Entry(Kind.LEGISLATION, act.slug, legislation_data(act)) for act in acts)
    statutes = {(row.title_ko, row.kind): row for row in Statute.objects.all()}
    return Loaded(Catalogue(entries), rows, versions, numbers, statutes)


def _rows(table: Table) -> dict[str, models.Model]:
    foreign = [name for name, _ in table.references.values()]
    many = [name for name, _ in table.lists.values()]
    order = ["order", table.identity] if hasattr(table.model, "order") else [table.identity]
    rows = table.model._default_manager.select_related(*foreign).prefetch_related(*many).order_by(*order)
    return {getattr(row, table.identity): row for row in rows}


def _versions() -> tuple[dict[str, tuple[PublishedVersion, ...]], dict[str, int]]:
    by_rule: dict[str, list[PublishedVersion]] = defaultdict(list)
    numbers: dict[str, int] = defaultdict(int)
    citations = _citations()
    for row in RuleVersion.objects.select_related("rule", "ministry").order_by("rule__slug", "number"):
        numbers[row.rule.slug] = row.number
        if row.status != RuleVersion.Status.DRAFT:
            by_rule[row.rule.slug].append(PublishedVersion(row, full_content(row, citations[row.pk])))
    return {slug: tuple(sorted(found, key=_begins)) for slug, found in by_rule.items()}, dict(numbers)


def _begins(version: PublishedVersion) -> str:
    return str(version.content.get("effective_from", ""))


def _citations() -> dict[int, list[Citation]]:
    found: dict[int, list[Citation]] = defaultdict(list)
    for citation in Citation.objects.select_related("statute").order_by("order"):
        found[citation.version_id].append(citation)
    return found


def full_content(version: RuleVersion, citations: Iterable[Citation]) -> Content:
    """The content with the number and the file of every cited statute, as the files write it."""
    citations = list(citations)
    content = content_of(version, citations)
    for row, citation in zip(content.get("basis", []), citations, strict=False):
        row.update(without_empty({"law_id": citation.statute.law_id, "file": citation.statute.file}))
    return content


def _rule_entry(rule: models.Model, versions: tuple[PublishedVersion, ...]) -> Entry:
    assert isinstance(rule, Rule)
    until: date | None = versions[-1].row.effective_until
    contents = [version.content for version in versions]
    data = rule_from(data_from(TABLES[Kind.RULE], rule), contents, until.isoformat() if until else None)
    return Entry(Kind.RULE, rule.slug, data)
