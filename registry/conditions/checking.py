"""Do the names exist, do the types fit, and can the subject of the rule see the facts?"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from registry.conditions.errors import ConditionError, located
from registry.conditions.facts import FactSpec, FactType, Kind, Level
from registry.conditions.nodes import (
    ORDERED,
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

LEVEL_KO = {Level.OPERATOR: "사업자", Level.FACILITY: "데이터센터", Level.BUILDING: "건축물"}
KIND_EN = {Kind.BOOLEAN: "a yes/no value", Kind.NUMBER: "a number", Kind.TEXT: "text", Kind.DATE: "a date"}
KIND_KO = {Kind.BOOLEAN: "예/아니요 값", Kind.NUMBER: "수", Kind.TEXT: "문자열", Kind.DATE: "날짜"}
VISIBLE = {
    Level.OPERATOR: {Level.OPERATOR},
    Level.FACILITY: {Level.FACILITY, Level.OPERATOR},
    Level.BUILDING: {Level.BUILDING, Level.FACILITY, Level.OPERATOR},
}
AGGREGATE_KIND = {"sum_of": Kind.NUMBER, "max_of": Kind.NUMBER, "any_of": Kind.BOOLEAN}


def check(node: Node, text: str, specs: Mapping[str, FactSpec], level: Level | None, expected: Kind) -> None:
    """Raise a located ConditionError unless the tree makes sense over these facts for a subject of this level."""
    _Checker(text, specs, level).expect(node, expected)


def kind_of(node: Node, specs: Mapping[str, FactSpec]) -> Kind:
    """What a checked expression yields."""
    match node:
        case Fact(key):
            return specs[key].kind
        case Aggregate(function, _):
            return AGGREGATE_KIND[function]
        case Choose(_, then, _):
            return kind_of(then, specs)
        case Number() | Arithmetic() | Negative() | Extreme():
            return Kind.NUMBER
        case Text():
            return Kind.TEXT
        case Day():
            return Kind.DATE
        case _:
            return Kind.BOOLEAN


class _Checker:
    def __init__(self, text: str, specs: Mapping[str, FactSpec], level: Level | None) -> None:
        self.text = text
        self.specs = specs
        self.level = level

    def flaw(self, code: str, node: Node, suggestions: Iterable[str] = (), **names: object) -> ConditionError:
        return located(code, self.text, node.at, tuple(suggestions), **names)

    def kind(self, node: Node) -> Kind:
        """The kind of the node, after everything beneath it has been checked."""
        match node:
            case Fact():
                return self.fact(node).kind
            case Aggregate():
                return self.aggregate(node)
            case And(operands) | Or(operands):
                self.expect_all(operands, Kind.BOOLEAN)
            case Not(operand):
                self.expect(operand, Kind.BOOLEAN)
            case Comparison():
                self.comparison(node)
            case Member():
                self.member(node)
            case Arithmetic(_, left, right):
                self.expect_all((left, right), Kind.NUMBER)
            case Negative(operand):
                self.expect(operand, Kind.NUMBER)
            case Extreme(_, operands):
                self.expect_all(operands, Kind.NUMBER)
            case Choose():
                return self.choose(node)
        return kind_of(node, self.specs)

    def expect_all(self, nodes: Iterable[Node], expected: Kind) -> None:
        for node in nodes:
            self.expect(node, expected)

    def expect(self, node: Node, expected: Kind) -> None:
        kind = self.kind(node)
        if kind is expected:
            return
        name = self.shown(node)
        if expected is Kind.NUMBER and kind is Kind.BOOLEAN:
            raise self.flaw("boolean_as_number", node, name=name)
        raise self.flaw(
            "wrong_kind",
            node,
            name=name,
            expected=KIND_EN[expected],
            expected_ko=KIND_KO[expected],
            kind=KIND_EN[kind],
            kind_ko=KIND_KO[kind],
        )

    def shown(self, node: Node) -> str:
        match node:
            case Fact(key):
                return f"`{key}`"
            case Text(value):
                return repr(value)
            case Number(value):
                return str(value)
            case Day(value):
                return value.isoformat()
            case Truth(value):
                return str(value).lower()
            case Aggregate(function, fact):
                return f"`{function}({fact.key})`"
            case _:
                return "the expression" if not self.text.isascii() else f"`{self.text[node.at : node.at + 30].strip()}`"

    def spec(self, node: Fact) -> FactSpec:
        spec = self.specs.get(node.key)
        if spec is None:
            close = get_close_matches(node.key[:80], list(self.specs), n=4, cutoff=0.6)
            raise self.flaw("unknown_name", node, close, name=node.key)
        return spec

    def fact(self, node: Fact) -> FactSpec:
        spec = self.spec(node)
        if self.level is None or spec.level in VISIBLE[self.level]:
            return spec
        names = {"name": node.key, "level": spec.level, "level_ko": LEVEL_KO[spec.level]}
        names |= {"subject": self.level, "subject_ko": LEVEL_KO[self.level]}
        if self.level is Level.FACILITY:
            raise self.flaw("building_fact_from_site", node, ways=_ways(spec), **names)
        raise self.flaw("out_of_reach", node, **names)

    def aggregate(self, node: Aggregate) -> Kind:
        if self.level is Level.OPERATOR:
            raise self.flaw("aggregate_out_of_reach", node, name=node.function)
        spec = self.spec(node.fact)
        if spec.level is not Level.BUILDING:
            raise self.flaw(
                "aggregate_level",
                node.fact,
                name=spec.key,
                level=spec.level,
                level_ko=LEVEL_KO[spec.level],
                function=node.function,
            )
        expected = AGGREGATE_KIND[node.function]
        if spec.kind is not expected:
            raise self.flaw(
                "aggregate_type",
                node.fact,
                _other_aggregates(spec),
                function=node.function,
                name=spec.key,
                expected="yes/no" if expected is Kind.BOOLEAN else "number",
                expected_ko=KIND_KO[expected],
                type=KIND_EN[spec.kind],
                type_ko=KIND_KO[spec.kind],
            )
        return expected

    def comparison(self, node: Comparison) -> None:
        kind = self.same_kind(node.left, node.right)
        if node.operator in ORDERED and kind in (Kind.BOOLEAN, Kind.TEXT):
            raise self.flaw("no_order", node, kind=KIND_EN[kind], kind_ko=KIND_KO[kind])
        self.choices(node.left, (node.right,))
        self.choices(node.right, (node.left,))

    def member(self, node: Member) -> None:
        for option in node.options:
            self.same_kind(node.subject, option)
        self.choices(node.subject, node.options)

    def same_kind(self, left: Node, right: Node) -> Kind:
        kind, other = self.kind(left), self.kind(right)
        if kind is other:
            return kind
        if {kind, other} == {Kind.DATE, Kind.TEXT}:
            raise self.flaw("text_for_date", right if other is Kind.TEXT else left)
        raise self.flaw(
            "different_kinds",
            right,
            left=self.shown(left),
            right=self.shown(right),
            kind=KIND_EN[kind],
            other=KIND_EN[other],
            kind_ko=KIND_KO[kind],
            other_ko=KIND_KO[other],
        )

    def choices(self, side: Node, others: Iterable[Node]) -> None:
        """A choice is compared only with its own choices."""
        if not isinstance(side, Fact) or self.specs[side.key].type is not FactType.CHOICE:
            return
        spec = self.specs[side.key]
        known = [choice.value for choice in spec.choices]
        for other in others:
            for part in _values(other):
                if isinstance(part, Text) and part.value not in known:
                    close = get_close_matches(part.value[:80], known, n=4, cutoff=0.5) or known
                    raise self.flaw("unknown_choice", part, close, value=repr(part.value), name=spec.key)
                if isinstance(part, Fact) and self.have_nothing_in_common(spec, self.specs[part.key]):
                    raise self.flaw("different_choices", part, left=spec.key, right=part.key)

    def have_nothing_in_common(self, one: FactSpec, other: FactSpec) -> bool:
        values = {choice.value for choice in other.choices}
        return other.type is FactType.CHOICE and values.isdisjoint(choice.value for choice in one.choices)

    def choose(self, node: Choose) -> Kind:
        self.expect(node.condition, Kind.BOOLEAN)
        kind, other = self.kind(node.then), self.kind(node.otherwise)
        if kind is not other:
            if {kind, other} == {Kind.BOOLEAN, Kind.NUMBER}:
                wrong = node.then if kind is Kind.BOOLEAN else node.otherwise
                raise self.flaw("boolean_as_number", wrong, name=self.shown(wrong))
            names = {
                "kind": KIND_EN[kind],
                "other": KIND_EN[other],
                "kind_ko": KIND_KO[kind],
                "other_ko": KIND_KO[other],
            }
            raise self.flaw("branches_differ", node.otherwise, **names)
        return kind


def _values(node: Node) -> Iterable[Node]:
    """What a text expression can come to: the leaves of its `if … else`."""
    if isinstance(node, Choose):
        yield from _values(node.then)
        yield from _values(node.otherwise)
    else:
        yield node


def _other_aggregates(spec: FactSpec) -> list[str]:
    return [f"{function}({spec.key})" for function, kind in AGGREGATE_KIND.items() if kind is spec.kind]


def _ways(spec: FactSpec) -> str:
    ways = _other_aggregates(spec)
    return " or ".join(ways) if ways else "a derived yes/no fact of the building and any_of"
