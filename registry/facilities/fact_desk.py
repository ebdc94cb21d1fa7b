"""What the fact pages of a site show: its sections, the forms for them, and what became of a saved one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from registry.conditions.wording import unit_text
from registry.facilities.actions import newest_statement, record_facts
from registry.facilities.derived import DerivedFact, derived_facts
from registry.facilities.fact_models import FactDefinition, FactValue
from registry.facilities.facts import SiteFacts, facts_on
from registry.facilities.forms import FactForm, merged_with
from registry.facilities.histories import fact_text
from registry.facilities.models import Facility
from registry.facilities.sections import (
    FactSection,
    SubjectSections,
    section_named,
    sections_asked_for,
    sections_of,
)
from registry.facilities.subjects import Subject, own_facts, statements_about, subjects_on_site
from registry.facilities.vocabulary import current_vocabulary
from registry.language import active_language
from registry.people.models import User


@dataclass(frozen=True)
class FactRow:
    """One fact of a form: its definition, its field and the statement that holds now."""

    definition: FactDefinition
    field: forms.BoundField
    statement: FactValue | None

    @property
    def is_known(self) -> bool:
        return self.statement is not None and self.statement.value is not None

    @property
    def is_yes_no(self) -> bool:
        return self.definition.type == "boolean"

    @property
    def unit(self) -> str:
        return unit_text(self.definition.unit, active_language())


@dataclass
class FactSheet:
    """A section with its form; `newer` tells of statements that others made while it was filled in."""

    section: FactSection
    form: FactForm
    statements: dict[str, FactValue]
    derived: list[DerivedFact]
    newer: Sequence[FactValue] = ()

    @property
    def rows(self) -> list[FactRow]:
        return [FactRow(row, self.form.fact(row.key), self.statements.get(row.key)) for row in self.section.entered]

    @property
    def newer_values(self) -> list[tuple[FactValue, str]]:
        """What others stated meanwhile, with the value as people read it."""
        return [(row, fact_text(row.definition, row.value)) for row in self.newer]


@dataclass(frozen=True)
class FactDesk:
    """All that is needed to show and save the facts of a site on a day (5 queries to open)."""

    facility: Facility
    on: date
    site: SiteFacts
    subjects: tuple[Subject, ...]
    definitions: Sequence[FactDefinition]
    menu: Sequence[SubjectSections]

    def sections(self, *, missing: Sequence[str], section: str, subject: str) -> list[FactSection]:
        """The sections that an address asks for: the facts named missing, or one theme."""
        if missing:
            return sections_asked_for(missing, self.subjects, self.definitions, self.site, only_building=subject)
        named = section_named(self.menu, section or subject)
        return [named] if named else []

    def sheet(self, section: FactSection, data: Any = None) -> FactSheet:
        """The form of the section, filled with what is known or with what was posted (2 or 3 queries)."""
        known = own_facts(self.site, section.subject)
        seen = newest_statement(section.subject)
        form = FactForm(section.entered, known, on=self.on, seen=seen, name=section.subject_key, data=data)
        derived = [row for row in section.definitions if row.derived]
        shown = derived_facts(derived, section.subject, self.site, current_vocabulary()) if derived else []
        return FactSheet(section, form, current_statements(section.subject, self.on), shown)

    def save(self, sheet: FactSheet, *, by: User) -> list[FactValue]:
        """Record what was changed; raises FactConflict when somebody was faster."""
        form = sheet.form
        if not form.changes():
            return []
        return record_facts(
            subject=sheet.section.subject,
            values=form.changes(),
            valid_from=form.cleaned_data["valid_from"],
            source_note=form.cleaned_data["source_note"],
            by=by,
            seen=form.cleaned_data["seen"],
        )

    def after_conflict(self, sheet: FactSheet, data: Any) -> FactSheet:
        """The same section with nothing lost: the author's values, and those of others where he changed nothing."""
        subject, seen = sheet.section.subject, sheet.form.cleaned_data["seen"]
        newer = statements_about(subject).filter(pk__gt=seen, definition__in=sheet.section.entered)
        rows = list(newer.select_related("definition", "recorded_by").order_by("pk"))
        merged = self.sheet(sheet.section, merged_with(rows, data, sheet.form.touched(), newest_statement(subject)))
        merged.newer = rows
        return merged


def open_desk(facility: Facility, on: date) -> FactDesk:
    site = facts_on(facility, on)
    subjects = subjects_on_site(facility)
    definitions = list(FactDefinition.objects.select_related("group"))
    return FactDesk(facility, on, site, subjects, definitions, sections_of(subjects, definitions, site))


def current_statements(subject: Subject, on: date) -> dict[str, FactValue]:
    """The statement that holds on `on` for each fact of the subject."""
    rows = statements_about(subject).on(on).select_related("definition")
    return {row.definition.key: row for row in rows}


def outlived(rows: Sequence[FactValue]) -> list[FactValue]:
    """Of statements just made, those that a statement with a later day already outlives: today's value stays."""
    if not rows:
        return []
    first = rows[0]
    subject = first.building or first.facility or first.operator
    assert subject is not None  # a constraint of the table
    later = statements_about(subject).filter(valid_from__gt=first.valid_from)
    keys = set(later.filter(definition__in=[row.definition_id for row in rows]).values_list("definition", flat=True))
    return [row for row in rows if row.definition_id in keys]
