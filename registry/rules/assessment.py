"""Which rules bind which subjects of a site: the link between dated law and recorded facts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from registry.conditions import (
    Choice,
    Condition,
    Evaluation,
    FactContext,
    FactSpec,
    FactType,
    Level,
    Vocabulary,
    evaluate,
    parse,
)
from registry.facilities.fact_models import FactDefinition
from registry.facilities.facts import SiteFacts
from registry.rules.models import RuleVersion

UNRECORDED_BUILDING = "건축물(미등록)"


@dataclass(frozen=True)
class SubjectFacts:
    """One subject of a site and the facts that it sees; `pk` is None for a subject that is not in the database."""

    level: Level
    pk: int | None
    name: str
    context: FactContext


@dataclass(frozen=True)
class Assessment:
    """The outcome of one rule version for one subject, with its trace."""

    version: RuleVersion
    subject: SubjectFacts
    evaluation: Evaluation


def subjects_of(site: SiteFacts) -> tuple[SubjectFacts, ...]:
    """The operator, the facility and every building.

    A site without recorded buildings has one nameless building about which nothing is known: its rules are
    undetermined, not absent.
    """
    buildings = [(row.pk, row.name, row.facts) for row in site.buildings] or [(None, UNRECORDED_BUILDING, {})]
    own = tuple(dict(facts) for _, _, facts in buildings)
    facility_facts = {**site.operator, **site.facility}
    return (
        SubjectFacts(Level.OPERATOR, site.operator_pk, site.operator_name, FactContext(dict(site.operator))),
        SubjectFacts(Level.FACILITY, site.facility_pk, site.facility_name, FactContext(facility_facts, own)),
        *(
            SubjectFacts(Level.BUILDING, pk, name, FactContext({**facility_facts, **facts}, own))
            for pk, name, facts in buildings
        ),
    )


def assess_rules(site: SiteFacts, versions: Iterable[RuleVersion], vocabulary: Vocabulary) -> Iterator[Assessment]:
    """Every version against every subject of its level, in the order of `versions`."""
    subjects = subjects_of(site)
    for version in versions:
        condition = condition_of(version, vocabulary)
        for subject in subjects:
            if subject.level == version.subject:
                yield Assessment(version, subject, evaluate(condition, subject.context))


def condition_of(version: RuleVersion, vocabulary: Vocabulary) -> Condition:
    """The parsed condition of a version; raises ConditionError for a draft that does not parse."""
    return _parsed(version.condition, Level(version.subject), vocabulary)


@lru_cache(maxsize=4096)
def _parsed(text: str, level: Level, vocabulary: Vocabulary) -> Condition:
    return parse(text, vocabulary, level=level, result="boolean")


def current_vocabulary() -> Vocabulary:
    """The vocabulary of all fact definitions in the database (1 query; parsed once per content)."""
    rows = FactDefinition.objects.order_by("pk").values_list(
        "key", "level", "type", "unit", "label_ko", "label_en", "choices", "minimum", "maximum", "derived"
    )
    return _vocabulary(tuple((*row[:6], _frozen(row[6]), *row[7:]) for row in rows))


def _frozen(choices: Iterable[Mapping[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(row["value"], row["ko"], row["en"]) for row in choices)


@lru_cache(maxsize=8)
def _vocabulary(rows: tuple[tuple[Any, ...], ...]) -> Vocabulary:
    return Vocabulary(
        FactSpec(
            key=key,
            level=Level(level),
            type=FactType(type_),
            unit=unit,
            label_ko=label_ko,
            label_en=label_en,
            choices=choices,
            minimum=minimum,
            maximum=maximum,
            derived=derived or None,
        )
        for key, level, type_, unit, label_ko, label_en, choices, minimum, maximum, derived in rows
    )
