"""The fact definitions of the database as the vocabulary that conditions are written in."""

from functools import lru_cache
from typing import Any

from registry.conditions import Choice, FactSpec, FactType, Level, Vocabulary
from registry.facilities.fact_models import FactDefinition

COLUMNS = ("key", "level", "type", "unit", "label_ko", "label_en", "choices", "minimum", "maximum", "derived")


def current_vocabulary() -> Vocabulary:
    """The vocabulary of all fact definitions in the database (1 query; parsed once per content)."""
    return _vocabulary(tuple(_frozen(row) for row in FactDefinition.objects.order_by("pk").values_list(*COLUMNS)))


def spec_of(definition: FactDefinition) -> FactSpec:
    """One definition as the condition engine sees it."""
    return _spec(_frozen(tuple(getattr(definition, column) for column in COLUMNS)))


@lru_cache(maxsize=8)
def _vocabulary(rows: tuple[tuple[Any, ...], ...]) -> Vocabulary:
    return Vocabulary(_spec(row) for row in rows)


def _frozen(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row with its choices hashable, so that equal content finds the vocabulary parsed before."""
    choices = tuple(Choice(choice["value"], choice["ko"], choice["en"]) for choice in row[6])
    return (*row[:6], choices, *row[7:])


def _spec(row: tuple[Any, ...]) -> FactSpec:
    key, level, type_, unit, label_ko, label_en, choices, minimum, maximum, derived = row
    return FactSpec(
        key, Level(level), FactType(type_), unit, label_ko, label_en, choices, minimum, maximum, derived or None
    )
