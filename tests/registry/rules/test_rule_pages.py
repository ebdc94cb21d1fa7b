"""The public rule catalogue: what it finds, what it shows, and how many queries that takes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from registry.rules.search import RuleSearch, current_versions
from tests.factories import make_ministry, make_rule, make_topic, make_version

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def found(**query: str) -> set[str]:
    return set(RuleSearch.of(query).found(TODAY).values_list("rule__slug", flat=True))


def test_a_rule_is_listed_by_the_version_that_binds_today() -> None:
    rule = make_rule("grid")
    make_version(rule, effective_from=date(2024, 6, 14), effective_until=date(2027, 3, 10))
    make_version(rule, effective_from=date(2027, 3, 10))
    assert [row.number for row in current_versions(TODAY)] == [1]
    assert [row.number for row in current_versions(date(2027, 3, 10))] == [2]


def test_a_rule_to_come_is_listed_already() -> None:
    make_version(make_rule("soon"), effective_from=date(2027, 5, 28))
    assert found() == {"soon"}


def test_a_rule_that_ended_or_is_only_drafted_is_not_listed() -> None:
    make_version(make_rule("over"), effective_until=date(2026, 1, 1))
    make_version(make_rule("draft"), status="draft")
    assert found() == set()


def test_words_are_found_as_korean_substrings_in_title_requirement_and_citation() -> None:
    make_version(make_rule("a"), title_ko="옥내소화전설비 설치")
    make_version(make_rule("b"), requirement_ko="소화전을 둔다.")
    make_version(make_rule("c"), articles=["제23조의2"])
    assert found(q="소화전") == {"a", "b"}
    assert found(q="제23조의2") == {"c"}


def test_all_words_must_occur() -> None:
    make_version(make_rule("a"), title_ko="옥내소화전설비 설치")
    make_version(make_rule("b"), title_ko="옥외소화전설비 설치")
    assert found(q="소화전 옥외") == {"b"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ministry", "nfa"),
        ("topic", "fire"),
        ("domain", "energy"),
        ("confidence", "unverified"),
        ("binding", "effort"),
    ],
)
def test_each_filter_narrows_the_list(name: str, value: str) -> None:
    rule = make_rule("wanted", topic=make_topic("fire"), domain="energy")
    make_version(rule, ministry=make_ministry("nfa"), confidence="unverified", binding="effort")
    make_version(make_rule("other"))
    assert found(**{name: value}) == {"wanted"}


def test_the_list_is_public_and_htmx_gets_the_results_alone(client: Client) -> None:
    make_version(make_rule("fire-x"))
    assert "<html" in client.get("/rules/").content.decode()
    results = client.get("/rules/", headers={"HX-Request": "true"}).content.decode()
    assert results.strip().startswith('<div id="results"')
    assert "/rules/fire-x/" in results


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_takes_the_same_queries_for_any_number_of_rules(
    client: Client, django_assert_num_queries: Callable[..., Any], count: int
) -> None:
    for _ in range(count):
        make_version()
    with django_assert_num_queries(6):  # count, page, citations, statutes, ministries, topics
        client.get("/rules/")


def test_a_rule_shows_all_that_the_research_says(client: Client) -> None:
    make_version(
        make_rule("fire-x"),
        condition="floors_above >= 6",
        articles=["제12조", "부칙 제5조"],
        penalty={"kind": "과태료", "max_krw": 3000000, "basis": "제61조", "note": "조치명령 위반은 무겁다"},
        recurrence={"every": "P1Y", "anchor": "calendar:01-31", "note": "월별 아님"},
        deadline={"within": "P14D", "of": "선임일"},
        measure={"name": "pue", "op": "<=", "value": 1.8, "limit": "<= 1.8 (도입기)", "unit": ""},
        thresholds=[{"name": "floors_above", "op": ">=", "value": 6, "unit": "층", "is_fact": True}],
        upcoming=[{"on": "2027-03-10", "note_ko": "일괄처리로 신청", "source": "특별법 제18조"}],
        condition_confidence="secondary_source",
        applies_note_ko="소급하지 않는다",
        source_note="원문 확인",
    )
    page = client.get("/rules/fire-x/").content.decode()
    for text in (
        "지상 층수 ≥ 6층",
        "floors_above &gt;= 6",
        "제12조",
        "부칙 제5조",
        "과태료 3,000,000원 이하",
        "조치명령 위반은 무겁다",
        "매년 1월 31일까지",
        "월별 아님",
        "선임일부터 14일 안",
        "≤ 1.8 (도입기)",
        "일괄처리로 신청",
        "특별법 제18조",
        "조문 확인",
        "2차 자료",
        "소급하지 않는다",
        "원문 확인",
    ):
        assert text in page, text


def test_every_published_version_is_shown_and_no_draft(client: Client) -> None:
    rule = make_rule("fire-x")
    make_version(rule, effective_until=date(2020, 1, 1), requirement_ko="옛 요구")
    make_version(rule, effective_from=date(2020, 1, 1), requirement_ko="새 요구")
    make_version(rule, status="draft", requirement_ko="초안 요구")
    page = client.get("/rules/fire-x/").content.decode()
    assert page.index("새 요구") < page.index("옛 요구")
    assert "초안 요구" not in page


def test_a_rule_without_published_versions_is_not_there(client: Client) -> None:
    make_version(make_rule("draft"), status="draft")
    assert client.get("/rules/draft/").status_code == 404
    assert client.get("/rules/nothing/").status_code == 404


@pytest.mark.parametrize("text", ["'; drop table", "%", "\\", "<script>", "🔥" * 200, " "])
def test_odd_search_words_do_no_harm(client: Client, text: str) -> None:
    make_version()
    response = client.get("/rules/", {"q": text, "page": "-3", "ministry": "nobody' or 1=1"})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("</head>")[1]
