"""Why an outcome is what it is: the tree of clauses with their values and the facts they used."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from registry.conditions.condition import Condition
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
    walk,
)
from registry.conditions.ranges import Range, Value, is_known
from registry.conditions.scope import Scope

_OPERATIONS: dict[type, str] = {And: "and", Or: "or", Not: "not", Member: "in", Choose: "if", Negative: "negative"}


@dataclass(frozen=True)
class Reading:
    """A fact as a clause used it; over buildings, with the function that brought them together."""

    key: str
    value: Value
    function: str = ""

    @property
    def is_known(self) -> bool:
        return is_known(self.value)


@dataclass(frozen=True)
class TraceNode:
    """One clause for one subject. Values and clauses beneath are worked out when they are looked at."""

    condition: Condition = field(repr=False)
    node: Node
    scope: Scope = field(repr=False)
    building: int | None = None

    def of(self, node: Node) -> "TraceNode":
        return TraceNode(self.condition, node, self.scope)

    def read(self, node: Node) -> Value:
        """The value of a part of this clause."""
        return self.scope.fact(node.key) if isinstance(node, Fact) else self.condition.value_of(node, self.scope)

    @cached_property
    def value(self) -> Value:
        return self.read(self.node)

    @property
    def is_derived(self) -> bool:
        """A derived fact that nobody recorded, so that its formula speaks."""
        node = self.node
        return isinstance(node, Fact) and node.key in self.formulas and self.scope.recorded(node.key) is None

    @property
    def formulas(self) -> dict[str, Condition]:
        return self.condition.vocabulary.formulas

    @property
    def op(self) -> str:
        match self.node:
            case Comparison(operator) | Arithmetic(operator):
                return operator
            case Aggregate(function) | Extreme(function):
                return function
            case Fact():
                return "derived" if self.is_derived else "fact"
            case _:
                return _OPERATIONS.get(type(self.node), "literal")

    @cached_property
    def children(self) -> "tuple[TraceNode, ...]":
        match self.node:
            case Fact(key):
                return (self.formula(key),) if self.is_derived else ()
            case Aggregate(_, fact):
                members = enumerate(self.scope.members(), start=1)
                return tuple(TraceNode(self.condition, fact, member, number) for number, member in members)
            case Comparison() | Member():
                return tuple(self.explanations())
            case Choose(condition, then, otherwise):
                return tuple(self.of(part) for part in self.branches(condition, then, otherwise))
            case _:
                return tuple(self.of(part) for part in children(self.node))

    def formula(self, key: str) -> "TraceNode":
        formula = self.formulas[key]
        return TraceNode(formula, formula.node, self.scope)

    def branches(self, condition: Node, then: Node, otherwise: Node) -> tuple[Node, ...]:
        chosen = self.read(condition)
        if chosen is None:
            return (condition, then, otherwise)
        return (condition, then if chosen else otherwise)

    def explanations(self) -> "Iterator[TraceNode]":
        """What stands behind the sides of a comparison: derived facts, buildings, conditions of choices."""
        for part, trace in ((part, self.of(part)) for part in walk(self.node)):
            if isinstance(part, Choose):
                yield self.of(part.condition)
            elif isinstance(part, Aggregate) or trace.is_derived:
                yield trace

    @cached_property
    def facts(self) -> tuple[Reading, ...]:
        """The facts this clause itself names; those of clauses beneath it stand there."""
        if isinstance(self.node, Fact | Aggregate | Comparison | Member):
            return tuple(dict.fromkeys(self.readings(self.node)))
        return ()

    def readings(self, node: Node) -> Iterator[Reading]:
        match node:
            case Fact(key):
                yield Reading(key, self.read(node))
            case Aggregate(function, Fact(key)):
                yield Reading(key, self.read(node), function)
            case _:
                for part in children(node):
                    yield from self.readings(part)

    @cached_property
    def reason(self) -> str:
        """Why the value is unknown although no fact is missing: `division_by_zero`, `no_buildings` or nothing."""
        if is_known(self.value):
            return ""
        return next(filter(None, map(self.obstacle, walk(self.node))), "")

    def obstacle(self, part: Node) -> str:
        if isinstance(part, Arithmetic) and part.operator == "/" and self.read(part.right) == 0:
            return "division_by_zero"
        return "no_buildings" if isinstance(part, Aggregate) and not self.scope.members() else ""


def trace_of(condition: Condition, scope: Scope) -> TraceNode:
    return TraceNode(condition, condition.node, scope)


def value_name(trace: TraceNode) -> str:
    """`true`, `false`, `unknown`, or the number or text a part of a formula comes to."""
    value = trace.value
    if not is_known(value):
        return "unknown"
    return str(value).lower() if isinstance(value, bool) else str(plain(value))


def plain(value: Value) -> bool | int | float | str | None:
    """The value as JSON holds it."""
    match value:
        case None | Range():
            return None
        case bool() | int() | str():
            return value
        case date():
            return value.isoformat()
        case _:
            return float(value)
