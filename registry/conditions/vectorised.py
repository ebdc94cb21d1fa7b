"""Conditions over many subjects at once, with the very outcomes that one-by-one evaluation gives."""

from collections.abc import Callable, Mapping
from typing import cast

import numpy as np
from numpy.typing import NDArray

from registry.conditions import columns
from registry.conditions.checking import kind_of
from registry.conditions.columns import NO_CODE, TRUE, UNKNOWN, Codes, Mask, Numbers, Truths
from registry.conditions.condition import Condition
from registry.conditions.evaluation import Outcome
from registry.conditions.facts import Exact, Kind, Level
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
from registry.conditions.ranges import Quantity, high_of, low_of
from registry.conditions.tables import Column, FactTable, Frame, Members, nearest_numbers, take

# The outcome of each code in the arrays below.
OUTCOMES = (Outcome.DOES_NOT_APPLY, Outcome.UNDETERMINED, Outcome.APPLIES)


def evaluate_set(condition: Condition, table: FactTable) -> NDArray[np.int8]:
    """The outcome of one condition for every subject, as codes into `OUTCOMES`."""
    if condition.vocabulary is not table.vocabulary:
        raise ValueError("the condition and the table speak of different vocabularies")
    if condition.kind is not Kind.BOOLEAN:
        raise TypeError(f"`{condition.text}` yields {condition.kind}, not boolean")
    if not len(table):
        return np.zeros(0, dtype=np.int8)
    with np.errstate(all="ignore"):
        truths = _Evaluator(condition, table.subjects).truths(condition.node)
    return np.broadcast_to(truths, len(table)).copy()


def evaluate_all(conditions: Mapping[str, Condition], table: FactTable) -> dict[str, NDArray[np.int8]]:
    """Every condition for every subject. What several conditions say is worked out once."""
    return {name: evaluate_set(condition, table) for name, condition in conditions.items()}


