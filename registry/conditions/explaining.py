"""Traces in words. Each line states what is: a floor limit that is not reached reads "5 < 6", not "5 ≥ 6: no"."""

from dataclasses import dataclass

from registry.conditions.checking import kind_of
from registry.conditions.evaluation import Evaluation
from registry.conditions.facts import FactSpec, Kind
from registry.conditions.nodes import (
    OPPOSITE,
    Aggregate,
    And,
    Choose,
    Comparison,
    Fact,
    Member,
    Node,
    Not,
    Or,
    Text,
    Truth,
)
from registry.conditions.ranges import Value, is_known
from registry.conditions.sentences import Phrases, facing, is_literal, measured
from registry.conditions.traces import Reading, TraceNode, plain, value_name
from registry.conditions.wording import SIGNS, label, tongue, value_text

Json = dict[str, object]


def render(trace: TraceNode, language: str) -> str:
    """The clause in one line, with the values it was decided by."""
    return _Lines(tongue(language), explain=False).line(trace)


def because(evaluation: Evaluation, language: str) -> str:
    """Only the clauses that decide the outcome; while it is undetermined, the facts still missing."""
    language = tongue(language)
    lines = _Lines(language, explain=True)
    if evaluation.missing:
        specs = evaluation.condition.vocabulary
        return lines.say("missing", ", ".join(label(specs[key], language) for key in evaluation.missing))
    return lines.line(evaluation.trace)


def trace_to_dict(trace: TraceNode) -> Json:
    """The whole tree for JSON, with its lines in both languages."""
    entry: Json = {"op": trace.op, "value": value_name(trace), "ko": render(trace, "ko"), "en": render(trace, "en")}
    if trace.reason:
        entry["reason"] = trace.reason
    entry["facts"] = [_fact_entry(reading) for reading in trace.facts]
    entry["children"] = [trace_to_dict(child) for child in trace.children]
    return entry


def _fact_entry(reading: Reading) -> Json:
    entry: Json = {"key": reading.key, "value": plain(reading.value), "known": reading.is_known}
    return entry | ({"over_buildings": reading.function} if reading.function else {})


@dataclass(frozen=True)
class _Lines:
    language: str
    explain: bool

    def say(self, name: str, *parts: object) -> str:
        return Phrases({}, self.language).say(name, *parts)

    def line(self, trace: TraceNode) -> str:
        text = self.clause(trace)
        return text if trace.building is None else self.say("building", trace.building, text)

    def clause(self, trace: TraceNode) -> str:
        match trace.node:
            case Truth(value):
                return self.say("always" if value else "never")
            case And() | Or() | Choose() if kind_of(trace.node, trace.condition.vocabulary) is Kind.BOOLEAN:
                return self.compound(trace)
            case Not():
                return self.line(trace.children[0])
            case Comparison():
                return self.comparison(trace, trace.node)
            case Member():
                return self.member(trace, trace.node)
            case Fact(key) | Aggregate(_, Fact(key)):
                return self.fact(trace, trace.node, key)
            case _:
                return self.number(trace)

    def phrases(self, trace: TraceNode) -> Phrases:
        return Phrases(trace.condition.vocabulary, self.language, trace.read)

    def compound(self, trace: TraceNode) -> str:
        """The deciding clauses; they all hold, so they are joined by "and" whatever the connective was."""
        deciding = deciding_clauses(trace)
        if trace.value is not None:
            return self.say("and").join(dict.fromkeys(self.line(child) for child in deciding))
        lines = [self.open_line(child) if len(deciding) > 1 else self.line(child) for child in deciding]
        return self.say("or" if isinstance(trace.node, Or) else "and").join(dict.fromkeys(lines))

    def open_line(self, trace: TraceNode) -> str:
        is_group = isinstance(trace.node, And | Or) and len(deciding_clauses(trace)) > 1
        return f"({self.line(trace)})" if is_group else self.line(trace)

    def fact(self, trace: TraceNode, node: Fact | Aggregate, key: str) -> str:
        spec = trace.condition.vocabulary[key]
        value = self.say(trace.reason) if trace.reason else value_text(trace.value, spec, self.language)
        text = f"{self.phrases(trace).name(node)}: {value}"
        if self.explain and trace.is_derived and isinstance(trace.value, bool):
            text += f" ({_Lines(self.language, explain=False).line(trace.children[0])})"
        return text

    def comparison(self, trace: TraceNode, node: Comparison) -> str:
        phrases = self.phrases(trace)
        sign, left, right = facing(node)
        spec = measured(left, phrases.specs) or measured(right, phrases.specs)
        if trace.value is None:
            text = self.say("condition", phrases.side(left, spec), f"{SIGNS[sign]} {phrases.side(right, spec)}")
            return f"{text}: {self.say(trace.reason)}" if trace.reason else text
        holding = sign if trace.value else OPPOSITE[sign]
        if holding == "==" and isinstance(left, Fact | Aggregate) and is_literal(right):
            return f"{phrases.name(left)} = {phrases.side(right, spec)}"
        if holding == "!=" and isinstance(left, Fact) and isinstance(right, Text):
            value = value_text(trace.read(left), spec, self.language)
            return self.say("is_none_of", phrases.name(left), value, phrases.side(right, spec))
        return f"{self.side(trace, left, spec)} {SIGNS[holding]} {self.side(trace, right, spec)}"

    def side(self, trace: TraceNode, node: Node, spec: FactSpec | None) -> str:
        """A side with its values; what is calculated also shows its result."""
        text = self.phrases(trace).side(node, spec)
        if is_literal(node) or isinstance(node, Fact | Aggregate | Choose):
            return text
        return f"{text} = {value_text(trace.read(node), spec, self.language)}"

    def member(self, trace: TraceNode, node: Member) -> str:
        phrases = self.phrases(trace)
        spec = measured(node.subject, phrases.specs)
        options = phrases.options(node)
        bare = Phrases(phrases.specs, self.language)
        value = value_text(trace.read(node.subject), spec, self.language)
        if trace.value is None:
            return self.say("condition", f"{bare.side(node.subject)} {value}", options)
        is_inside = trace.value is not node.negated
        if is_inside and len(node.options) == 1:
            return f"{bare.side(node.subject)} = {value}"
        return self.say("is_one_of" if is_inside else "is_none_of", bare.side(node.subject), value, options)

    def number(self, trace: TraceNode) -> str:
        text = self.phrases(trace).side(trace.node)
        if is_literal(trace.node):
            return text
        result: Value = trace.value
        shown = self.say(trace.reason) if trace.reason else value_text(result, None, self.language)
        return f"{text} = {shown}"


def deciding_clauses(trace: TraceNode) -> tuple[TraceNode, ...]:
    """The children without which the value would not be what it is."""
    match trace.node:
        case And() if trace.value is False:
            return tuple(child for child in trace.children if child.value is False)
        case Or() if trace.value is True:
            return tuple(child for child in trace.children if child.value is True)
    if trace.value is None:
        return tuple(child for child in trace.children if not is_known(child.value))
    return trace.children
