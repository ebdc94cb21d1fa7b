"""The syntax tree of a condition. Equal expressions are equal trees, wherever they stand in a text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from registry.conditions.facts import Exact

ORDERED = ("<", "<=", ">", ">=")
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True, kw_only=True)
class Located:
    """Where the part begins in the text; two parts are equal regardless of it."""

    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Truth(Located):
    value: bool


@dataclass(frozen=True)
class Number(Located):
    value: Exact


@dataclass(frozen=True)
class Text(Located):
    value: str


@dataclass(frozen=True)
class Day(Located):
    value: date


@dataclass(frozen=True)
class Fact(Located):
    key: str


@dataclass(frozen=True)
class Aggregate(Located):
    """`sum_of`, `max_of` or `any_of` over the buildings of the site."""

    function: str
    fact: Fact


@dataclass(frozen=True)
class Not(Located):
    operand: "Node"


@dataclass(frozen=True)
class And(Located):
    operands: tuple["Node", ...]


@dataclass(frozen=True)
class Or(Located):
    operands: tuple["Node", ...]


@dataclass(frozen=True)
class Comparison(Located):
    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Member(Located):
    """`x in [a, b]`, or with `negated` `x not in [a, b]`."""

    subject: "Node"
    options: tuple["Literal", ...]
    negated: bool = False


@dataclass(frozen=True)
class Arithmetic(Located):
    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Negative(Located):
    operand: "Node"


@dataclass(frozen=True)
class Extreme(Located):
    """`min(…)` or `max(…)`."""

    function: str
    operands: tuple["Node", ...]


@dataclass(frozen=True)
class Choose(Located):
    """`then if condition else otherwise`."""

    condition: "Node"
    then: "Node"
    otherwise: "Node"


Literal = Truth | Number | Text | Day
Node = (
    Truth | Number | Text | Day | Fact | Aggregate | Not | And | Or
    | Comparison | Member | Arithmetic | Negative | Extreme | Choose
)  # fmt: skip


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case And(operands) | Or(operands) | Extreme(_, operands):
            return operands
        case Not(operand) | Negative(operand) | Aggregate(_, operand):
            return (operand,)
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case Member(subject, options):
            return (subject, *options)
        case Choose(condition, then, otherwise):
            return (condition, then, otherwise)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything beneath it, top down, left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def fact_keys(node: Node) -> tuple[str, ...]:
    """The facts the expression names itself, in the order of their first use."""
    return tuple(dict.fromkeys(part.key for part in walk(node) if isinstance(part, Fact)))
