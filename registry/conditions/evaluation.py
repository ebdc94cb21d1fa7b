"""Three-valued evaluation of one condition for one subject."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from registry.conditions.condition import Condition
from registry.conditions.facts import Exact, Kind
from registry.conditions.missing import missing_facts
from registry.conditions.ranges import Quantity, Value, high_of, is_known, low_of
from registry.conditions.scope import FactContext
from registry.conditions.traces import TraceNode, trace_of


class Outcome(StrEnum):
    APPLIES = "applies"
    DOES_NOT_APPLY = "does_not_apply"
    UNDETERMINED = "undetermined"


def outcome_for(value: Value) -> Outcome:
    if value is None:
        return Outcome.UNDETERMINED
    return Outcome.APPLIES if value is True else Outcome.DOES_NOT_APPLY


@dataclass(frozen=True)
class Evaluation:
    """The outcome, and on request why: the trace and the facts still missing are worked out when asked for."""

    condition: Condition
    context: FactContext = field(repr=False)
    outcome: Outcome

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The facts nobody recorded that could still change the result."""
        return missing_facts(self.condition, self.context.scope(self.condition.vocabulary))

    @cached_property
    def trace(self) -> TraceNode:
        return trace_of(self.condition, self.context.scope(self.condition.vocabulary))


@dataclass(frozen=True)
class Amount:
    """What a formula comes to. While it is not known exactly, the bounds that are known already."""

    condition: Condition
    context: FactContext = field(repr=False)
    value: Exact | None
    at_least: Exact | None
    at_most: Exact | None

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The facts nobody recorded that could still change the result."""
        return missing_facts(self.condition, self.context.scope(self.condition.vocabulary))

    @cached_property
    def trace(self) -> TraceNode:
        return trace_of(self.condition, self.context.scope(self.condition.vocabulary))


def outcome_of(condition: Condition, context: FactContext) -> Outcome:
    """The bare outcome, as cheaply as possible."""
    return outcome_for(_value(condition, context, Kind.BOOLEAN))


def evaluate(condition: Condition, context: FactContext) -> Evaluation:
    return Evaluation(condition, context, outcome_of(condition, context))


def evaluate_amount(formula: Condition, context: FactContext) -> Amount:
    """The exact amount; the caller rounds."""
    value: Quantity = _value(formula, context, Kind.NUMBER)  # type: ignore[assignment]  # a checked formula
    known = value if is_known(value) else None
    return Amount(formula, context, known, low_of(value), high_of(value))  # type: ignore[arg-type]


def _value(condition: Condition, context: FactContext, kind: Kind) -> Value:
    if condition.kind is not kind:
        raise TypeError(f"`{condition.text}` yields {condition.kind}, not {kind}")
    return condition.value(context.scope(condition.vocabulary))
