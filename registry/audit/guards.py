"""Database triggers that keep published law and recorded history unchanged, whoever writes."""

from collections.abc import Sequence
from typing import Any

from django.db import connections


def install_guards(using: str = "default", **_: Any) -> None:
    """Lay the registry's triggers; harmless when they are there already."""
    for guard in REGISTRY_GUARDS:
        lay_trigger(using, *guard)


def lay_trigger(using: str, name: str, table: str, event: str, condition: str, message: str) -> None:
    """Create or replace a trigger that refuses `event` ("UPDATE", "DELETE" or "INSERT") when `condition` holds.

    `condition` is SQL over OLD and NEW that both SQLite and PostgreSQL understand.
    """
    connection = connections[using]
    if table not in connection.introspection.table_names():
        return
    build = _sqlite_trigger if connection.vendor == "sqlite" else _postgresql_trigger
    with connection.cursor() as cursor:
        for statement in build(name, table, event, condition, message):
            cursor.execute(statement)


def _sqlite_trigger(name: str, table: str, event: str, condition: str, message: str) -> Sequence[str]:
    return (
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END",
    )


def _postgresql_trigger(name: str, table: str, event: str, condition: str, message: str) -> Sequence[str]:
    condition = condition.replace(" IS NOT NEW.", " IS DISTINCT FROM NEW.")
    row = "OLD" if event == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END IF; "
        f"RETURN {row}; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_refuse()",
    )


# Everything in a published version but its end and the record of who closed it.
FROZEN_VERSION_COLUMNS = [
    "rule_id",
    "number",
    "title_ko",
    "title_en",
    "ministry_id",
    "subject",
    "binding",
    "obligation_kind",
    "condition",
    "applies_note_ko",
    "requirement_ko",
    "requirement_en",
    "authority_ko",
    "confidence",
    "condition_confidence",
    "source_note",
    "note_ko",
    "source",
    "effective_from",
    "content_hash",
    "published_at",
    "published_by_id",
]
FROZEN_VERSION_JSON = [
    "stages",
    "thresholds",
    "measure",
    "recurrence",
    "deadline",
    "evidence_ko",
    "penalty",
    "upcoming",
]

_changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in FROZEN_VERSION_COLUMNS + FROZEN_VERSION_JSON)
_reopened = "(OLD.status = 'closed' AND (NEW.status <> 'closed' OR OLD.effective_until IS NOT NEW.effective_until))"
_of_published = "EXISTS (SELECT 1 FROM registry_ruleversion v WHERE v.id = {row}.version_id AND v.status <> 'draft')"

REGISTRY_GUARDS = [
    (
        "ruleversion_is_immutable",
        "registry_ruleversion",
        "UPDATE",
        f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {_changed} OR {_reopened})",
        "a published rule version never changes: close it and open the next",
    ),
    (
        "ruleversion_is_kept",
        "registry_ruleversion",
        "DELETE",
        "OLD.status <> 'draft'",
        "a published rule version is never deleted: close it with a date",
    ),
    (
        "auditevent_is_immutable",
        "registry_auditevent",
        "UPDATE",
        "1 = 1",
        "audit events are append-only",
    ),
    *(
        (
            f"citation_of_published_{event.lower()}",
            "registry_citation",
            event,
            _of_published.format(row="NEW" if event == "INSERT" else "OLD"),
            "citations of a published rule version never change",
        )
        for event in ("INSERT", "UPDATE", "DELETE")
    ),
    ("auditevent_is_kept", "registry_auditevent", "DELETE", "1 = 1", "audit events are append-only"),
    (
        "factvalue_is_immutable",
        "registry_factvalue",
        "UPDATE",
        "1 = 1",
        "fact values are never overwritten: record a new row",
    ),
]
