"""Expressions as readable text: bare ("Gross floor area ≥ 30,000 m²") or with the values of a subject."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from registry.conditions.condition import Condition
from registry.conditions.facts import FactSpec, Kind
from registry.conditions.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Choose,
    Comparison,
    Day,
    Extreme,
    Fact,
    Member,
    Negative,
    Node,
    Not,
    Number,
    Or,
    Text,
    Truth,
)
from registry.conditions.ranges import Value, is_known
from registry.conditions.wording import SIGNS, label, tongue, value_text, word

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def sentence(condition: Condition, language: str) -> str:
    """The condition itself, without anybody's values."""
    phrases = Phrases(condition.vocabulary, tongue(language))
    return phrases.clause(condition.node) if condition.kind is Kind.BOOLEAN else phrases.side(condition.node)


def is_literal(node: Node) -> bool:
    return isinstance(node, Number | Text | Day | Truth)


def measured(node: Node, specs: Mapping[str, FactSpec]) -> FactSpec | None:
    """The fact whose unit and choices an expression is written in."""
    match node:
        case Fact(key) | Aggregate(_, Fact(key)):
            return specs[key]
        case Arithmetic("+" | "-", left, right):
            return measured(left, specs) or measured(right, specs)
        case Extreme(_, operands):
            return next((spec for operand in operands if (spec := measured(operand, specs))), None)
        case Choose(_, then, otherwise):
            return measured(then, specs) or measured(otherwise, specs)
        case Negative(operand):
            return measured(operand, specs)
        case _:
            return None


@dataclass(frozen=True)
class Phrases:
    """Writes expressions in one language; with `reading`, each fact is followed by its value."""

    specs: Mapping[str, FactSpec]
    language: str
    reading: Callable[[Node], Value] | None = None

    def say(self, name: str, *parts: object) -> str:
        return word(name, self.language, *parts)

    def clause(self, node: Node) -> str:
        """A yes/no expression."""
        match node:
            case Truth(value):
                return self.say("always" if value else "never")
            case Fact() | Aggregate():
                return f"{self.name(node)}: {self.say('yes')}"
            case Not(Fact() | Aggregate() as fact):
                return f"{self.name(fact)}: {self.say('no')}"
            case Not(operand):
                return self.say("not", self.clause(operand))
            case And(operands):
                return self.say("and").join(self.grouped(operand, Or) for operand in operands)
            case Or(operands):
                return self.say("or").join(self.grouped(operand, And) for operand in operands)
            case Comparison():
                sign, left, right = facing(node)
                spec = measured(left, self.specs) or measured(right, self.specs)
                return f"{self.side(left, spec)} {SIGNS[sign]} {self.side(right, spec)}"
            case Member():
                return self.say("none_of" if node.negated else "one_of", self.side(node.subject), self.options(node))
            case _:
                return self.side(node)

    def grouped(self, node: Node, other: type[And] | type[Or]) -> str:
        text = self.clause(node)
        return f"({text})" if isinstance(node, other) else text

    def options(self, node: Member) -> str:
        spec = measured(node.subject, self.specs)
        return ", ".join(self.side(option, spec) for option in node.options)

    def name(self, node: Fact | Aggregate) -> str:
        match node:
            case Fact(key):
                return label(self.specs[key], self.language)
            case Aggregate(function, fact):
                return self.say(function, self.name(fact))

    def side(self, node: Node, spec: FactSpec | None = None) -> str:
        """One side of a comparison, or a part of a formula; `spec` lends its unit to bare numbers."""
        match node:
            case Number(value) | Text(value) | Day(value) | Truth(value):
                return value_text(value, spec, self.language)
            case Fact(key) | Aggregate(_, Fact(key)):
                return self.fact(node, self.specs[key])
            case Arithmetic(sign, left, right):
                return self.arithmetic(sign, left, right, spec)
            case Negative(operand):
                return f"−{self.grouped_sum(operand, spec)}"
            case Extreme(function, operands):
                return self.say(function, ", ".join(self.side(operand, spec) for operand in operands))
            case Choose():
                return self.choose(node, spec)
            case _:
                return self.clause(node)

    def fact(self, node: Fact | Aggregate, spec: FactSpec) -> str:
        if self.reading is None:
            return self.name(node)
        return f"{self.name(node)} {value_text(self.reading(node), spec, self.language)}"

    def arithmetic(self, sign: str, left: Node, right: Node, spec: FactSpec | None) -> str:
        if sign in "*/":
            return f"{self.factor(left)} {SIGNS[sign]} {self.factor(right, grouped=sign == '/')}"
        second = self.grouped_sum(right, spec) if sign == "-" else self.side(right, spec)
        return f"{self.side(left, spec)} {SIGNS[sign]} {second}"

    def factor(self, node: Node, *, grouped: bool = False) -> str:
        text = self.grouped_sum(node, None)
        return f"({text})" if grouped and isinstance(node, Arithmetic) and node.operator in "*/" else text

    def grouped_sum(self, node: Node, spec: FactSpec | None) -> str:
        text = self.side(node, spec)
        return f"({text})" if isinstance(node, Arithmetic) and node.operator in "+-" else text

    def choose(self, node: Choose, spec: FactSpec | None) -> str:
        value = self.reading(node) if self.reading else None
        if is_known(value):
            return value_text(value, spec, self.language)
        bare = Phrases(self.specs, self.language)
        return self.say(
            "choose", bare.clause(node.condition), self.side(node.then, spec), self.side(node.otherwise, spec)
        )


def facing(node: Comparison) -> tuple[str, Node, Node]:
    """Sign and sides with the literal on the right, as people say it."""
    if is_literal(node.left) and not is_literal(node.right):
        return MIRRORED[node.operator], node.right, node.left
    return node.operator, node.left, node.right
