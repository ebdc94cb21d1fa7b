"""Hypothesis strategies: well-typed expressions over the test vocabulary, and facts that fit them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from registry.conditions import FactContext, FactSpec, FactType, Level
from tests.registry.conditions.builders import SPECS, VOCABULARY

Facts = dict[str, object]
Draw = Callable[[SearchStrategy[Facts]], Facts]

NUMBERS = [0, 1, 2, 5, 11, 30, 0.1, 0.2, 0.3, 2.5, 22.9, 1000, 2**53, 2**53 + 1, 10**22, 10**300]
LITERALS = [*map(str, NUMBERS[:-1]), "0.30", "9007199254740993", "0.30000000000000001"]
DAYS = [date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 1)]


def names(type_: set[FactType], level: Level) -> list[str]:
    visible = list(Level)[: list(Level).index(level) + 1]
    return [spec.key for spec in SPECS if spec.type in type_ and spec.level in visible]


def of_buildings(type_: set[FactType]) -> list[str]:
    return [spec.key for spec in SPECS if spec.type in type_ and spec.level is Level.BUILDING]


NUMERIC = {FactType.INTEGER, FactType.NUMBER}


@lru_cache
def numbers(level: Level, depth: int) -> SearchStrategy[str]:
    leaves = st.sampled_from(names(NUMERIC, level) + LITERALS)
    sums = st.builds("{}({})".format, st.sampled_from(["sum_of", "max_of"]), st.sampled_from(of_buildings(NUMERIC)))
    if depth == 0:
        return leaves | sums
    part = numbers(level, depth - 1)
    return st.one_of(
        leaves,
        sums,
        st.builds("({} {} {})".format, part, st.sampled_from("+-*/"), part),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), part, part),
        st.builds("(-{})".format, part),
        st.builds("({} if {} else {})".format, part, booleans(level, depth - 1), part),
    )


@lru_cache
def booleans(level: Level, depth: int) -> SearchStrategy[str]:
    leaves = st.one_of(
        st.sampled_from([*names({FactType.BOOLEAN}, level), "true", "false"]),
        st.builds("any_of({})".format, st.sampled_from(of_buildings({FactType.BOOLEAN}))),
        st.sampled_from(["status == 'planned'", "fuel != 'gas'", "company_size in ['sme', 'mid']", "note == 'x'"]),
        st.builds("opened_on {} date('2024-12-31')".format, st.sampled_from(["<", "<=", ">", ">=", "==", "!="])),
    )
    if depth == 0:
        return leaves
    part, number = booleans(level, depth - 1), numbers(level, depth - 1)
    return st.one_of(
        leaves,
        st.builds("({} {} {})".format, number, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), number),
        st.builds("({} in [{}, {}])".format, number, st.sampled_from(LITERALS), st.sampled_from(LITERALS)),
        st.builds("({} and {})".format, part, part),
        st.builds("({} or {})".format, part, part),
        st.builds("(not {})".format, part),
        st.builds("({} if {} else {})".format, part, part, part),
        st.builds("(('sme' if {} else 'mid') == company_size)".format, part),
    )


def value_of(spec: FactSpec) -> SearchStrategy[object]:
    match spec.type:
        case FactType.BOOLEAN:
            return st.booleans()
        case FactType.CHOICE:
            return st.sampled_from([choice.value for choice in spec.choices])
        case FactType.DATE:
            return st.sampled_from(DAYS)
        case FactType.TEXT:
            return st.sampled_from(["x", "y"])
        case _:
            return st.sampled_from(NUMBERS) | st.sampled_from([Decimal("0.3"), Decimal("22.9")])


@lru_cache
def facts(*levels: Level) -> SearchStrategy[Facts]:
    fitting = {spec.key: value_of(spec) for spec in SPECS if spec.level in levels}
    return st.fixed_dictionaries({}, optional=fitting)


@st.composite
def contexts(draw: st.DrawFn, level: Level) -> FactContext:
    """A facility, or the first building of one, with up to three buildings."""
    shared = draw(facts(Level.OPERATOR, Level.FACILITY))
    buildings = draw(st.lists(facts(Level.BUILDING), min_size=int(level is Level.BUILDING), max_size=3))
    own = buildings[0] if level is Level.BUILDING else {}
    return FactContext({**shared, **own}, buildings)


def completed(context: FactContext, draw: Draw) -> FactContext:
    """The same site after somebody recorded some of the missing base facts."""
    shared = {key: value for key, value in context.values.items() if VOCABULARY[key].level is not Level.BUILDING}
    is_building = len(shared) < len(context.values)
    shared = _base(draw(facts(Level.OPERATOR, Level.FACILITY))) | shared
    buildings = [_base(draw(facts(Level.BUILDING))) | dict(own) for own in context.buildings]
    return FactContext(shared | buildings[0] if is_building else shared, buildings)


def _base(values: Facts) -> Facts:
    return {key: value for key, value in values.items() if VOCABULARY[key].derived is None}
