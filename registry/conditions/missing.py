"""Which facts nobody recorded could still change an outcome."""

from registry.conditions.condition import Condition
from registry.conditions.facts import Level
from registry.conditions.nodes import Aggregate, Choose, Fact, Node, children
from registry.conditions.ranges import is_known
from registry.conditions.scope import Scope


def missing_facts(condition: Condition, scope: Scope) -> tuple[str, ...]:
    """Base facts, sorted, each once. Parts that are decided already ask for nothing."""
    return tuple(sorted(_missing(condition, condition.node, scope)))


def _missing(condition: Condition, node: Node, scope: Scope) -> set[str]:
    if is_known(condition.value_of(node, scope)):
        return set()
    match node:
        case Fact(key):
            return _missing_fact(key, scope)
        case Aggregate(_, fact):
            return _missing_over_buildings(fact.key, scope)
        case Choose(test, then, otherwise):
            chosen = condition.value_of(test, scope)
            if chosen is not None:
                return _missing(condition, then if chosen else otherwise, scope)
    return set[str]().union(*(_missing(condition, child, scope) for child in children(node)))


def _missing_fact(key: str, scope: Scope) -> set[str]:
    formula = scope.vocabulary.formulas.get(key)
    return {key} if formula is None else _missing(formula, formula.node, scope)


def _missing_over_buildings(key: str, scope: Scope) -> set[str]:
    members = scope.members()
    if members:
        unknown = (member for member in members if not is_known(member.fact(key)))
        return set[str]().union(*(_missing_fact(key, member) for member in unknown))
    # No building is recorded at all: whatever a first building would have to tell.
    asked = _missing_fact(key, scope.unseen_building())
    return asked or {base for base in scope.vocabulary.base_facts([key]) if _is_of_buildings(base, scope)}


def _is_of_buildings(key: str, scope: Scope) -> bool:
    return scope.vocabulary[key].level is Level.BUILDING
