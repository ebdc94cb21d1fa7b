"""From text to syntax tree. Python's own parser reads the grammar; nothing is ever executed."""

import ast
import re
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from registry.conditions.errors import ConditionError, located
from registry.conditions.facts import exact
from registry.conditions.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Choose,
    Comparison,
    Day,
    Extreme,
    Fact,
    Literal,
    Member,
    Negative,
    Node,
    Not,
    Number,
    Or,
    Text,
    Truth,
)
from registry.conditions.scanning import scan

MAX_DEPTH = 64
AGGREGATES = ("sum_of", "max_of", "any_of")
EXTREMES = ("min", "max")
FUNCTIONS = ("date", *EXTREMES, *AGGREGATES)

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_NAMES = {
    ast.Lambda: "`lambda`",
    ast.NamedExpr: "`:=`",
    ast.Attribute: "a dot",
    ast.Subscript: "an index in brackets",
    ast.JoinedStr: "an f-string",
    ast.Tuple: "a comma here",
    ast.Starred: "`*` in front of a value",
    ast.Await: "`await`",
    ast.Yield: "`yield`",
    ast.GeneratorExp: "`for`",
    ast.ListComp: "`for`",
    ast.UAdd: "`+` in front of a value",
    ast.Is: "`is`",
    ast.IsNot: "`is not`",
}
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_tree(text: str) -> Node:
    """The tree of the text. Names and types are not looked at yet; every flaw of form is a located ConditionError."""
    scan(text)
    start = len(text) - len(text.lstrip())
    # Python reads one line; positions stay, because every character keeps its place.
    line = "".join(" " if character.isspace() else character for character in text[start:])
    try:
        tree = ast.parse(line, mode="eval")
    except SyntaxError as error:
        raise located("syntax", text, start + min(max((error.offset or 1) - 1, 0), len(line))) from None
    except (RecursionError, MemoryError, ValueError):
        raise located("too_deep", text, start, limit=MAX_DEPTH) from None
    return _Reader(text, line, start).node(tree.body, 1)


