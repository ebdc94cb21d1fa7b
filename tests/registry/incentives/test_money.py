"""Gross and net benefit, to the won."""

import pytest

from registry.conditions import FactContext
from registry.incentives.money import Benefit, benefit_of
from registry.models import Incentive
from tests.law.lawbook import shipped_law

SURTAX = {"instrument": "농어촌특별세법", "article": "제5조", "rate": 0.2, "applies_to": "감면세액"}
LOCAL = "0.85 * acquisition_tax_krw + 0.5 * property_tax_krw_first_5y"


def _benefit(incentive: Incentive, **facts: object) -> Benefit:
    return benefit_of(incentive, FactContext(facts, ({},)), shipped_law().vocabulary)


def _shipped(slug: str) -> Incentive:
    return next(incentive for incentive in shipped_law().incentives if incentive.slug == slug)


def test_without_surtax_net_is_gross() -> None:
    benefit = _benefit(Incentive(benefit_formula="0.5 * construction_cost_krw"), construction_cost_krw=1001)
    assert (benefit.gross_krw, benefit.net_krw) == (500, 500)


def test_amounts_are_exact_and_rounded_down_once_at_the_end() -> None:
    incentive = Incentive(benefit_formula="0.1 * construction_cost_krw", surtax=SURTAX)
    benefit = _benefit(incentive, construction_cost_krw=99)  # 9.9 gross, 1.98 surtax
    assert (benefit.gross_krw, benefit.net_krw) == (9, 7)


def test_the_surtax_falls_on_all_of_a_tax_credit() -> None:
    facts = {"company_size": "mid", "capital_investment_krw": 900_000_000_000}
    benefit = _benefit(_shipped("tax-general-investment-credit"), **facts)
    assert (benefit.gross_krw, benefit.net_krw) == (45_000_000_000, 36_000_000_000)


def test_the_surtax_falls_on_the_acquisition_tax_alone() -> None:
    incentive = Incentive(benefit_formula=LOCAL, surtax={**SURTAX, "taxed_facts": ["acquisition_tax_krw"]})
    benefit = _benefit(incentive, acquisition_tax_krw=1000, property_tax_krw_first_5y=1000)
    assert (benefit.gross_krw, benefit.net_krw) == (1350, 1350 - 170)
    assert benefit.lines[-1].amount_krw == -170


@pytest.mark.parametrize(
    "slug", ["local-odz-acquisition-property", "local-industrial-complex", "local-population-decline"]
)
def test_shipped_local_taxes_can_be_told_apart(slug: str) -> None:
    facts = {
        "ordinance_extra_rate": 0.25,
        "region_class": "non_capital",
        "in_population_decline_area": True,
        "acquisition_tax_krw": 5_000_000_000,
        "property_tax_krw_first_5y": 1_000_000_000,
        "property_tax_krw_years6to8": 600_000_000,
    }
    benefit = _benefit(_shipped(slug), **facts)
    without_property_tax = _benefit(_shipped(slug), **{**facts, **dict.fromkeys(list(facts)[-2:], 0)})
    assert benefit.gross_krw is not None and benefit.net_krw is not None and without_property_tax.gross_krw is not None
    assert benefit.gross_krw - benefit.net_krw == without_property_tax.gross_krw // 5


def test_a_formula_that_does_not_fall_apart_has_no_net_and_says_why() -> None:
    formula = "min(acquisition_tax_krw, property_tax_krw_first_5y)"
    incentive = Incentive(benefit_formula=formula, surtax={**SURTAX, "taxed_facts": ["acquisition_tax_krw"]})
    benefit = _benefit(incentive, acquisition_tax_krw=10, property_tax_krw_first_5y=20)
    assert (benefit.gross_krw, benefit.net_krw) == (10, None)
    assert "나눌 수 없어" in benefit.lines[-1].text_ko


def test_nothing_is_computed_from_an_unknown_parameter() -> None:
    benefit = _benefit(_shipped("local-government-dc-subsidies"), sido="전남", capital_investment_krw=900_000_000_000)
    assert (benefit.gross_krw, benefit.net_krw, benefit.missing) == (None, None, ("local_grant_rate",))
    assert "계산할 수 없음" in benefit.lines[0].text_ko


def test_an_additional_credit_is_added_when_it_can_be_computed() -> None:
    facts = {
        "company_size": "mid",
        "ai_facility_investment_krw": 1000,
        "government_grant_krw": 0,
        "total_eligible_investment_krw": 1000,
        "prior3y_avg_investment_krw": 400,
    }
    benefit = _benefit(_shipped("tax-aidc-national-strategic-facility"), **facts)
    assert (benefit.gross_krw, benefit.net_krw) == (150 + 60, 168)


def test_an_additional_credit_that_cannot_be_computed_is_stated() -> None:
    facts = {"company_size": "mid", "ai_facility_investment_krw": 1000, "government_grant_krw": 0}
    benefit = _benefit(_shipped("tax-aidc-national-strategic-facility"), **facts)
    assert (benefit.gross_krw, benefit.net_krw) == (150, 120)
    assert benefit.missing == ("prior3y_avg_investment_krw", "total_eligible_investment_krw")
    assert any("추가 혜택" in line.text_ko and line.amount_krw is None for line in benefit.lines)


def test_a_deferral_is_no_saving() -> None:
    benefit = _benefit(_shipped("tax-odz-capital-gain-deferral"), deferred_gain_krw=1000)
    assert (benefit.gross_krw, benefit.net_krw) == (1000, None)


def test_a_grant_larger_than_the_investment_gives_nothing_back() -> None:
    facts = {"company_size": "mid", "ai_facility_investment_krw": 100, "government_grant_krw": 300}
    assert _benefit(_shipped("tax-aidc-national-strategic-facility"), **facts).gross_krw == 0


def test_floor_area_is_a_quantity_not_money() -> None:
    benefit = _benefit(_shipped("zoning-green-far"), far_bonus_rate=0.11, permitted_gross_floor_area_m2=10_000)
    assert (benefit.gross_krw, benefit.net_krw) == (None, None)
    assert benefit.lines[0].text_ko.endswith("1,100 ㎡")