class _Evaluator:
    """Evaluates the parts of one condition on one frame. Results stay with the frame, for other conditions too."""

    def __init__(self, condition: Condition, frame: Frame) -> None:
        self.condition = condition
        self.frame = frame
        self.specs = condition.vocabulary

    def truths(self, node: Node) -> Truths:
        return cast(Truths, self.column(node))

    def numbers(self, node: Node) -> Numbers:
        return cast(Numbers, self.column(node))

    def codes(self, node: Node) -> Codes:
        return cast(Codes, self.column(node))

    def column(self, node: Node) -> Column:
        results = self.frame.results
        if node not in results:
            results[node] = self.work_out(node)
        return results[node]

    def work_out(self, node: Node) -> Column:
        match node:
            case Truth(value):
                return np.array([TRUE if value else columns.FALSE])
            case Number(value):
                return nearest_numbers(value)
            case Text(value):
                return np.array([self.frame.table.code(value)], dtype=np.int64)
            case Day(value):
                return np.array([value.toordinal()], dtype=np.int64)
            case Fact(key):
                return self.fact(key)
            case Aggregate(function, fact):
                return self.aggregate(node, function, fact)
            case Choose():
                return self.choose(node)
            case Arithmetic() | Negative() | Extreme():
                return self.calculation(node)
            case _:
                return self.logic(node)

    def logic(self, node: Not | And | Or | Comparison | Member) -> Truths:
        match node:
            case Not(operand):
                return TRUE - self.truths(operand)
            case And(operands):
                return self.all_of(np.minimum, operands)
            case Or(operands):
                return self.all_of(np.maximum, operands)
            case Comparison(sign, left, right):
                return self.settle(node, *self.compared(sign, left, right))
            case Member():
                return self.member(node)

    def all_of(self, combine: Callable[[Truths, Truths], Truths], operands: tuple[Node, ...]) -> Truths:
        result = self.truths(operands[0])
        for operand in operands[1:]:
            result = combine(result, self.truths(operand))
        return result

    def compared(self, sign: str, left: Node, right: Node) -> tuple[Truths, Mask]:
        """The comparison, and the rows where floats cannot tell."""
        match kind_of(left, self.specs):
            case Kind.NUMBER:
                return columns.compare_numbers(sign, self.numbers(left), self.numbers(right))
            case Kind.BOOLEAN:
                truths = columns.compare_truths(sign, self.truths(left), self.truths(right))
            case _:
                truths = columns.compare_codes(sign, self.codes(left), self.codes(right))
        return truths, np.zeros(1, dtype=np.bool_)

    def member(self, node: Member) -> Truths:
        found, doubtful = self.compared("==", node.subject, node.options[0])
        for option in node.options[1:]:
            truths, close = self.compared("==", node.subject, option)
            found, doubtful = np.maximum(found, truths), doubtful | close
        return self.settle(node, TRUE - found if node.negated else found, doubtful)

    def settle(self, node: Node, truths: Truths, doubtful: Mask) -> Truths:
        """The truths, with the doubtful rows decided by exact evaluation."""
        if not doubtful.any():
            return truths
        truths = np.array(np.broadcast_to(truths, np.broadcast_shapes(truths.shape, doubtful.shape)))
        for row in np.flatnonzero(np.broadcast_to(doubtful, truths.shape)):
            value = self.condition.value_of(node, self.frame.scope(int(row)))
            truths[row] = UNKNOWN if value is None else TRUE if value else columns.FALSE
        return truths

    def fact(self, key: str) -> Column:
        spec = self.specs[key]
        if isinstance(self.frame, Members) and spec.level is not Level.BUILDING:
            return take(self.on_subjects().column(Fact(key)), self.frame.owners)
        recorded = self.frame.recorded(key)
        formula = self.condition.vocabulary.formulas.get(key)
        if formula is None:
            return recorded
        return _filled(recorded, _Evaluator(formula, self.frame).column(formula.node))

    def on_subjects(self) -> "_Evaluator":
        return _Evaluator(self.condition, self.frame.table.subjects)

    def choose(self, node: Choose) -> Column:
        chosen = self.truths(node.condition)
        if kind_of(node, self.specs) is Kind.NUMBER:
            return columns.pick(chosen, self.numbers(node.then), self.numbers(node.otherwise))
        then, otherwise = self.codes(node.then), self.codes(node.otherwise)
        nothing = UNKNOWN if kind_of(node, self.specs) is Kind.BOOLEAN else NO_CODE
        both = np.where(then == otherwise, then, nothing)
        picked = np.where(chosen == TRUE, then, np.where(chosen == UNKNOWN, both, otherwise))
        return picked.astype(then.dtype)

    def calculation(self, node: Arithmetic | Negative | Extreme) -> Numbers:
        match node:
            case Negative(operand):
                return columns.negative(self.numbers(operand))
            case Extreme(function, operands):
                combine = np.minimum if function == "min" else np.maximum
                result = self.numbers(operands[0])
                for operand in operands[1:]:
                    result = columns.extreme(combine, result, self.numbers(operand))
                return result
            case Arithmetic(sign, left, right):
                return self.arithmetic(node, sign, self.numbers(left), self.numbers(right))

    def arithmetic(self, node: Arithmetic, sign: str, left: Numbers, right: Numbers) -> Numbers:
        if sign in "+-":
            return columns.add(left, right if sign == "+" else columns.negative(right))
        result, doubtful = columns.multiply(left, right) if sign == "*" else columns.divide(left, right)
        return self.worked_exactly(node, result, doubtful) if doubtful.any() else result

    def worked_exactly(self, node: Node, result: Numbers, doubtful: Mask) -> Numbers:
        shape = np.broadcast_shapes(result.low.shape, doubtful.shape)
        low, high = (np.array(np.broadcast_to(bound, shape)) for bound in (result.low, result.high))
        error = np.array(np.broadcast_to(result.errors, shape))
        for row in np.flatnonzero(np.broadcast_to(doubtful, shape)):
            value = cast(Quantity, self.condition.value_of(node, self.frame.scope(int(row))))
            bounds = [(low_of(value), low, -np.inf), (high_of(value), high, np.inf)]
            error[row] = max(_write(bound, column, int(row), none) for bound, column, none in bounds)
        return Numbers(low, high, error)

    def aggregate(self, node: Aggregate, function: str, fact: Fact) -> Column:
        if isinstance(self.frame, Members):
            return take(self.on_subjects().column(node), self.frame.owners)
        members = self.frame.table.subjects.members
        if not len(members.occupied):
            return np.array([UNKNOWN]) if function == "any_of" else columns.unbounded(1)
        inner = _Evaluator(self.condition, members)
        if function == "any_of":
            return _any(inner.truths(fact), members)
        if function == "max_of":
            return _largest(inner.numbers(fact), members)
        return _total(inner.numbers(fact), members, never_negative=self.specs[fact.key].is_never_negative)


