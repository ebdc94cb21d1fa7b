"""Formulas come to exact amounts or say what they still need."""

from fractions import Fraction

from tests.registry.conditions.builders import amount

CREDIT = "(0.10 if company_size == 'sme' else 0.075 if company_size == 'mid' else 0.01) * cost_krw"


def test_an_amount_is_exact() -> None:
    assert amount(CREDIT, company_size="mid", cost_krw=1_000_001).value == Fraction("75000.075")


def test_an_amount_that_lacks_a_fact_names_it() -> None:
    result = amount(CREDIT, company_size="sme")
    assert (result.value, result.missing) == (None, ("cost_krw",))


def test_an_unknown_rate_leaves_the_range_it_can_have() -> None:
    result = amount(CREDIT, cost_krw=1000)
    assert (result.value, result.at_least, result.at_most) == (None, 10, 100)
    assert result.missing == ("company_size",)


def test_a_cap_is_known_before_the_amount() -> None:
    result = amount("min(rate * cost_krw, 500)", rate=0.5)
    assert (result.value, result.at_most) == (None, 500)
    assert amount("min(rate * cost_krw, 500)", rate=0.5, cost_krw=2000).value == 500


def test_a_yes_is_counted_with_if() -> None:
    assert amount("(rate + 0.02 * (1 if is_leased else 0)) * 100", rate=0.1, is_leased=True).value == 12


def test_division_by_zero_is_no_amount() -> None:
    assert amount("cost_krw / power_kw", cost_krw=1, power_kw=0).value is None
