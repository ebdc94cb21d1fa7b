"""What the condition field is told while one types."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_fact, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule_admin(client: Client) -> Client:
    client.force_login(make_user("rule_admin"))
    make_fact("floors_above")
    make_fact("contract_power_kw")
    return client


def check(client: Client, text: str, level: str = "building", kind: str = "boolean") -> dict[str, object]:
    reading: dict[str, object] = client.post(
        reverse("admin:condition-check"), {"text": text, "level": level, "kind": kind}
    ).json()
    return reading


def test_a_condition_is_read_back_as_a_sentence(rule_admin: Client) -> None:
    reading = check(rule_admin, "floors_above >= 6")

    assert reading["ok"]
    assert "지상 층수" in str(reading["sentence"])


def test_an_error_names_its_place_and_what_was_perhaps_meant(rule_admin: Client) -> None:
    reading = check(rule_admin, "true and floor_above >= 6")

    assert not reading["ok"]
    assert reading["position"] == 9
    assert "floors_above" in str(reading["suggestions"])


def test_places_are_counted_as_browsers_count(rule_admin: Client) -> None:
    reading = check(rule_admin, "'😀' == floor_above")

    assert reading["position"] == 8


def test_the_subject_decides_which_facts_are_in_reach(rule_admin: Client) -> None:
    assert check(rule_admin, "floors_above >= 6", level="building")["ok"]
    assert not check(rule_admin, "floors_above >= 6", level="facility")["ok"]


def test_a_formula_is_a_number(rule_admin: Client) -> None:
    assert check(rule_admin, "contract_power_kw * 1000", level="facility", kind="number")["ok"]
    assert not check(rule_admin, "contract_power_kw > 1", level="facility", kind="number")["ok"]


@pytest.mark.parametrize("text", ["(" * 5000, "'" * 1000, "__import__('os')", "9**9**9", "a" * 200_000])
def test_hostile_text_is_an_answer_not_a_crash(rule_admin: Client, text: str) -> None:
    assert check(rule_admin, text)["ok"] is False


def test_the_fact_list_has_what_is_needed_to_choose(rule_admin: Client) -> None:
    facts = rule_admin.get(reverse("admin:condition-facts")).json()["facts"]

    found = next(fact for fact in facts if fact["key"] == "floors_above")
    assert (found["level"], found["aggregates"]) == ("building", ["sum_of", "max_of"])
    assert found["unit"]


def test_the_fact_list_is_one_query(rule_admin: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]  # session, user, facts
        rule_admin.get(reverse("admin:condition-facts"))
