"""Cycles, deadlines, penalties and thresholds as people say them."""

from typing import Any

import pytest
from django.utils import translation

from registry.conditions import FactSpec, FactType, Level
from registry.rules.wording import deadline_words, penalty_words, period_words, recurrence_words, threshold_words

SPECS = {
    "use_approval_date": FactSpec("use_approval_date", Level.BUILDING, FactType.DATE, "", "사용승인일", "Use approval"),
    "gross_floor_area_m2": FactSpec(
        "gross_floor_area_m2", Level.BUILDING, FactType.NUMBER, "㎡", "연면적", "Gross floor area"
    ),
}


@pytest.mark.parametrize(
    ("period", "words"),
    [("P1Y", "1년"), ("P1Y6M", "1년 6개월"), ("PT24H", "24시간"), ("PT0S", ""), ("P0D", ""), ("매월", "매월")],
)
def test_periods(period: str, words: str) -> None:
    assert period_words(period) == words


@pytest.mark.parametrize(
    ("recurrence", "words"),
    [
        ({"every": "P1Y", "anchor": "calendar:01-31"}, "매년 1월 31일까지"),
        ({"every": "P1M", "anchor": "calendar:01-31"}, "1개월마다, 1월 31일 기준"),
        ({"every": "P3Y", "anchor": "use_approval_date"}, "3년마다, 사용승인일부터"),
        (
            {"every": "P3Y", "anchor": "use_approval_date", "first_after": "P10Y"},
            "3년마다, 사용승인일부터 (첫 회는 10년 뒤)",
        ),
        (None, ""),
    ],
)
def test_recurrences(recurrence: dict[str, Any] | None, words: str) -> None:
    assert recurrence_words(recurrence, SPECS) == words


@pytest.mark.parametrize(
    ("within", "of", "words"),
    [
        ("P14D", "선임일", "선임일부터 14일 안"),
        ("P3M", "before_permit_application", "허가 신청 3개월 전까지"),
        ("PT0S", "before_energisation", "전기 사용 개시 전까지"),
        ("PT0S", "accident(지체 없이)", "사고 발생(지체 없이)"),
        ("PT0S", "accident", "사고 발생: 지체 없이"),
        ("P0D", "사용 시작 전", "사용 시작 전"),
        ("P3Y", "improvement_notice(착공)", "개선 통보(착공)부터 3년 안"),
    ],
)
def test_deadlines(within: str, of: str, words: str) -> None:
    assert deadline_words({"within": within, "of": of}) == words


def test_a_penalty_without_an_amount_has_a_formula_elsewhere() -> None:
    assert penalty_words({"kind": "과징금", "max_krw": None}) == "과징금"
    assert penalty_words({"kind": "징역", "max_krw": 30000000}) == "징역 또는 벌금 30,000,000원 이하"


def test_thresholds_speak_the_label_of_their_fact_or_the_name_of_the_research() -> None:
    threshold = {"name": "gross_floor_area_m2", "op": ">=", "value": 30000, "unit": "㎡"}
    assert threshold_words(threshold, SPECS) == "연면적 ≥ 30,000㎡"
    assert threshold_words({"name": "spacing_m", "op": "<=", "value": 2, "unit": "m"}, SPECS) == "spacing_m ≤ 2 m"


def test_thresholds_speak_english_too() -> None:
    threshold = {"name": "gross_floor_area_m2", "op": ">=", "value": 30000, "unit": "㎡"}
    with translation.override("en"):
        assert threshold_words(threshold, SPECS) == "Gross floor area ≥ 30,000 m²"
