"""Pages of programmes, of those of a site, and of the special act."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from registry.facilities.facts import facts_on
from registry.facilities.vocabulary import current_vocabulary
from registry.incentives.pages import Ledger, ledger_of
from registry.incentives.search import IncentiveSearch
from registry.models import Facility, Incentive, Legislation, LegislativeEvent
from tests.factories import make_facility, make_incentive, make_ministry, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def ledger(facility: Facility, on: date = TODAY) -> Ledger:
    return ledger_of(facts_on(facility, on), list(Incentive.objects.all()), current_vocabulary(), on)


def slugs(cards: Any) -> list[str]:
    return [card.assessment.incentive.slug for card in cards]


def test_programmes_are_sorted_by_what_can_be_done_about_them() -> None:
    facility = make_facility(contract_power_kw=9000)
    make_incentive("yes", eligibility="contract_power_kw >= 1")
    make_incentive("soon", eligibility="contract_power_kw >= 1", recorded_status="bill")
    make_incentive("open", eligibility="it_load_kw >= 1")
    make_incentive("no", eligibility="contract_power_kw < 1")
    make_incentive("over", expires_on=date(2025, 12, 31))
    found = ledger(facility)
    parts = (found.open, found.coming, found.undetermined, found.not_eligible, found.expired)
    assert [slugs(part) for part in parts] == [["yes"], ["soon"], ["open"], ["no"], ["over"]]


def test_what_is_enacted_can_be_claimed_from_its_day_on() -> None:
    facility = make_facility()
    make_incentive("act", recorded_status="enacted", in_force_from=date(2027, 3, 10))
    assert slugs(ledger(facility, date(2027, 3, 9)).coming) == ["act"]
    assert slugs(ledger(facility, date(2027, 3, 10)).open) == ["act"]


def test_the_page_names_missing_facts_and_leads_to_their_form(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    make_facility(operator=user.operator, slug="site")
    make_incentive(eligibility="it_load_kw >= 100", title_ko="부하 지원")
    page = client.get("/facilities/site/incentives/").content.decode()
    assert "부하 지원" in page
    assert "/facilities/site/facts/?missing=it_load_kw" in page


def test_the_page_can_be_read_for_another_day(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    make_facility(operator=user.operator, slug="site")
    assert "2027-03-10 기준" in client.get("/facilities/site/incentives/?on=2027-03-10").content.decode()
    assert client.get("/facilities/site/incentives/?on=tomorrow").status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_of_a_site_takes_the_same_queries_for_any_number_of_programmes(
    client: Client, django_assert_num_queries: Callable[..., Any], count: int
) -> None:
    user = make_user()
    client.force_login(user)
    make_facility(operator=user.operator, slug="site", contract_power_kw=1)
    for _ in range(count):
        make_incentive(eligibility="contract_power_kw >= 1")
    with django_assert_num_queries(8):
        client.get("/facilities/site/incentives/")


def test_the_status_of_the_list_follows_from_the_day() -> None:
    make_incentive("act", recorded_status="enacted", in_force_from=date(2027, 3, 10))
    search = IncentiveSearch.of({"status": "in_force"})
    assert search.found(date(2027, 3, 9)) == []
    assert [row.slug for row in search.found(date(2027, 3, 10))] == ["act"]


def test_programmes_are_found_by_word_and_kind() -> None:
    make_incentive("a", title_ko="취득세 감면", kind="tax_credit")
    make_incentive("b", title_ko="취득세 유예", kind="loan")
    assert [row.slug for row in IncentiveSearch.of({"q": "취득세", "kind": "loan"}).found(TODAY)] == ["b"]


def test_a_programme_is_public_with_its_basis_and_open_points(client: Client) -> None:
    make_incentive(
        "credit",
        eligibility="contract_power_kw >= 10000",
        legal_basis=[{"instrument": "조세특례제한법", "kind": "법률", "article": "제24조", "paragraph": "①"}],
        obligations_ko=["2년 안에 팔지 말 것"],
        open_points_ko=["시행규칙 미정"],
        application={"authority_ko": "관할 세무서", "deadline": "신고기한"},
        exclusive_rule="choose_one",
        exclusive_with=["other"],
        statutory_clock={"grid_impact_assessment": "P150D"},
    )
    page = client.get("/incentives/credit/").content.decode()
    for text in (
        "조세특례제한법 제24조 ①",
        "2년 안에 팔지 말 것",
        "시행규칙 미정",
        "관할 세무서",
        "신고기한",
        "150일",
        "계약전력 ≥ 10,000kW",
        "하나만",
    ):
        assert text in page, text


def test_an_unknown_programme_is_not_there(client: Client) -> None:
    assert client.get("/incentives/nothing/").status_code == 404


def test_the_act_shows_events_with_uncertain_dates_as_such(client: Client) -> None:
    act = Legislation.objects.create(
        slug="act",
        name_ko="특별법",
        name_en="Act",
        number="법률 제21759호",
        ministry=make_ministry("msit"),
        confidence="secondary_source",
        data={
            "one_stop": {
                "article": "제18조",
                "bundles": [{"slug": "x", "name_ko": "동의", "period": "P40D", "item": "제5호"}],
            },
            "bills": [{"slug": "kim", "sponsor_ko": "김의원"}],
            "features": [{"name_ko": "일괄처리", "name_en": "One-stop", "in": {"kim": "inferred_yes"}}],
            "delegated": [
                {"article": "제2조", "parameter_ko": "규모 기준", "parameter_en": "Size", "status": "unknown"}
            ],
            "unknowns_ko": ["부칙 전문"],
        },
    )
    LegislativeEvent.objects.create(
        legislation=act, stage="proposed", event_ko="발의", date_window=[None, "2025-11-07"], confidence="unverified"
    )
    page = client.get("/act/").content.decode()
    for text in ("2025-11-07 이전", "timeline__item--uncertain", "40일", "김의원", "추정", "규모 기준", "부칙 전문"):
        assert text in page, text


def test_without_a_catalogue_the_act_page_says_so(client: Client) -> None:
    assert "규정집을 불러오면" in client.get("/act/").content.decode()
