"""The fact pages of a site: which facts stand together, and how many of them are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.facilities.fact_models import FactDefinition, FactGroup
from registry.facilities.facts import SiteFacts
from registry.facilities.models import Building
from registry.facilities.subjects import Subject, level_of, own_facts, subject_key


@dataclass(frozen=True)
class FactSection:
    """Facts of one subject that are entered together: a theme, or those somebody asked for (`group` is None).

    `known` of `total` are recorded; derived ones are not counted.
    """

    subject: Subject
    group: FactGroup | None
    definitions: Sequence[FactDefinition]
    known: int
    total: int

    @property
    def subject_key(self) -> str:
        return subject_key(self.subject)

    @property
    def key(self) -> str:
        """`building:12/fire`, as addresses name it."""
        return f"{self.subject_key}/{self.group.slug}" if self.group else self.subject_key

    @property
    def is_complete(self) -> bool:
        return self.known == self.total

    @property
    def entered(self) -> list[FactDefinition]:
        """Facts that people record, in contrast to derived ones."""
        return [row for row in self.definitions if not row.derived]


@dataclass(frozen=True)
class SubjectSections:
    """A subject and its sections, for the menu beside the forms."""

    subject: Subject
    sections: Sequence[FactSection]

    @property
    def key(self) -> str:
        return subject_key(self.subject)

    @property
    def level_name(self) -> str:
        return str(level_of(self.subject).label)

    @property
    def known(self) -> int:
        return sum(section.known for section in self.sections)

    @property
    def total(self) -> int:
        return sum(section.total for section in self.sections)


def sections_of(
    subjects: Iterable[Subject], definitions: Sequence[FactDefinition], site: SiteFacts
) -> list[SubjectSections]:
    """Every subject with its sections, themes in catalogue order. `definitions` come with their group."""
    return [SubjectSections(subject, _by_theme(subject, definitions, site)) for subject in subjects]


def _by_theme(subject: Subject, definitions: Sequence[FactDefinition], site: SiteFacts) -> list[FactSection]:
    level = level_of(subject)
    themes: dict[int, list[FactDefinition]] = {}
    for row in definitions:
        if row.level == level:
            themes.setdefault(row.group_id, []).append(row)
    return [_section(subject, rows[0].group, rows, site) for rows in themes.values()]


def sections_asked_for(
    keys: Iterable[str],
    subjects: Iterable[Subject],
    definitions: Sequence[FactDefinition],
    site: SiteFacts,
    only_building: str = "",
) -> list[FactSection]:
    """The facts with these keys, a section per subject they belong to; other buildings stay away if one is named."""
    wanted = [row for row in definitions if row.key in set(keys) and not row.derived]
    sections = []
    for subject in subjects:
        if isinstance(subject, Building) and only_building not in ("", subject_key(subject)):
            continue
        if rows := [row for row in wanted if row.level == level_of(subject)]:
            sections.append(_section(subject, None, rows, site))
    return sections


def _section(subject: Subject, group: FactGroup | None, rows: Sequence[FactDefinition], site: SiteFacts) -> FactSection:
    own = own_facts(site, subject)
    entered = [row.key for row in rows if not row.derived]
    return FactSection(subject, group, rows, sum(key in own for key in entered), len(entered))


def section_named(menu: Iterable[SubjectSections], key: str) -> FactSection | None:
    """The section of that key; the first of the site when none is named."""
    sections = [section for entry in menu for section in entry.sections]
    return next((section for section in sections if key in ("", section.key, section.subject_key)), None)


def section_after(menu: Iterable[SubjectSections], current: FactSection) -> FactSection | None:
    """The next theme of the same subject, then the first of the next subject."""
    sections = [section for entry in menu for section in entry.sections]
    keys = [section.key for section in sections]
    place = keys.index(current.key) + 1 if current.key in keys else len(sections)
    return sections[place] if place < len(sections) else None
