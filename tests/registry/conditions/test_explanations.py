"""Outcomes in Korean and English words."""

import json

import pytest

from registry.conditions import FactContext, because, evaluate, evaluate_amount, render, sentence, trace_to_dict
from tests.registry.conditions.builders import ask, read

Facts = dict[str, object]


@pytest.mark.parametrize(
    ("text", "facts", "korean", "english"),
    [
        (
            "area_m2 >= 30000",
            {"area_m2": 45_000},
            "연면적 45,000㎡ ≥ 30,000㎡",
            "Gross floor area 45,000 m² ≥ 30,000 m²",
        ),
        ("floors >= 6", {"floors": 5}, "지상 층수 5층 < 6층", "Floors above ground 5 < 6"),
        ("6 <= floors", {"floors": 7}, "지상 층수 7층 ≥ 6층", "Floors above ground 7 ≥ 6"),
        (
            "area_m2 >= 30000",
            {},
            "연면적 미입력 (조건: ≥ 30,000㎡)",
            "Gross floor area not recorded (condition: ≥ 30,000 m²)",
        ),
        ("status == 'planned'", {"status": "planned"}, "사업 단계 = 계획", "Status = Planned"),
        (
            "status == 'planned'",
            {"status": "operating"},
            "사업 단계: 운영 중 (계획 아님)",
            "Status: Operating (none of Planned)",
        ),
        (
            "company_size in ['sme', 'mid']",
            {"company_size": "mid"},
            "기업 규모: 중견기업 (중소기업, 중견기업 가운데 하나)",
            "Company size: Mid-sized (one of SME, Mid-sized)",
        ),
        ("is_leased", {"is_leased": True}, "임대형 여부: 예", "Leased: yes"),
        ("not is_leased", {"is_leased": False}, "임대형 여부: 아니요", "Leased: no"),
        ("is_leased", {}, "임대형 여부: 미입력", "Leased: not recorded"),
        (
            "opened_on < date('2024-01-01')",
            {"opened_on": "2025-03-01"},
            "운영 개시일 2025-03-01 ≥ 2024-01-01",
            "Opened on 2025-03-01 ≥ 2024-01-01",
        ),
        (
            "floors >= (2 if is_new else 3)",
            {"floors": 2, "is_new": True},
            "지상 층수 2층 ≥ 2층",
            "Floors above ground 2 ≥ 2",
        ),
        (
            "power_kw + new_kw > 10",
            {"power_kw": 9, "new_kw": 3},
            "계약전력 9kW + 신규 전력 3kW = 12kW > 10kW",
            "Contract power 9 kW + New power 3 kW = 12 kW > 10 kW",
        ),
        ("true", {}, "항상 해당", "always"),
    ],
)
def test_a_clause_reads_as_a_true_statement(text: str, facts: Facts, korean: str, english: str) -> None:
    trace = evaluate(read(text), FactContext(facts)).trace
    assert (render(trace, "ko"), render(trace, "en")) == (korean, english)


def test_a_partial_sum_says_that_it_is_partial() -> None:
    trace = ask("sum_of(area_m2) >= 30000", level="facility", buildings=[{"area_m2": 31_000}, {}]).trace
    assert render(trace, "ko") == "건물 합계 연면적 31,000㎡ 이상(일부 미입력) ≥ 30,000㎡"


def test_a_site_without_buildings_says_so() -> None:
    trace = ask("max_of(floors) >= 5", level="facility").trace
    assert render(trace, "en").endswith("no building recorded")


def test_division_by_zero_gives_its_reason() -> None:
    trace = ask("it_share < 0.5 and it_m2 / area_m2 < 0.5", it_m2=1, area_m2=0).trace
    assert trace_to_dict(trace.children[1])["reason"] == "division_by_zero"


def test_because_names_only_the_clauses_that_decide() -> None:
    text = "(floors >= 6 and area_m2 >= 2000) or is_new"
    assert because(ask(text, floors=7, area_m2=2500, is_new=False), "en") == (
        "Floors above ground 7 ≥ 6 and Gross floor area 2,500 m² ≥ 2,000 m²"
    )
    assert because(ask(text, floors=5, area_m2=2500, is_new=False), "ko") == "지상 층수 5층 < 6층 그리고 신축: 아니요"


def test_because_of_an_open_outcome_names_what_is_missing() -> None:
    assert because(ask("is_new or floors >= 6", is_new=False), "ko") == "미입력: 지상 층수"
    assert because(ask("is_new or floors >= 6", is_new=False), "en") == "Not recorded: Floors above ground"


def test_because_of_a_derived_fact_shows_its_formula() -> None:
    assert because(ask("is_high", floors=12), "en") == "High-rise: yes (Floors above ground 12 ≥ 11)"


def test_a_condition_reads_as_a_sentence() -> None:
    condition = read("not is_public and (floors >= 6 or any_of(is_new)) and status in ['planned']")
    assert sentence(condition, "ko") == (
        "공공기관 여부: 아니요 그리고 (지상 층수 ≥ 6층 또는 신축(한 동이라도): 예) 그리고 사업 단계: 계획 가운데 하나"
    )


def test_a_formula_shows_its_calculation() -> None:
    amount = evaluate_amount(read("0.5 * cost_krw", "facility", "number"), FactContext({"cost_krw": 3_000}))
    assert render(amount.trace, "ko") == "0.5 × 공사비 3,000원 = 1,500"
    assert render(amount.trace, "en") == "0.5 × Construction cost KRW 3,000 = 1,500"


def test_the_structured_trace_is_json_with_the_facts_of_each_clause() -> None:
    trace = ask("floors_total >= 7 and is_new", floors=5, cellars=3).trace
    entry = json.loads(json.dumps(trace_to_dict(trace)))
    first, second = entry["children"]
    assert (entry["op"], entry["value"]) == ("and", "unknown")
    assert first["facts"] == [{"key": "floors_total", "value": 8, "known": True}]
    assert first["children"][0]["op"] == "derived"
    assert second["facts"] == [{"key": "is_new", "value": None, "known": False}]


def test_the_trace_goes_down_to_each_building() -> None:
    trace = ask("any_of(is_new)", level="facility", buildings=[{"is_new": False}, {"is_new": True}]).trace
    assert [render(child, "en") for child in trace.children] == [
        "Building 1: New build: no",
        "Building 2: New build: yes",
    ]
