"""Measured limits of several laws on the same quantity: the strictest one, judgements and contradictions."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}
_DIRECTION = {"<": "upper", "<=": "upper", ">": "lower", ">=": "lower", "==": "exact"}


class Judgement(StrEnum):
    MEETS = "meets"
    EXCEEDS = "exceeds"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Limit:
    """One law's limit on one quantity.

    `owner` says whose it is (a rule's slug), `text` how the law puts it, `about` what is measured (the rule's title).
    """

    name: str
    op: str
    value: float
    unit: str = ""
    text: str = ""
    owner: str = ""
    about: str = field(default="", compare=False)

    @classmethod
    def of(cls, measure: Mapping[str, Any], owner: str, about: str = "") -> "Limit":
        """The limit in a rule version's `measure` JSON."""
        return cls(
            name=str(measure["name"]),
            op=str(measure["op"]),
            value=float(measure["value"]),
            unit=str(measure.get("unit") or ""),
            text=str(measure.get("limit") or ""),
            owner=owner,
            about=about,
        )

    @property
    def direction(self) -> str:
        """`upper`, `lower` or `exact`."""
        return _DIRECTION[self.op]

    def judge(self, measured: float | None) -> Judgement:
        """Whether the measured value keeps the limit; nothing measured is unknown, never kept."""
        if measured is None:
            return Judgement.UNKNOWN
        return Judgement.MEETS if _HOLDS[self.op](measured, self.value) else Judgement.EXCEEDS

    @property
    def _severity(self) -> tuple[float, bool]:
        sign = -1 if self.direction == "upper" else 1
        return sign * self.value, self.op in ("<", ">")


@dataclass(frozen=True)
class Conflict:
    """Two limits that no value can keep, or that are not in the same unit."""

    name: str
    first: Limit
    second: Limit
    reason: str  # "contradiction" | "units_differ"


def strictest(limits: Iterable[Limit]) -> list[Limit]:
    """Per quantity, unit and direction the one limit whose keeping keeps all the others; exact values all stay."""
    found: list[Limit] = []
    for (_, direction, _), group in groupby(sorted(limits, key=_kind), key=_kind):
        same = list(group)
        if direction == "exact":
            found.extend({limit.value: limit for limit in reversed(same)}.values())
        else:
            found.append(max(same, key=lambda limit: limit._severity))
    return found


def conflicts(limits: Iterable[Limit]) -> list[Conflict]:
    """Every pair of limits on one quantity that contradict each other."""
    rows = list(limits)
    pairs = ((a, b) for index, a in enumerate(rows) for b in rows[index + 1 :] if a.name == b.name)
    return [Conflict(a.name, a, b, reason) for a, b in pairs if (reason := _clash(a, b))]


def _clash(a: Limit, b: Limit) -> str:
    if a.unit != b.unit:
        return "units_differ"
    if a.direction == "exact" or b.direction == "exact":
        exact, other = (a, b) if a.direction == "exact" else (b, a)
        return "" if other.judge(exact.value) is Judgement.MEETS else "contradiction"
    if a.direction == b.direction:
        return ""
    upper, lower = (a, b) if a.direction == "upper" else (b, a)
    touches = lower.value == upper.value and "=" in lower.op and "=" in upper.op
    return "" if lower.value < upper.value or touches else "contradiction"


def _kind(limit: Limit) -> tuple[str, str, str]:
    return limit.name, limit.direction, limit.unit
