"""What was ever stated about a fact of a site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.conditions.wording import value_text
from registry.facilities.fact_models import FactDefinition, FactValue
from registry.facilities.models import Facility
from registry.facilities.subjects import Subject, level_of, statements_about, subjects_on_site
from registry.facilities.vocabulary import spec_of
from registry.language import active_language


@dataclass(frozen=True)
class Statement:
    """One statement as people read it; `text` is empty when it withdraws the value."""

    row: FactValue
    text: str
    holds: bool


@dataclass(frozen=True)
class FactHistory:
    """All statements about one subject, the latest day first."""

    subject: Subject
    statements: Sequence[Statement]


def histories_of(definition: FactDefinition, facility: Facility, on: date) -> list[FactHistory]:
    """A history for every subject of the site that the fact can be said of (1 query each)."""
    subjects = [subject for subject in subjects_on_site(facility) if level_of(subject) == definition.level]
    return [FactHistory(subject, _statements(definition, subject, on)) for subject in subjects]


def _statements(definition: FactDefinition, subject: Subject, on: date) -> list[Statement]:
    rows = list(statements_about(subject).filter(definition=definition).select_related("recorded_by"))
    current = max((row for row in rows if row.valid_from <= on), key=lambda row: (row.valid_from, row.pk), default=None)
    return [Statement(row, fact_text(definition, row.value), row is current) for row in reversed(rows)]


def fact_text(definition: FactDefinition, value: object) -> str:
    """A stored value with unit and choice label, in the reader's language; empty for a withdrawn one."""
    if value is None:
        return ""
    spec = spec_of(definition)
    return value_text(spec.read(value), spec, active_language())
