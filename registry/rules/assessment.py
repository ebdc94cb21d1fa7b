"""Which rules bind which subjects of a site: the link between dated law and recorded facts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from registry.conditions import (
    Condition,
    Evaluation,
    FactContext,
    Level,
    Vocabulary,
    evaluate,
    parse,
)
from registry.facilities.facts import SiteFacts
from registry.facilities.vocabulary import current_vocabulary as current_vocabulary
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
