"""Facts that follow from other facts, with the formula in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.conditions import FactContext, Vocabulary, sentence
from registry.conditions.ranges import Value
from registry.conditions.wording import value_text
from registry.facilities.fact_models import FactDefinition
from registry.facilities.facts import SiteFacts
from registry.facilities.models import Building, Operator
from registry.facilities.subjects import Subject, own_facts
from registry.language import active_language


@dataclass(frozen=True)
class DerivedFact:
    """A derived fact of one subject: its value as text (empty while unknown) and how it is computed."""

    definition: FactDefinition
    text: str
    formula: str
    is_recorded: bool
    needs: tuple[str, ...]


def derived_facts(
    definitions: Iterable[FactDefinition], subject: Subject, site: SiteFacts, vocabulary: Vocabulary
) -> list[DerivedFact]:
    """Every derived fact among the definitions, computed for the subject."""
    scope = facts_seen_by(subject, site).scope(vocabulary)
    return [_derived(row, scope.fact(row.key), subject, site, vocabulary) for row in definitions if row.derived]


def _derived(
    definition: FactDefinition, value: Value, subject: Subject, site: SiteFacts, vocabulary: Vocabulary
) -> DerivedFact:
    language = active_language()
    formula = vocabulary.formulas[definition.key]
    own = own_facts(site, subject)
    return DerivedFact(
        definition=definition,
        text="" if value is None else value_text(value, vocabulary[definition.key], language),
        formula=sentence(formula, language),
        is_recorded=definition.key in own,
        needs=tuple(sorted(key for key in formula.base_facts if key not in own)),
    )


def facts_seen_by(subject: Subject, site: SiteFacts) -> FactContext:
    """A building sees its own facts, then its facility's, then its operator's; the site sees all its buildings."""
    if isinstance(subject, Operator):
        return FactContext(dict(site.operator))
    seen = {**site.operator, **site.facility}
    if isinstance(subject, Building):
        seen |= own_facts(site, subject)
    return FactContext(seen, tuple(dict(row.facts) for row in site.buildings))
