"""Eligibility and status of programmes."""

from datetime import date

import pytest

from registry.facilities.facts import BuildingFacts, SiteFacts
from registry.incentives.assessment import IncentiveAssessment, assess_incentives
from registry.models import Incentive
from tests.law.lawbook import shipped_law

ACT_EVE, ACT_DAY = date(2027, 3, 9), date(2027, 3, 10)


def _site(on: date, **facts: object) -> SiteFacts:
    """Facility facts, as the engine takes them."""
    return SiteFacts(on=on, operator={}, facility=facts, buildings=(BuildingFacts(None, "본관"),))  # type: ignore[arg-type]


def _incentive(**fields: object) -> Incentive:
    return Incentive(
        slug="grant", **{"eligibility": "capital_investment_krw > 0", "recorded_status": "in_force", **fields}
    )


def _assess(incentive: Incentive, on: date = ACT_EVE, **facts: object) -> IncentiveAssessment:
    return assess_incentives(_site(on, **facts), [incentive], shipped_law().vocabulary, on)[0]


def _shipped(slug: str) -> Incentive:
    return next(incentive for incentive in shipped_law().incentives if incentive.slug == slug)


@pytest.mark.parametrize(("investment", "outcome"), [(1, "eligible"), (0, "not_eligible"), (None, "undetermined")])
def test_the_condition_decides(investment: int | None, outcome: str) -> None:
    assert _assess(_incentive(), ACT_EVE, capital_investment_krw=investment).outcome == outcome


@pytest.mark.parametrize(("on", "status"), [(ACT_EVE, "enacted"), (ACT_DAY, "in_force")])
def test_the_special_act_comes_into_force_by_itself(on: date, status: str) -> None:
    row = _assess(_shipped("aidc-special-zone-designation"), on, region_class="non_capital")
    assert (row.outcome, row.status, row.is_prospective) == ("eligible", status, status == "enacted")


def test_what_is_not_law_yet_says_so() -> None:
    row = _assess(_shipped("aidc-special-zone-designation"), ACT_EVE, region_class="non_capital")
    assert row.because("ko").startswith("2027-03-10부터 시행됩니다.")
    assert row.because("en").startswith("In force from 2027-03-10.")


def test_an_undefined_ai_data_centre_leaves_the_act_undetermined() -> None:
    row = _assess(_shipped("aidc-grid-assessment-exemption"), ACT_DAY, region_class="non_capital", project_type="new")
    assert row.outcome == "undetermined"
    assert "is_ai_data_center" in row.missing


@pytest.mark.parametrize(("on", "outcome"), [(date(2026, 12, 31), "eligible"), (date(2027, 1, 1), "not_eligible")])
def test_the_last_day_still_counts(on: date, outcome: str) -> None:
    row = _assess(_incentive(expires_on=date(2026, 12, 31)), on, capital_investment_krw=1)
    assert row.outcome == outcome


def test_an_expired_programme_is_open_to_nobody_and_names_its_end() -> None:
    row = _assess(_incentive(expires_on=date(2026, 5, 31)))
    assert (row.outcome, row.status, row.missing) == ("not_eligible", "expired", ())
    assert row.because("ko") == "2026-05-31에 끝난 제도입니다."


@pytest.mark.parametrize("status", ["bill", "announced"])
def test_no_date_makes_a_bill_law(status: str) -> None:
    row = _assess(_incentive(recorded_status=status), date(2040, 1, 1), capital_investment_krw=1)
    assert (row.outcome, row.status, row.is_prospective) == ("eligible", status, True)


def test_an_amount_counts_only_for_the_eligible() -> None:
    incentive = _incentive(benefit_formula="0.5 * construction_cost_krw")
    undecided = _assess(incentive, construction_cost_krw=1000)
    assert (undecided.estimate_krw, undecided.net_krw, undecided.if_eligible_krw) == (None, None, 500)
    barred = _assess(incentive, construction_cost_krw=1000, capital_investment_krw=0)
    assert (barred.estimate_krw, barred.if_eligible_krw, barred.lines) == (None, None, ())
