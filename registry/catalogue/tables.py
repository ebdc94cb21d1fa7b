"""How an entry of a plain kind lies in its table: fields by key, in both directions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from registry.catalogue.entries import ID_KEY, Data, Kind
from registry.facilities.fact_models import FactDefinition, FactGroup
from registry.incentives.models import Incentive
from registry.rules.content import without_empty
from registry.rules.models import Rule, Topic, TopicGroup
from registry.statutes.models import Ministry

Rows = Mapping[Kind, Mapping[str, models.Model]]


@dataclass(frozen=True)
class Table:
    """`columns` maps keys of the entry to fields; `references` to a foreign key; `lists` to a many-to-many relation.

    `by_position`: the order of the rows is the order of the entries. `fixed` keys never change once loaded.
    """

    kind: Kind
    model: type[models.Model]
    identity: str
    columns: Mapping[str, str]
    references: Mapping[str, tuple[str, Kind]] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, Kind]] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    by_position: bool = False


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


TABLES = {
    table.kind: table
    for table in (
        Table(Kind.FACT_GROUP, FactGroup, "slug", _same("name_ko", "name_en"), by_position=True),
        Table(
            Kind.FACT,
            FactDefinition,
            "key",
            {
                **_same("level", "type", "unit", "label_ko", "label_en", "help_ko", "choices", "derived", "used_for"),
                **{"aliases": "aliases", "min": "minimum", "max": "maximum"},
            },
            references={"group": ("group", Kind.FACT_GROUP)},
            numbers=frozenset({"min", "max"}),
            fixed=("level", "type"),
            by_position=True,
        ),
        Table(Kind.TOPIC_GROUP, TopicGroup, "slug", _same("name_ko", "name_en", "order")),
        Table(
            Kind.TOPIC,
            Topic,
            "slug",
            _same("order", "name_ko", "name_en", "question_ko", "question_en", "subject"),
            references={"group": ("group", Kind.TOPIC_GROUP)},
        ),
        Table(
            Kind.MINISTRY,
            Ministry,
            "slug",
            _same("name_ko", "name_en", "short_ko", "since", "until", "formerly", "agencies"),
            lists={"succeeded_by": ("succeeded_by", Kind.MINISTRY)},
            dates=frozenset({"since", "until"}),
            by_position=True,
        ),
        Table(
            Kind.RULE,
            Rule,
            "slug",
            _same("domain", "merged_from"),
            references={"unified_topic": ("topic", Kind.TOPIC)},
        ),
        Table(
            Kind.INCENTIVE,
            Incentive,
            "slug",
            {
                **_same("title_ko", "title_en", "in_force_from", "expires_on", "eligibility", "eligibility_note_ko"),
                **_same("benefit_ko", "benefit_en", "benefit_formula", "benefit_formula_additional"),
                **_same("quantity_formula", "quantity_unit", "benefit_parameters", "net_note_ko", "tax_mode"),
                **_same("exclusive_rule", "exclusive_with", "obligations_ko", "application", "statutory_clock", "bill"),
                **_same("legal_basis", "open_points_ko", "replaced_by", "confidence", "source_note"),
                "programme_kind": "kind",
                "status": "recorded_status",
                "surtax_on_benefit": "surtax",
                "related_rules": "related_duties",
            },
            references={"ministry": ("ministry", Kind.MINISTRY)},
            lists={"related_rule_ids": ("related_rules", Kind.RULE)},
            dates=frozenset({"in_force_from", "expires_on"}),
            constants={"subject": "facility"},
            by_position=True,
        ),
    )
}


def data_from(table: Table, row: models.Model) -> Data:
    """The entry that the row was made from. References must be loaded."""
    data: Data = {ID_KEY[table.kind]: getattr(row, table.identity), **table.constants}
    for key, name in table.columns.items():
        data[key] = _written(table, key, getattr(row, name))
    for key, (name, _) in table.references.items():
        target = getattr(row, name)
        data[key] = getattr(target, _identity_of(target))
    for key, (name, kind) in table.lists.items():
        data[key] = sorted(getattr(target, TABLES[kind].identity) for target in getattr(row, name).all())
    return without_empty(data)


def _identity_of(target: models.Model) -> str:
    return "key" if isinstance(target, FactDefinition) else "slug"


def _written(table: Table, key: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return _number(value) if key in table.numbers else value


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def normal(table: Table, data: Data) -> Data:
    """The entry in the form in which `data_from` gives it back."""
    lists = {key: sorted(data[key]) for key in table.lists if key in data}
    numbers = {key: _number(data[key]) for key in table.numbers if key in data}
    return {**data, **table.constants, **lists, **numbers}


def columns_for(table: Table, data: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    """Values for all plain fields and foreign keys of the row; what the entry leaves out falls back to its default."""
    values: dict[str, Any] = {}
    for key, name in table.columns.items():
        value = data.get(key)
        if value is None:
            value = table.model._meta.get_field(name).get_default()  # type: ignore[union-attr]  # plain columns
        values[name] = date.fromisoformat(value) if key in table.dates and value else value
    for key, (name, kind) in table.references.items():
        values[name] = rows[kind][data[key]]
    return values