def _filled(recorded: Column, formula: Column) -> Column:
    """The recorded value of a derived fact, and where there is none what its formula gives."""
    if isinstance(recorded, Numbers) and isinstance(formula, Numbers):
        unknown = recorded.unknown
        low, high = np.where(unknown, formula.low, recorded.low), np.where(unknown, formula.high, recorded.high)
        return Numbers(low, high, columns.joint_error(recorded, formula))
    recorded, formula = cast(Codes, recorded), cast(Codes, formula)
    nothing = UNKNOWN if recorded.dtype == np.int8 else NO_CODE
    return np.where(recorded == nothing, formula, recorded).astype(recorded.dtype)


def _write(bound: Exact | None, column: NDArray[np.float64], row: int, none: float) -> float:
    """Put the bound into the row; how far the float may be off."""
    if bound is None:
        column[row] = none
        return 0.0
    number = nearest_numbers(bound)
    column[row] = number.low[0]
    return float(number.errors[0])


def _any(truths: Truths, members: Members) -> Truths:
    result = np.full(len(members.counts), UNKNOWN)
    truths = np.broadcast_to(truths, len(members.owners))
    result[members.occupied] = np.maximum.reduceat(truths, members.starts)
    return result


def _largest(values: Numbers, members: Members) -> Numbers:
    values = _spread(values, members)
    result = columns.unbounded(len(members.counts))
    result.low[members.occupied] = np.maximum.reduceat(values.low, members.starts)
    result.high[members.occupied] = np.maximum.reduceat(values.high, members.starts)
    return Numbers(result.low, result.high, _error_over(values, members))


def _total(values: Numbers, members: Members, *, never_negative: bool) -> Numbers:
    """As `ranges.total`: a site of which no building is known stays unknown."""
    values = _spread(values, members)
    unknown = values.unknown
    lows = np.where(unknown, 0.0, values.low) if never_negative else values.low
    rows, starts = members.occupied, members.starts
    result = columns.unbounded(len(members.counts))
    some_known = np.logical_or.reduceat(~unknown, starts)
    result.low[rows] = np.where(some_known, np.add.reduceat(lows, starts), -np.inf)
    result.high[rows] = np.where(some_known, np.add.reduceat(values.high, starts), np.inf)
    size = np.zeros(len(members.counts))
    size[rows] = np.add.reduceat(values.magnitude, starts)
    error = _error_over(values, members)
    if error is None and bool(np.all(size < columns.EXACT_LIMIT)):
        return result
    off = (np.zeros(1) if error is None else error) + size * members.counts * columns.EPSILON
    return columns.settled(result.low, result.high, off)


def _error_over(values: Numbers, members: Members) -> NDArray[np.float64] | None:
    if values.error is None:
        return None
    error = np.zeros(len(members.counts))
    error[members.occupied] = np.add.reduceat(values.errors, members.starts)
    return error


def _spread(values: Numbers, members: Members) -> Numbers:
    size = len(members.owners)
    error = None if values.error is None else np.broadcast_to(values.error, size)
    return Numbers(np.broadcast_to(values.low, size), np.broadcast_to(values.high, size), error)
