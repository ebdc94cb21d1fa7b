"""Many subjects at once: exact where floats are not, sharing what conditions have in common."""

import time
from decimal import Decimal

import pytest

from registry.conditions import OUTCOMES, FactContext, FactTable, FactValueError, Vocabulary, evaluate_all, evaluate_set
from tests.registry.conditions.builders import SPECS, VOCABULARY, read


def outcomes(text: str, *subjects: FactContext) -> list[str]:
    return [OUTCOMES[code].value for code in evaluate_set(read(text), FactTable(VOCABULARY, subjects))]


def kw(value: object, new: object = None) -> FactContext:
    return FactContext({"power_kw": value, "new_kw": new})


def test_each_subject_has_its_outcome() -> None:
    assert outcomes("power_kw >= 10", kw(10), kw(9.9), kw(None)) == ["applies", "does_not_apply", "undetermined"]


def test_ties_that_floats_would_miss_are_decided_exactly() -> None:
    assert outcomes("power_kw + new_kw <= 0.3", kw(0.1, 0.2), kw(Decimal("0.1000000000000000001"), 0.2)) == [
        "applies",
        "does_not_apply",
    ]


def test_numbers_beyond_the_floats_are_decided_exactly() -> None:
    assert outcomes("power_kw > 9007199254740992", kw(2**53 + 1), kw(2**53)) == ["applies", "does_not_apply"]
    assert outcomes("power_kw * power_kw > new_kw", kw(10**200, 10**399), kw(10**200, 10**400)) == [
        "applies",
        "does_not_apply",
    ]


def test_division_by_zero_stays_unknown() -> None:
    assert outcomes("power_kw / new_kw < 2", kw(1, 0), kw(1, 1)) == ["undetermined", "applies"]


def test_each_subject_sees_the_buildings_of_its_own_site() -> None:
    one, two = [{"it_m2": 400}], [{"it_m2": 400}, {"it_m2": 200}, {}]
    sites = [FactContext({}, one), FactContext({}), FactContext({}, two)]
    assert outcomes("sum_of(it_m2) >= 500", *sites) == ["does_not_apply", "undetermined", "applies"]


def test_a_constant_condition_has_an_outcome_for_everyone() -> None:
    assert outcomes("true", kw(1), kw(2)) == ["applies", "applies"]
    assert outcomes("1 / 3 * 3 == 1", kw(1), kw(2)) == ["applies", "applies"]
    assert outcomes("true") == []


def test_a_value_of_the_wrong_type_is_an_error_here_too() -> None:
    with pytest.raises(FactValueError):
        outcomes("power_kw > 1", kw("ten"))
    with pytest.raises(FactValueError):
        outcomes("power_kw > 1", kw(float("inf")))


def test_a_table_of_another_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="different vocabularies"):
        evaluate_set(read("true"), FactTable(Vocabulary(SPECS), [kw(1)]))


def test_two_hundred_conditions_over_ten_thousand_buildings_take_seconds_at_most() -> None:
    conditions = {
        f"rule-{n}": read(f"(floors >= {n % 40} and area_m2 >= {n * 100.5}) or is_high or sum_of(it_m2) >= {n}")
        for n in range(200)
    }
    subjects = [
        FactContext({"floors": n % 50, "area_m2": n * 2.5, "is_public": n % 2 == 0}, [{"it_m2": n % 700}])
        for n in range(10_000)
    ]
    started = time.perf_counter()
    results = evaluate_all(conditions, FactTable(VOCABULARY, subjects))
    assert time.perf_counter() - started < 10
    assert len(results) == 200 and {len(column) for column in results.values()} == {10_000}
