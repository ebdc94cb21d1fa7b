"""Reading the law over the API."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from registry.models import RuleVersion
from tests.factories import load_small_catalogue, make_incentive, make_ministry, make_rule, make_user, make_version

pytestmark = pytest.mark.django_db
api = APIClient()


@pytest.fixture
def amended() -> RuleVersion:
    """A rule whose second version began on 2026-07-01."""
    rule = make_rule("fire-x")
    make_version(rule, effective_from=date(2020, 1, 1), effective_until=date(2026, 7, 1))
    return make_version(
        rule, effective_from=date(2026, 7, 1), ministry=make_ministry("nfa"), penalty={"max_krw": 3000000}
    )


@pytest.mark.parametrize(("on", "number"), [("2026-06-30", 1), ("2026-07-01", 2)])
def test_a_rule_names_the_version_in_force_on_the_day_asked_about(amended: RuleVersion, on: str, number: int) -> None:
    rule = api.get("/api/rules/fire-x/", {"on": on}).json()
    assert (rule["in_force"]["number"], len(rule["versions"])) == (number, 2)


def test_a_rule_has_no_version_in_force_before_its_first(amended: RuleVersion) -> None:
    assert api.get("/api/rules/fire-x/", {"on": "2019-12-31"}).json()["in_force"] is None


def test_a_version_carries_ministry_citation_confidence_and_penalty(amended: RuleVersion) -> None:
    version = api.get(f"/api/rule-versions/{amended.pk}/").json()
    assert version["ministry"] == "nfa"
    assert version["citations"][0]["text"] == "건축법 제1조"
    assert (version["confidence"], version["penalty"]) == ("verified_text", {"max_krw": 3000000})


def test_versions_in_force_on_a_day_are_a_filter_away(amended: RuleVersion) -> None:
    rows = api.get("/api/rule-versions/", {"on": "2026-07-01", "ministry": "nfa"}).json()["results"]
    assert [row["id"] for row in rows] == [amended.pk]


def test_a_draft_is_not_law_and_not_shown() -> None:
    draft = make_version(status="draft")
    assert api.get(f"/api/rule-versions/{draft.pk}/").status_code == 404
    assert api.get(f"/api/rules/{draft.rule.slug}/").json()["versions"] == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_method_changes_a_rule_version(amended: RuleVersion, method: str) -> None:
    api = APIClient()
    api.force_authenticate(make_user("rule_admin"))
    response = getattr(api, method)(f"/api/rule-versions/{amended.pk}/", {"title_ko": "바꿈"}, format="json")
    assert response.status_code == 405
    assert RuleVersion.objects.get(pk=amended.pk).title_ko == amended.title_ko


@pytest.mark.parametrize("route", ["rules", "rule-versions", "topics", "ministries", "facts", "incentives"])
def test_nothing_of_the_law_is_added_over_the_api(route: str) -> None:
    api = APIClient()
    api.force_authenticate(make_user("rule_admin"))
    assert api.post(f"/api/{route}/", {}, format="json").status_code == 405


def test_a_day_that_is_no_day_is_an_error_that_says_so() -> None:
    load_small_catalogue()
    response = api.get("/api/rules/", {"on": "tomorrow"})
    assert (response.status_code, "YYYY-MM-DD" in response.json()["on"]) == (400, True)


def test_rules_are_filtered_by_topic_and_domain() -> None:
    load_small_catalogue()
    rows = api.get("/api/rules/", {"topic": "grid", "domain": "ict"}).json()["results"]
    assert [row["slug"] for row in rows] == ["ict-report"]


def test_a_page_has_as_many_rows_as_asked_for() -> None:
    load_small_catalogue()
    page = api.get("/api/rules/", {"page_size": 3}).json()
    assert (page["count"], len(page["results"]), page["next"] is not None) == (4, 3, True)


def test_an_incentive_has_the_status_of_the_day_asked_about() -> None:
    make_incentive("one-stop", recorded_status="enacted", in_force_from=date(2027, 3, 10))
    status = {
        day: api.get("/api/incentives/one-stop/", {"on": day}).json()["status"] for day in ("2027-03-09", "2027-03-10")
    }
    assert status == {"2027-03-09": "enacted", "2027-03-10": "in_force"}


def test_the_list_of_rules_takes_four_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_small_catalogue()
    with django_assert_num_queries(4):
        api.get("/api/rules/")


def test_ministries_of_a_day_are_those_in_charge_then() -> None:
    make_ministry("mofa-old", until=date(2025, 10, 1))
    make_ministry("mofa-new", since=date(2025, 10, 1))
    slugs = [row["slug"] for row in api.get("/api/ministries/", {"on": "2025-10-01"}).json()["results"]]
    assert slugs == ["mofa-new"]
