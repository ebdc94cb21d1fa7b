"""A syntax tree turned into one function per part, so that evaluating it again and again is cheap.

The functions are ordinary closures over the tree. Nothing here compiles or executes code.
"""

from collections.abc import Callable, Mapping
from typing import cast

from registry.conditions.facts import FactSpec
from registry.conditions.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Choose,
    Comparison,
    Extreme,
    Fact,
    Member,
    Negative,
    Node,
    Not,
    Or,
    children,
)
from registry.conditions.ranges import (
    ARITHMETIC,
    Quantity,
    Value,
    compare,
    disjunction,
    either,
    largest,
    negated,
    negative,
    smallest,
    total,
)
from registry.conditions.scope import Scope

Program = Callable[[Scope], Value]
Logical = Callable[[Scope], bool | None]
Counting = Callable[[Scope], Quantity]


def programs_for(node: Node, specs: Mapping[str, FactSpec]) -> dict[Node, Program]:
    """The program of the node and of every part of it."""
    programs: dict[Node, Program] = {}
    _add(node, specs, programs)
    return programs


def _add(node: Node, specs: Mapping[str, FactSpec], programs: dict[Node, Program]) -> None:
    if node not in programs:
        for child in children(node):
            _add(child, specs, programs)
        programs[node] = _program(node, specs, programs)


def _program(node: Node, specs: Mapping[str, FactSpec], programs: dict[Node, Program]) -> Program:
    match node:
        case Fact(key):
            return lambda scope: scope.fact(key)
        case Aggregate(function, fact):
            return _aggregate(function, specs[fact.key])
        case Not(operand):
            inner = cast(Logical, programs[operand])
            return lambda scope: negated(inner(scope))
        case And(operands):
            return _and([cast(Logical, programs[operand]) for operand in operands])
        case Or(operands):
            return _or([cast(Logical, programs[operand]) for operand in operands])
        case Comparison(sign, left, right):
            return _comparison(sign, programs[left], programs[right])
        case Member():
            return _member(node, programs)
        case Choose(condition, then, otherwise):
            return _choose(programs[condition], programs[then], programs[otherwise])
        case Arithmetic() | Negative() | Extreme():
            return _number(node, programs)
        case _:
            value = node.value
            return lambda scope: value


def _and(parts: list[Logical]) -> Program:
    def program(scope: Scope) -> bool | None:
        result: bool | None = True
        for part in parts:
            value = part(scope)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return program


def _or(parts: list[Logical]) -> Program:
    def program(scope: Scope) -> bool | None:
        result: bool | None = False
        for part in parts:
            value = part(scope)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    return program


def _comparison(sign: str, left: Program, right: Program) -> Program:
    return lambda scope: compare(sign, left(scope), right(scope))


def _member(node: Member, programs: dict[Node, Program]) -> Program:
    subject = programs[node.subject]
    options = [option.value for option in node.options]

    def program(scope: Scope) -> bool | None:
        value = subject(scope)
        found = disjunction(compare("==", value, option) for option in options)
        return negated(found) if node.negated else found

    return program


def _choose(condition: Program, then: Program, otherwise: Program) -> Program:
    def program(scope: Scope) -> Value:
        chosen = condition(scope)
        if chosen is None:
            return either(then(scope), otherwise(scope))
        return then(scope) if chosen else otherwise(scope)

    return program


def _number(node: Arithmetic | Negative | Extreme, programs: dict[Node, Program]) -> Program:
    parts = [cast(Counting, programs[child]) for child in children(node)]
    match node:
        case Arithmetic(sign):
            combine = ARITHMETIC[sign]
            left, right = parts
            return lambda scope: combine(left(scope), right(scope))
        case Negative():
            return lambda scope: negative(parts[0](scope))
        case Extreme(function):
            choose = smallest if function == "min" else largest
            return lambda scope: choose([part(scope) for part in parts])


def _aggregate(function: str, spec: FactSpec) -> Program:
    """Over a site without buildings every aggregate is unknown."""
    key, never_negative = spec.key, spec.is_never_negative

    def program(scope: Scope) -> Value:
        values = [member.fact(key) for member in scope.members()]
        if not values:
            return None
        if function == "any_of":
            return disjunction(cast(list[bool | None], values))
        numbers = cast(list[Quantity], values)
        return largest(numbers) if function == "max_of" else total(numbers, never_negative=never_negative)

    return program