class _Reader:
    def __init__(self, text: str, line: str, start: int) -> None:
        self.text = text
        self.line = line.encode()
        self.start = start

    def place(self, tree: ast.expr | ast.keyword) -> int:
        """Where the part begins in the text: Python counts bytes, we count characters."""
        return self.start + len(self.line[: tree.col_offset].decode())

    def flaw(
        self, code: str, tree: ast.expr | ast.keyword, suggestions: tuple[str, ...] = (), **names: object
    ) -> ConditionError:
        return located(code, self.text, self.place(tree), suggestions, **names)

    def node(self, tree: ast.expr, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self.flaw("too_deep", tree, limit=MAX_DEPTH)
        at = self.place(tree)
        match tree:
            case ast.Constant():
                return self.constant(tree)
            case ast.Name(id=name):
                return self.name(tree, name)
            case ast.BoolOp(op=op, values=values):
                parts = tuple(self.node(value, depth + 1) for value in values)
                return And(parts, at=at) if isinstance(op, ast.And) else Or(parts, at=at)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.node(operand, depth + 1), at=at)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.negative(self.node(operand, depth + 1), at)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return Arithmetic(_ARITHMETIC[type(op)], self.node(left, depth + 1), self.node(right, depth + 1), at=at)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return Choose(
                    self.node(test, depth + 1), self.node(body, depth + 1), self.node(orelse, depth + 1), at=at
                )
            case ast.Compare():
                return self.comparison(tree, depth)
            case ast.Call():
                return self.call(tree, depth)
            case ast.List():
                raise self.flaw("list_misplaced", tree)
        raise self.not_allowed(tree)

    def not_allowed(self, tree: ast.expr, part: ast.AST | None = None) -> ConditionError:
        part = part or getattr(tree, "op", tree)
        return self.flaw("not_allowed", tree, name=_NAMES.get(type(part), f"`{type(part).__name__}`"))

    def constant(self, tree: ast.Constant) -> Node:
        at = self.place(tree)
        if isinstance(tree.value, bool):
            raise self.flaw("capital_boolean", tree, name=str(tree.value).lower())
        if tree.value is None:
            raise self.flaw("no_empty_value", tree)
        if isinstance(tree.value, str):
            return Text(tree.value, at=at)
        # The digits as written, not the float Python made of them.
        digits = self.line[tree.col_offset : tree.end_col_offset].decode()
        return Number(exact(Decimal(digits.replace("_", ""))), at=at)

    def name(self, tree: ast.Name, name: str) -> Node:
        at = self.place(tree)
        if name in ("true", "false"):
            return Truth(name == "true", at=at)
        if name in FUNCTIONS:
            raise self.flaw("name_is_function", tree, name=name)
        return Fact(name, at=at)

    def negative(self, operand: Node, at: int) -> Node:
        return Number(-operand.value, at=at) if isinstance(operand, Number) else Negative(operand, at=at)

    def comparison(self, tree: ast.Compare, depth: int) -> Node:
        """`a < b < c` is `a < b and b < c`."""
        sides = [tree.left, *tree.comparators]
        parts = tuple(
            self.pair(tree, op, left, right, depth + 1)
            for op, left, right in zip(tree.ops, sides[:-1], sides[1:], strict=True)
        )
        return parts[0] if len(parts) == 1 else And(parts, at=self.place(tree))

    def pair(self, tree: ast.Compare, op: ast.cmpop, left: ast.expr, right: ast.expr, depth: int) -> Node:
        at = self.place(left)
        if isinstance(op, ast.In | ast.NotIn):
            return Member(self.node(left, depth), self.options(right, depth), isinstance(op, ast.NotIn), at=at)
        if type(op) not in _COMPARISONS:
            raise self.not_allowed(tree, op)
        return Comparison(_COMPARISONS[type(op)], self.node(left, depth), self.node(right, depth), at=at)

    def options(self, tree: ast.expr, depth: int) -> tuple[Literal, ...]:
        if not isinstance(tree, ast.List | ast.Tuple):
            raise self.flaw("list_expected", tree)
        if not tree.elts:
            raise self.flaw("empty_list", tree)
        return tuple(self.option(element, depth) for element in tree.elts)

    def option(self, tree: ast.expr, depth: int) -> Literal:
        node = self.node(tree, depth + 1)
        if isinstance(node, Number | Text | Day):
            return node
        raise self.flaw("list_item", tree)

    def call(self, tree: ast.Call, depth: int) -> Node:
        if not isinstance(tree.func, ast.Name):
            raise self.flaw("not_allowed", tree, name="a call of something that is not a function")
        name = tree.func.id
        if name not in FUNCTIONS:
            close = tuple(get_close_matches(name[:60], FUNCTIONS)) or FUNCTIONS
            raise self.flaw("unknown_function", tree, close, name=name)
        if tree.keywords:
            raise self.flaw("keyword_argument", tree.keywords[0])
        if name == "date":
            return self.day(tree)
        if name in EXTREMES:
            return self.extreme(tree, name, depth)
        return self.aggregate(tree, name)

    def day(self, tree: ast.Call) -> Day:
        match tree.args:
            case [ast.Constant(value=str(value))]:
                try:
                    if _ISO_DATE.fullmatch(value):
                        return Day(date.fromisoformat(value), at=self.place(tree))
                except ValueError:
                    pass
                raise self.flaw("bad_date", tree.args[0], name=repr(value))
        raise self.flaw(
            "argument_count",
            tree,
            name="date",
            expected="one string, 'YYYY-MM-DD'",
            expected_ko="'YYYY-MM-DD' 문자열 하나",
        )

    def extreme(self, tree: ast.Call, name: str, depth: int) -> Extreme:
        if len(tree.args) < 2:
            raise self.flaw(
                "argument_count", tree, name=name, expected="two numbers or more", expected_ko="두 개 이상의 수"
            )
        return Extreme(name, tuple(self.node(argument, depth + 1) for argument in tree.args), at=self.place(tree))

    def aggregate(self, tree: ast.Call, name: str) -> Aggregate:
        match tree.args:
            case [ast.Name(id=key)] if key not in FUNCTIONS and key not in ("true", "false"):
                return Aggregate(name, Fact(key, at=self.place(tree.args[0])), at=self.place(tree))
        raise self.flaw("aggregate_argument", tree, name=name)
