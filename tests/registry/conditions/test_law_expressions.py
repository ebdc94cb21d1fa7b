"""Conditions in the shapes the legal catalogue uses, at the level of their subject."""

import pytest

from registry.conditions import Choice, FactContext, Level, Vocabulary, evaluate, evaluate_amount, parse
from tests.registry.conditions.builders import spec

REGIONS = (Choice("overconcentration"), Choice("growth_management"), Choice("non_capital"))
PROJECTS = (Choice("new"), Choice("expansion"), Choice("conversion"))

LAW = Vocabulary(
    [
        spec("sido", "facility", "choice", choices=(Choice("서울"), Choice("강원"), Choice("전북"), Choice("전남"))),
        spec("region_class", "facility", "choice", choices=REGIONS),
        spec("project_type", "facility", "choice", choices=PROJECTS),
        spec("new_power_demand_kw", "facility", "number", minimum=0),
        spec("contract_power_kw", "facility", "number", minimum=0),
        spec("planned_contract_power_kw", "facility", "number", "contract_power_kw + new_power_demand_kw"),
        spec("used_power_before_20240614", "facility", "boolean"),
        spec("is_ai_data_center", "facility", "boolean"),
        spec("aidc_exempt_capacity_kw", "facility", "number", minimum=0),
        spec("local_grant_rate", "facility", "number", minimum=0, maximum=1),
        spec("capital_investment_krw", "facility", "integer", minimum=0),
        spec("ordinance_extra_rate", "facility", "number", minimum=0, maximum=0.5),
        spec("acquisition_tax_krw", "facility", "integer", minimum=0),
        spec("gross_floor_area_m2", "building", "number", minimum=0),
        spec("use_approval_date", "building", "date"),
        spec("ups_battery_type", "building", "choice", choices=(Choice("lithium_ion"), Choice("none"))),
        spec("ups_battery_kwh", "building", "number", minimum=0),
        spec("permit_application_date", "building", "date"),
    ]
)

GRID = (
    "(new_power_demand_kw >= 10000 or (planned_contract_power_kw >= 10000 and new_power_demand_kw > 0"
    " and contract_power_kw < 10000 and not used_power_before_20240614)) and not (is_ai_data_center"
    " and region_class == 'non_capital' and project_type in ['new', 'expansion', 'conversion']"
    " and new_power_demand_kw <= aidc_exempt_capacity_kw)"
)
BATTERY_ROOM = (
    "ups_battery_type == 'lithium_ion' and ups_battery_kwh > 20 and permit_application_date >= date('2024-12-31')"
)
MAINTENANCE = "gross_floor_area_m2 >= 30000 or (gross_floor_area_m2 >= 5000 and use_approval_date > date('2024-10-29'))"
AI_CENTRE = {"new_power_demand_kw": 40_000, "is_ai_data_center": True, "region_class": "non_capital"}
AI_CENTRE |= {"project_type": "new"}


@pytest.mark.parametrize(
    ("facts", "expected", "missing"),
    [
        ({"new_power_demand_kw": 10_000, "is_ai_data_center": False}, "applies", ()),
        ({"new_power_demand_kw": 0}, "does_not_apply", ()),
        (AI_CENTRE, "undetermined", ("aidc_exempt_capacity_kw",)),
        (AI_CENTRE | {"aidc_exempt_capacity_kw": 40_000}, "does_not_apply", ()),
        (AI_CENTRE | {"aidc_exempt_capacity_kw": 39_999}, "applies", ()),
        (
            {"new_power_demand_kw": 3_000, "contract_power_kw": 9_000, "is_ai_data_center": False},
            "undetermined",
            ("used_power_before_20240614",),
        ),
    ],
)
def test_grid_impact_with_its_exemption(facts: dict[str, object], expected: str, missing: tuple[str, ...]) -> None:
    evaluation = evaluate(parse(GRID, LAW, level=Level.FACILITY), FactContext(facts))
    assert (evaluation.outcome, evaluation.missing) == (expected, missing)


@pytest.mark.parametrize(
    ("applied_on", "expected"),
    [("2024-12-31", "applies"), ("2024-12-30", "does_not_apply"), (None, "undetermined")],
)
def test_a_battery_room_is_caught_from_the_day_of_the_amendment(applied_on: str | None, expected: str) -> None:
    facts = {"ups_battery_type": "lithium_ion", "ups_battery_kwh": 500, "permit_application_date": applied_on}
    assert evaluate(parse(BATTERY_ROOM, LAW, level=Level.BUILDING), FactContext(facts)).outcome == expected


@pytest.mark.parametrize(
    ("area", "approved_on", "expected"),
    [
        (30_000, None, "applies"),
        (29_999, "2024-10-29", "does_not_apply"),
        (5_000, "2024-10-30", "applies"),
        (5_000, None, "undetermined"),
        (4_999.9, None, "does_not_apply"),
    ],
)
def test_a_phased_duty_follows_size_and_approval(area: float, approved_on: str | None, expected: str) -> None:
    facts = {"gross_floor_area_m2": area, "use_approval_date": approved_on}
    assert evaluate(parse(MAINTENANCE, LAW, level=Level.BUILDING), FactContext(facts)).outcome == expected


def test_a_grant_is_capped_by_the_province() -> None:
    text = (
        "min(local_grant_rate * capital_investment_krw, 35000000000 if sido == '강원' else"
        " 30000000000 if sido == '전북' else 100000000000 if sido == '전남' else 5000000000)"
    )
    formula = parse(text, LAW, level=Level.FACILITY, result="number")
    facts = {"local_grant_rate": 0.1, "capital_investment_krw": 400_000_000_000}
    assert evaluate_amount(formula, FactContext(facts | {"sido": "강원"})).value == 35_000_000_000
    assert evaluate_amount(formula, FactContext(facts | {"sido": "전남"})).value == 40_000_000_000


def test_a_relief_rate_is_compared_exactly() -> None:
    text = "(0.85 if 0.50 + ordinance_extra_rate >= 1.0 else 0.50 + ordinance_extra_rate) * acquisition_tax_krw"
    formula = parse(text, LAW, level=Level.FACILITY, result="number")
    for rate, expected in [(0.5, 850), (0.3, 800), (0, 500)]:
        context = FactContext({"ordinance_extra_rate": rate, "acquisition_tax_krw": 1000})
        assert evaluate_amount(formula, context).value == expected
