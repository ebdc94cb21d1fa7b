"""The facts of many subjects in columns, read from their contexts when a condition first asks for them."""

from collections.abc import Callable, Sequence
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.conditions.columns import (
    EPSILON,
    EXACT_LIMIT,
    FALSE,
    HUGE,
    NO_CODE,
    TINY,
    TRUE,
    UNKNOWN,
    Codes,
    Numbers,
    Truths,
)
from registry.conditions.facts import Exact, FactSpec, Kind
from registry.conditions.nodes import Node
from registry.conditions.scope import FactContext, Scope
from registry.conditions.vocabulary import Vocabulary

Column = Truths | Codes | Numbers


class FactTable:
    """N subjects, given by their contexts. Conditions evaluated on one table share what they have in common."""

    def __init__(self, vocabulary: Vocabulary, contexts: Sequence[FactContext]) -> None:
        self.vocabulary = vocabulary
        self.contexts = contexts
        self.codes: dict[str, int] = {}
        self.subjects = Subjects(self)

    def __len__(self) -> int:
        return len(self.contexts)

    def code(self, text: str) -> int:
        return self.codes.setdefault(text, len(self.codes))


class Frame:
    """Rows that conditions are evaluated on, and the results so far."""

    def __init__(self, table: FactTable) -> None:
        self.table = table
        self.results: dict[Node, Column] = {}

    def recorded(self, key: str) -> Column:
        """The recorded values of a fact, one per row (of buildings: a building fact)."""
        raise NotImplementedError

    def scope(self, row: int) -> Scope:
        """The row for exact evaluation."""
        raise NotImplementedError

    def column(self, spec: FactSpec, values: list[object]) -> Column:
        match spec.kind:
            case Kind.BOOLEAN:
                return _truths(spec, values)
            case Kind.NUMBER:
                return _numbers(spec, values)
            case Kind.DATE:
                return _codes(spec, values, lambda value: value.toordinal())  # type: ignore[attr-defined]
            case Kind.TEXT:
                return _codes(spec, values, self.table.code)  # type: ignore[arg-type]  # `read` gave a str


class Subjects(Frame):
    def recorded(self, key: str) -> Column:
        values = [context.values.get(key) for context in self.table.contexts]
        return self.column(self.table.vocabulary[key], values)

    def scope(self, row: int) -> Scope:
        return self.table.contexts[row].scope(self.table.vocabulary)

    @cached_property
    def members(self) -> "Members":
        """The buildings of the subjects' sites."""
        return Members(self)


class Members(Frame):
    """One row per building of each subject's site, in the order of the subjects."""

    def __init__(self, subjects: Subjects) -> None:
        super().__init__(subjects.table)
        self.subjects = subjects
        self.counts = np.array([len(context.buildings) for context in self.table.contexts], dtype=np.int64)
        self.owners: NDArray[np.int64] = np.repeat(np.arange(len(self.counts)), self.counts)
        self.offsets = np.cumsum(self.counts) - self.counts

    @property
    def occupied(self) -> NDArray[np.int64]:
        """The subjects whose site has a building."""
        return np.flatnonzero(self.counts)

    @property
    def starts(self) -> NDArray[np.int64]:
        return self.offsets[self.occupied]

    def recorded(self, key: str) -> Column:
        spec = self.table.vocabulary[key]
        return self.column(spec, [own.get(key) for context in self.table.contexts for own in context.buildings])

    def scope(self, row: int) -> Scope:
        owner = int(self.owners[row])
        return self.subjects.scope(owner).members()[row - int(self.offsets[owner])]


def take(column: Column, rows: NDArray[np.int64]) -> Column:
    """The column at these rows; a constant column of one row serves them all."""
    if isinstance(column, Numbers):
        error = None if column.error is None else _taken(column.error, rows)
        return Numbers(_taken(column.low, rows), _taken(column.high, rows), error)
    return _taken(column, rows)


def _taken(values: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[Any]:
    return values if len(values) == 1 else values[rows]


def _truths(spec: FactSpec, values: list[object]) -> Truths:
    def code(value: object) -> np.int8:
        if value is None:
            return UNKNOWN
        return TRUE if spec.read(value) else FALSE

    known = {True: TRUE, False: FALSE}
    return np.array([known[value] if isinstance(value, bool) else code(value) for value in values], dtype=np.int8)


def _codes(spec: FactSpec, values: list[object], encode: Callable[[object], int]) -> Codes:
    return np.array([NO_CODE if value is None else encode(spec.read(value)) for value in values], dtype=np.int64)


def _numbers(spec: FactSpec, values: list[object]) -> Numbers:
    """Floats that are the recorded numbers, or lie within `error` of them."""
    floats = np.array([_float(spec, value) for value in values], dtype=np.float64)
    unknown = np.isnan(floats)
    size = np.where(unknown, 0.0, np.abs(floats))
    low, high = np.where(unknown, -np.inf, floats), np.where(unknown, np.inf, floats)
    # Whole numbers that a float holds without rounding are exact; a Decimal may have lost its last digits.
    if bool(np.all((size == np.floor(size)) & (size < EXACT_LIMIT))) and _all_plain(values):
        return Numbers(low, high)
    return Numbers(low, high, np.where(size >= HUGE, np.inf, size * EPSILON + TINY))


def _all_plain(values: list[object]) -> bool:
    return all(value is None or type(value) in (int, float) for value in values)


def _float(spec: FactSpec, value: object) -> float:
    if value is None:
        return np.nan
    if type(value) is int:
        return _nearest(value)
    if isinstance(value, float) and isfinite(value) and abs(value) < HUGE:
        return value
    return _nearest(spec.read(value))  # type: ignore[arg-type]  # a number fact


def _nearest(value: Exact) -> float:
    """The float next to the number; numbers beyond all floats become HUGE and are settled exactly."""
    return float(value) if -HUGE < value < HUGE else (HUGE if value > 0 else -HUGE)


def nearest_numbers(value: Exact) -> Numbers:
    """A constant column."""
    number = _nearest(value)
    column = np.array([number])
    if number == value and abs(number) < EXACT_LIMIT:
        return Numbers(column, column)
    return Numbers(column, column, np.array([np.inf if abs(number) >= HUGE else abs(number) * EPSILON + TINY]))
