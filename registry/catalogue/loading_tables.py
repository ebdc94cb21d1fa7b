"""Every table but that of rule versions: rows are added, or updated in place with an audit event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.db import models

from registry.audit.actions import record
from registry.catalogue.database import Loaded
from registry.catalogue.entries import Catalogue, Entry, Flaw, Kind, flaw_in, same
from registry.catalogue.legislation import normal_legislation, write_legislation
from registry.catalogue.statutes import CitedStatute, cited_statutes
from registry.catalogue.tables import TABLES, Table, columns_for, normal
from registry.people.models import User
from registry.rules.content import content_hash, differences
from registry.statutes.models import Ministry, Statute

Rows = dict[Kind, dict[str, models.Model]]
HEAD_KEYS = ("id", "domain", "unified_topic", "merged_from")


@dataclass
class TablePlan:
    """What is new and what differs, per kind, before anything is written.

    `kept` was edited in the database while its entry in the files stayed as it was at the last load: the edit stands.
    """

    added: dict[Kind, list[Entry]] = field(default_factory=dict)
    changed: dict[Kind, list[tuple[Entry, Mapping[str, Any]]]] = field(default_factory=dict)  # with what was before
    kept: dict[Kind, list[Entry]] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)


def plan_tables(catalogue: Catalogue, before: Loaded, last_load: Mapping[str, str]) -> TablePlan:
    """`last_load` holds the `entry_hashes` of the files that were loaded last."""
    plan, hashes = TablePlan(), entry_hashes(catalogue)
    for kind in Kind:
        known = {entry.id: _head(kind, entry.data) for entry in before.catalogue.of(kind)}
        known |= {name: {} for name in before.rows.get(kind, {}) if name not in known}  # a rule with drafts alone
        for entry in catalogue.of(kind):
            head = _head(kind, entry.data)
            if entry.id not in known:
                plan.added.setdefault(kind, []).append(entry)
            elif same(head, known[entry.id]):
                continue
            elif last_load.get(_name(entry)) == hashes[_name(entry)]:
                plan.kept.setdefault(kind, []).append(entry)
            else:
                plan.changed.setdefault(kind, []).append((entry, known[entry.id]))
                plan.flaws += _fixed_flaws(entry, head, known[entry.id])
    return plan


def entry_hashes(catalogue: Catalogue) -> dict[str, str]:
    """Hash of what each entry says about the table of its kind, so that a later load sees which files changed."""
    return {_name(row): content_hash(_head(kind, row.data)) for kind in Kind for row in catalogue.of(kind)}


def _name(entry: Entry) -> str:
    return f"{entry.kind}:{entry.id}"


def _head(kind: Kind, data: Mapping[str, Any]) -> dict[str, Any]:
    """What lies in the table of the kind itself; of a rule, all but its versions."""
    if kind is Kind.LEGISLATION:
        return normal_legislation(data)
    if kind is Kind.RULE:
        data = {key: data[key] for key in HEAD_KEYS if key in data}
    return normal(TABLES[kind], dict(data))


def _fixed_flaws(entry: Entry, head: Mapping[str, Any], known: Mapping[str, Any]) -> Iterable[Flaw]:
    for key in TABLES[entry.kind].fixed if entry.kind in TABLES else ():
        if known.get(key) != head.get(key):
            reason = (
                f"cannot change from {known.get(key)} to {head.get(key)}: recorded values rest on it; "
                "add a fact with another key instead"
            )
            yield flaw_in(entry, key, reason)


def write_tables(plan: TablePlan, before: Loaded, *, by: User | None, at: datetime) -> Rows:
    """Write the plan; all rows by kind and id, those that were there before included."""
    rows: Rows = {kind: dict(before.rows[kind]) for kind in TABLES}
    for kind, table in TABLES.items():
        _add(table, plan.added.get(kind, []), rows)
        for entry, known in plan.changed.get(kind, []):
            _change(table, entry, known, rows, by=by, at=at)
    ministries = cast(dict[str, Ministry], rows[Kind.MINISTRY])
    for entry in plan.added.get(Kind.LEGISLATION, []):
        write_legislation(entry.id, entry.data, ministries)
    for entry, known in plan.changed.get(Kind.LEGISLATION, []):
        act = write_legislation(entry.id, entry.data, ministries)
        changed = differences(known, _head(Kind.LEGISLATION, entry.data))
        record("legislation.updated", by=by, target=act, data={"id": entry.id, "changed": changed}, at=at)
    return rows


def _add(table: Table, entries: list[Entry], rows: Rows) -> None:
    made = [_new(table, entry, rows) for entry in entries]
    for entry, row in zip(entries, table.model._default_manager.bulk_create(made), strict=True):
        rows[table.kind][entry.id] = row
    for entry in entries:
        _set_lists(table, entry, rows)


def _new(table: Table, entry: Entry, rows: Rows) -> models.Model:
    return table.model(**{table.identity: entry.id}, **_values(table, entry, rows))


def _values(table: Table, entry: Entry, rows: Rows) -> dict[str, Any]:
    values = columns_for(table, entry.data, rows)
    if table.kind is Kind.INCENTIVE:
        values["content_hash"] = content_hash(normal(table, dict(entry.data)))
    return values


def _set_lists(table: Table, entry: Entry, rows: Rows) -> None:
    for key, (name, kind) in table.lists.items():
        if key in entry.data:
            getattr(rows[table.kind][entry.id], name).set([rows[kind][target] for target in entry.data[key]])
        elif getattr(rows[table.kind][entry.id], "_prefetched_objects_cache", {}).get(name):
            getattr(rows[table.kind][entry.id], name).clear()


def _change(table: Table, entry: Entry, known: Mapping[str, Any], rows: Rows, *, by: User | None, at: datetime) -> None:
    row = rows[table.kind][entry.id]
    for name, value in _values(table, entry, rows).items():
        setattr(row, name, value)
    row.save()
    _set_lists(table, entry, rows)
    changed = differences(known, _head(table.kind, entry.data))
    record(f"{table.kind}.updated", by=by, target=row, data={"id": entry.id, "changed": changed}, at=at)


def put_in_order(catalogue: Catalogue, rows: Rows) -> None:
    """Give rows that are shown in the order of their entries the position that they have in the files."""
    for kind, table in TABLES.items():
        if not table.by_position:
            continue
        moved = []
        for position, entry in enumerate(catalogue.of(kind)):
            row = cast(Any, rows[kind][entry.id])
            if row.order != position:
                row.order = position
                moved.append(row)
        if moved:
            table.model._default_manager.bulk_update(moved, ["order"])


# --- Statutes -----------------------------------------------------------------------------------------------------


def write_statutes(catalogue: Catalogue, before: Loaded) -> dict[tuple[str, str], Statute]:
    """Every cited statute, made when it is not there; its number, file and address follow the catalogue."""
    cited, _ = cited_statutes(catalogue)
    statutes = dict(before.statutes)
    fresh = [Statute(**vars(row)) for key, row in cited.items() if key not in statutes]
    statutes |= {(row.title_ko, row.kind): row for row in Statute.objects.bulk_create(fresh)}
    changed = [statutes[key] for key, row in cited.items() if _follow(statutes[key], row)]
    Statute.objects.bulk_update(changed, ["law_id", "file", "url"])
    return statutes


def _follow(statute: Statute, cited: CitedStatute) -> bool:
    """Take over what the catalogue knows and the row does not say; whether anything changed."""
    known = {name: getattr(cited, name) for name in ("law_id", "file", "url") if getattr(cited, name)}
    changed = any(getattr(statute, name) != value for name, value in known.items())
    for name, value in known.items():
        setattr(statute, name, value)
    return changed
