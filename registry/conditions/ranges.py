"""Exact numbers of which perhaps only a bound is known, and three-valued truth.

A value is known (an int or a Fraction; a bool, a str, a date), partly known (a `Range`) or unknown (None).
Every function here is sound: what it decides stays decided, whatever the unknown parts turn out to be.
"""

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from registry.conditions.facts import Exact


@dataclass(frozen=True, slots=True)
class Range:
    """A number between two bounds, each included; None is no bound."""

    low: Exact | None
    high: Exact | None


Quantity = Exact | Range | None
Value = bool | Exact | str | date | Range | None

# The two sides are of one kind: conditions are checked before they are evaluated.
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def span(low: Exact | None, high: Exact | None) -> Quantity:
    """The simplest value with these bounds."""
    if low is None and high is None:
        return None
    return low if low == high else Range(low, high)


def low_of(value: Quantity) -> Exact | None:
    return value.low if isinstance(value, Range) else value


def high_of(value: Quantity) -> Exact | None:
    return value.high if isinstance(value, Range) else value


def is_known(value: Value) -> bool:
    return value is not None and not isinstance(value, Range)


def compare(sign: str, left: Value, right: Value) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(left, Range) or isinstance(right, Range):
        return _compare_ranges(sign, left, right)  # type: ignore[arg-type]  # checked: both are numbers
    return _OPERATORS[sign](left, right)


def _compare_ranges(sign: str, left: Quantity, right: Quantity) -> bool | None:
    match sign:
        case "<":
            return _is_below(left, right)
        case ">":
            return _is_below(right, left)
        case ">=":
            return negated(_is_below(left, right))
        case "<=":
            return negated(_is_below(right, left))
    apart = _is_below(left, right) is True or _is_below(right, left) is True
    if not apart:
        return None
    return sign == "!="


def _is_below(left: Quantity, right: Quantity) -> bool | None:
    left_low, left_high, right_low, right_high = low_of(left), high_of(left), low_of(right), high_of(right)
    if left_high is not None and right_low is not None and left_high < right_low:
        return True
    if left_low is not None and right_high is not None and left_low >= right_high:
        return False
    return None


def negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def either(one: Value, other: Value) -> Value:
    """The value when nobody knows which of the two it is."""
    if one is None or other is None:
        return None
    if one == other:
        return one
    if isinstance(one, bool | str | date) or isinstance(other, bool | str | date):
        return None
    return span(_all_known(min, (low_of(one), low_of(other))), _all_known(max, (high_of(one), high_of(other))))


def _all_known(choose: Callable[[list[Exact]], Exact], bounds: Iterable[Exact | None]) -> Exact | None:
    known = list(bounds)
    return None if None in known else choose(known)  # type: ignore[arg-type]  # no None left


def negative(value: Quantity) -> Quantity:
    if isinstance(value, Range):
        return span(negative(value.high), negative(value.low))  # type: ignore[arg-type]  # bounds are numbers
    return None if value is None else -value


def add(left: Quantity, right: Quantity) -> Quantity:
    if left is None or right is None:
        return None
    if not isinstance(left, Range) and not isinstance(right, Range):
        return left + right
    return span(_sum(low_of(left), low_of(right)), _sum(high_of(left), high_of(right)))


def _sum(one: Exact | None, other: Exact | None) -> Exact | None:
    return None if one is None or other is None else one + other


def subtract(left: Quantity, right: Quantity) -> Quantity:
    return add(left, negative(right))


def multiply(left: Quantity, right: Quantity) -> Quantity:
    if left is None or right is None:
        return None
    if not isinstance(left, Range) and not isinstance(right, Range):
        return left * right
    if isinstance(left, Range) and isinstance(right, Range):
        return _product_of_ranges(left, right)
    return _scaled(left, right) if isinstance(left, Range) else _scaled(right, left)  # type: ignore[arg-type]


def _scaled(value: Range, factor: Exact) -> Quantity:
    low = None if value.low is None else value.low * factor
    high = None if value.high is None else value.high * factor
    return span(low, high) if factor >= 0 else span(high, low)


def _product_of_ranges(left: Range, right: Range) -> Quantity:
    if left.low is None or right.low is None or left.low < 0 or right.low < 0:
        return None
    high = None if left.high is None or right.high is None else left.high * right.high
    return span(left.low * right.low, high)


def divide(left: Quantity, right: Quantity) -> Quantity:
    """Unknown when the divisor is zero or not exactly known."""
    if left is None or right is None or isinstance(right, Range) or right == 0:
        return None
    return multiply(left, simplest(Fraction(1) / right))


ARITHMETIC: dict[str, Callable[[Quantity, Quantity], Quantity]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
}


def simplest(value: Exact) -> Exact:
    return value.numerator if value.denominator == 1 else value


def smallest(values: list[Quantity]) -> Quantity:
    return negative(largest([negative(value) for value in values]))


def largest(values: list[Quantity]) -> Quantity:
    """At least the largest known lower bound; no upper bound while one of them has none."""
    lows = [low for low in map(low_of, values) if low is not None]
    return span(max(lows) if lows else None, _all_known(max, map(high_of, values)))


def total(values: list[Quantity], *, never_negative: bool) -> Quantity:
    """The sum. Unknown parts that are never negative leave the known ones as a lower bound."""
    if all(value is None for value in values):
        return None
    lows = [0 if value is None and never_negative else low_of(value) for value in values]
    highs = [high_of(value) for value in values]
    return span(_all_known(sum, lows), _all_known(sum, highs))


def conjunction(values: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def disjunction(values: Iterable[bool | None]) -> bool | None:
    result: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result
