"""Three values, exact numbers, and facts that are derived."""

from datetime import date
from decimal import Decimal

import pytest

from registry.conditions import FactContext, FactValueError, outcome_of, parse
from tests.registry.conditions.builders import VOCABULARY, ask, outcome


@pytest.mark.parametrize(("floors", "expected"), [(6, "applies"), (5, "does_not_apply"), (None, "undetermined")])
def test_a_threshold_applies_from_its_value_on(floors: int | None, expected: str) -> None:
    assert outcome("floors >= 6", floors=floors) == expected


def test_a_fact_nobody_recorded_is_unknown_and_never_no() -> None:
    assert outcome("is_new") == "undetermined"
    assert outcome("not is_new") == "undetermined"
    assert outcome("floors != 6") == "undetermined"
    assert outcome("status in ['planned']") == "undetermined"
    assert outcome("floors >= 0") == "undetermined"


def test_one_false_part_decides_and_and_one_true_part_decides_or() -> None:
    assert outcome("is_new and is_leased", is_new=False) == "does_not_apply"
    assert outcome("is_new or is_leased", is_leased=True) == "applies"
    assert outcome("is_new and is_leased", is_new=True) == "undetermined"


def test_decimals_are_exact() -> None:
    assert outcome("0.1 + 0.2 <= 0.3") == "applies"
    assert outcome("power_kw + new_kw == 0.3", power_kw=0.1, new_kw=0.2) == "applies"
    assert outcome("power_kw == 22.9", power_kw=Decimal("22.9")) == "applies"
    assert outcome("power_kw * 3 == 1", power_kw=Decimal(1) / 3) == "does_not_apply"


def test_division_by_zero_is_unknown_and_asks_for_nothing() -> None:
    evaluation = ask("it_m2 / area_m2 < 0.5", it_m2=10, area_m2=0)
    assert (evaluation.outcome, evaluation.missing) == ("undetermined", ())


def test_dates_compare_by_the_calendar() -> None:
    assert outcome("opened_on >= date('2024-12-31')", opened_on="2024-12-31") == "applies"
    assert outcome("opened_on >= date('2024-12-31')", opened_on=date(2024, 12, 30)) == "does_not_apply"


def test_an_unknown_condition_matters_only_where_the_branches_differ() -> None:
    assert outcome("floors >= (2 if is_new else 2)", floors=2) == "applies"
    assert outcome("floors >= (2 if is_new else 5)", floors=3) == "undetermined"
    assert outcome("floors >= (2 if is_new else 5)", floors=5) == "applies"


def test_min_and_max_decide_as_soon_as_one_side_is_enough() -> None:
    assert outcome("max(floors, cellars) >= 6", floors=7) == "applies"
    assert outcome("min(floors, cellars) >= 6", floors=5) == "does_not_apply"
    assert outcome("max(floors, cellars) >= 6", floors=5) == "undetermined"


def test_a_chain_is_one_comparison_after_the_other() -> None:
    assert outcome("3 <= floors < 11", floors=11) == "does_not_apply"
    assert outcome("3 <= floors < 11", floors=3) == "applies"


def test_a_derived_fact_is_computed() -> None:
    assert outcome("floors_total >= 7", floors=5, cellars=2) == "applies"


def test_a_recorded_value_of_a_derived_fact_wins_over_its_formula() -> None:
    assert outcome("floors_total >= 7", floors=5, cellars=2, floors_total=6) == "does_not_apply"
    assert outcome("is_high", floors=2, cellars=0, is_high=True) == "applies"


def test_a_value_of_the_wrong_type_is_an_error_and_not_an_outcome() -> None:
    with pytest.raises(FactValueError, match="Fact floors: 'six' is not a number"):
        outcome("floors >= 6", floors="six")
    with pytest.raises(FactValueError, match="is not true or false"):
        outcome("is_new", is_new=1)
    with pytest.raises(FactValueError, match="not a finite number"):
        outcome("floors >= 6", floors=float("nan"))


def test_a_formula_has_no_outcome() -> None:
    formula = parse("power_kw", VOCABULARY, result="number")
    with pytest.raises(TypeError):
        outcome_of(formula, FactContext({}))
