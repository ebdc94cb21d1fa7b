"""Arrays of unknown, partly known and known values, and the operations of `ranges` on whole columns.

Truth is 0 (false), 1 (unknown) or 2 (true), so that Kleene's "and" is the minimum and "or" the maximum.
Numbers are floats with a bound on their error. Where that error could tip a comparison the row is *doubtful*,
and the caller settles it by exact arithmetic; everywhere else the float result is the exact one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Truths = NDArray[np.int8]
Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

FALSE, UNKNOWN, TRUE = np.int8(0), np.int8(1), np.int8(2)
NO_CODE = -1
EXACT_LIMIT = 2.0**53
EPSILON = 2.0**-51
# Smaller differences than this may be lost in a float; larger magnitudes may overflow one.
TINY, HUGE = 1e-290, 1e290


@dataclass(frozen=True)
class Numbers:
    """Bounds of each row (infinite: none) and how far they may be off; `error` None: not at all."""

    low: Floats
    high: Floats
    error: Floats | None = None

    @property
    def known(self) -> Mask:
        return np.equal(self.low, self.high)

    @property
    def unknown(self) -> Mask:
        return np.isneginf(self.low) & np.isposinf(self.high)

    @property
    def magnitude(self) -> Floats:
        low, high = np.abs(self.low), np.abs(self.high)
        return np.maximum(np.where(np.isfinite(low), low, 0.0), np.where(np.isfinite(high), high, 0.0))

    @property
    def errors(self) -> Floats:
        return np.zeros(1) if self.error is None else self.error


def unbounded(size: int) -> Numbers:
    return Numbers(np.full(size, -np.inf), np.full(size, np.inf))


def settled(low: Floats, high: Floats, error: Floats | None) -> Numbers:
    """The result of a calculation with its rounding added; whole numbers that fit stay exact."""
    result = Numbers(low, high)
    size = result.magnitude
    if error is None and bool(np.all(size < EXACT_LIMIT)):
        return result
    off = (np.zeros(1) if error is None else error) + size * EPSILON + TINY
    wild = (size > HUGE) | np.isnan(low) | np.isnan(high)
    off = np.where(wild | np.isnan(off), np.inf, off)
    return Numbers(np.where(wild, 0.0, low), np.where(wild, 0.0, high), off)


def joint_error(*parts: Numbers) -> Floats | None:
    if all(part.error is None for part in parts):
        return None
    total = np.zeros(1)
    for part in parts:
        total = total + part.errors
    return total


def negative(value: Numbers) -> Numbers:
    return Numbers(-value.high, -value.low, value.error)


def add(left: Numbers, right: Numbers) -> Numbers:
    return settled(left.low + right.low, left.high + right.high, joint_error(left, right))


def extreme(choose: Callable[[Floats, Floats], Floats], left: Numbers, right: Numbers) -> Numbers:
    """`np.minimum` or `np.maximum` of two columns."""
    return Numbers(choose(left.low, right.low), choose(left.high, right.high), joint_error(left, right))


def multiply(left: Numbers, right: Numbers) -> tuple[Numbers, Mask]:
    """The product where both are known, and the rows where only one bound is: those are doubtful."""
    known, unknown = left.known & right.known, left.unknown | right.unknown
    a, b = np.where(known, left.low, 0.0), np.where(known, right.low, 0.0)
    error = None
    if left.error is not None or right.error is not None:
        error = np.abs(a) * right.errors + np.abs(b) * left.errors + left.errors * right.errors
    product = settled(a * b, a * b, error)
    return _only(known, product), ~known & ~unknown


def divide(left: Numbers, right: Numbers) -> tuple[Numbers, Mask]:
    """The quotient where both are known and the divisor is certainly not zero."""
    sure = np.abs(right.low) > 2 * right.errors
    known = left.known & right.known & sure
    zero = right.known & (right.low == 0.0) & (right.errors == 0.0)
    a, b = np.where(known, left.low, 0.0), np.where(known, right.low, 1.0)
    off = np.where(known, right.errors, 0.0)
    error = (left.errors + np.abs(a / b) * off) / (np.abs(b) - off)
    quotient = settled(a / b, a / b, error)
    hopeless = left.unknown | ~right.known | zero
    return _only(known, quotient), ~known & ~hopeless


def _only(rows: Mask, value: Numbers) -> Numbers:
    return Numbers(np.where(rows, value.low, -np.inf), np.where(rows, value.high, np.inf), value.error)


def either(one: Numbers, other: Numbers) -> Numbers:
    unknown = one.unknown | other.unknown
    hull = Numbers(np.minimum(one.low, other.low), np.maximum(one.high, other.high), joint_error(one, other))
    return _only(~unknown, hull)


def pick(chosen: Truths, then: Numbers, otherwise: Numbers) -> Numbers:
    """Row by row the branch that was chosen; their common range where nobody knows."""
    both = either(then, otherwise)
    low = np.where(chosen == TRUE, then.low, np.where(chosen == FALSE, otherwise.low, both.low))
    high = np.where(chosen == TRUE, then.high, np.where(chosen == FALSE, otherwise.high, both.high))
    return Numbers(low, high, joint_error(then, otherwise))


def compare_numbers(sign: str, left: Numbers, right: Numbers) -> tuple[Truths, Mask]:
    """The truth of each row, and the rows too close to call in floats."""
    if sign in ("==", "!="):
        equal = np.where(left.known & right.known & (left.low == right.low), TRUE, UNKNOWN)
        apart = (left.high < right.low) | (right.high < left.low)
        truth = np.where(apart, FALSE, equal)
    elif sign in ("<", ">="):
        truth = _below(left, right)
    else:
        truth = _below(right, left)
    if sign in ("!=", ">=", "<="):
        truth = TRUE - truth
    return truth.astype(np.int8), _close(left, right)


def _below(left: Numbers, right: Numbers) -> Truths:
    truth = np.where(left.low >= right.high, FALSE, UNKNOWN)
    return np.where(left.high < right.low, TRUE, truth)


def _close(left: Numbers, right: Numbers) -> Mask:
    if left.error is None and right.error is None:
        return np.zeros(1, dtype=np.bool_)
    tolerance = 2 * (left.errors + right.errors)
    return (np.abs(left.high - right.low) <= tolerance) | (np.abs(left.low - right.high) <= tolerance)


def compare_codes(sign: str, left: Codes, right: Codes) -> Truths:
    """Dates by their day, texts by their number; texts are only ever compared for equality."""
    holds = {
        "==": np.equal,
        "!=": np.not_equal,
        "<": np.less,
        "<=": np.less_equal,
        ">": np.greater,
        ">=": np.greater_equal,
    }[sign](left, right)
    unknown = (left == NO_CODE) | (right == NO_CODE)
    return np.where(unknown, UNKNOWN, np.where(holds, TRUE, FALSE)).astype(np.int8)


def compare_truths(sign: str, left: Truths, right: Truths) -> Truths:
    unknown = (left == UNKNOWN) | (right == UNKNOWN)
    holds = (left == right) if sign == "==" else (left != right)
    return np.where(unknown, UNKNOWN, np.where(holds, TRUE, FALSE)).astype(np.int8)
