"""Laws that hold for every expression and every state of knowledge."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.conditions import (
    OUTCOMES,
    FactContext,
    FactTable,
    Level,
    Outcome,
    because,
    evaluate,
    evaluate_set,
    outcome_of,
    render,
    sentence,
    trace_to_dict,
)
from tests.registry.conditions.builders import VOCABULARY, read
from tests.registry.conditions.strategies import booleans, completed, contexts

relaxed = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
levels = pytest.mark.parametrize("level", [Level.FACILITY, Level.BUILDING])


def outcome(text: str, level: Level, context: FactContext) -> Outcome:
    return outcome_of(read(text, level), context)


@levels
@relaxed
@given(data=st.data())
def test_kleene_laws(level: Level, data: st.DataObject) -> None:
    a, b, c = (data.draw(booleans(level, 2)) for _ in range(3))
    context = data.draw(contexts(level))

    def same(one: str, other: str) -> bool:
        return outcome(one, level, context) is outcome(other, level, context)

    assert same(f"not not {a}", a)
    assert same(f"{a} and {b}", f"{b} and {a}")
    assert same(f"{a} or {b}", f"{b} or {a}")
    assert same(f"not ({a} and {b})", f"not {a} or not {b}")
    assert same(f"not ({a} or {b})", f"not {a} and not {b}")
    assert same(f"{a} and ({b} or {c})", f"({a} and {b}) or ({a} and {c})")
    assert same(f"{a} and true", a)
    assert same(f"{a} or false", a)
    assert outcome(f"{a} and false", level, context) is Outcome.DOES_NOT_APPLY
    assert outcome(f"{a} or true", level, context) is Outcome.APPLIES


@levels
@relaxed
@given(data=st.data())
def test_recording_a_missing_fact_never_flips_a_decided_outcome(level: Level, data: st.DataObject) -> None:
    condition = read(data.draw(booleans(level, 3)), level)
    before = data.draw(contexts(level))
    decided = outcome_of(condition, before)
    after = completed(before, data.draw)
    assert decided is Outcome.UNDETERMINED or outcome_of(condition, after) is decided


@levels
@relaxed
@given(data=st.data())
def test_many_at_once_gives_the_outcomes_of_one_by_one(level: Level, data: st.DataObject) -> None:
    subjects = data.draw(st.lists(contexts(level), max_size=5))
    table = FactTable(VOCABULARY, subjects)
    for text in data.draw(st.lists(booleans(level, 3), min_size=1, max_size=4)):
        condition = read(text, level)
        together = [OUTCOMES[code] for code in evaluate_set(condition, table)]
        assert together == [outcome_of(condition, subject) for subject in subjects], text


@levels
@relaxed
@given(data=st.data())
def test_only_an_undetermined_outcome_asks_and_only_for_what_is_not_recorded(level: Level, data: st.DataObject) -> None:
    context = data.draw(contexts(level))
    evaluation = evaluate(read(data.draw(booleans(level, 3)), level), context)
    assert evaluation.outcome is Outcome.UNDETERMINED or evaluation.missing == ()
    for key in evaluation.missing:
        spec = VOCABULARY[key]
        assert spec.derived is None
        sources = context.buildings if spec.level is Level.BUILDING else [context.values]
        assert not sources or any(source.get(key) is None for source in sources)


@levels
@relaxed
@given(data=st.data())
def test_everything_can_be_said_in_both_languages(level: Level, data: st.DataObject) -> None:
    evaluation = evaluate(read(data.draw(booleans(level, 3)), level), data.draw(contexts(level)))
    for language in ("ko", "en"):
        assert sentence(evaluation.condition, language)
        assert render(evaluation.trace, language)
        assert because(evaluation, language)
    named = {"true": Outcome.APPLIES, "false": Outcome.DOES_NOT_APPLY, "unknown": Outcome.UNDETERMINED}
    assert named[str(trace_to_dict(evaluation.trace)["value"])] is evaluation.outcome
