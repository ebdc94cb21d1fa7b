"""Entering facts: any subset, only what changed, and never by accident."""

import pytest
from django.test import Client
from django.utils.timezone import localdate

from registry.facilities.facts import facts_on
from registry.models import Building, FactValue, User
from tests.factories import make_facility, make_fact, make_user, record_facts
from tests.registry.facilities.fact_form_posts import open_form, save_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client: Client) -> User:
    user = make_user(display_name="김시설")
    client.force_login(user)
    return user


@pytest.fixture
def building(user: User) -> Building:
    """Three facts of the theme `building`, of which the floors above are known."""
    for key in ("floors_above", "floors_below", "building_use"):
        make_fact(key)
    return make_facility(operator=user.operator, slug="site", floors_above=3).buildings.get()


def address(building: Building) -> str:
    return f"/facilities/site/facts/?section=building:{building.pk}/building"


def known(building: Building) -> dict[str, object]:
    return dict(facts_on(building.facility, localdate()).buildings[0].facts)


def test_one_field_can_be_saved_alone(client: Client, building: Building) -> None:
    form = open_form(client, address(building), building)
    response = save_form(client, address(building), form, floors_below="1")
    assert response.status_code == 302
    assert known(building) == {"floors_above": 3, "floors_below": 1}


def test_only_what_was_changed_is_recorded(client: Client, building: Building) -> None:
    form = open_form(client, address(building), building)
    save_form(client, address(building), form, floors_above="4", source_note="건축물대장")
    newest = FactValue.objects.exclude(source_note="").values_list("definition__key", "value")
    assert list(newest) == [("floors_above", 4)]


def test_nothing_changed_records_nothing(client: Client, building: Building) -> None:
    form = open_form(client, address(building), building)
    save_form(client, address(building), form)
    assert FactValue.objects.count() == 1


def test_large_numbers_are_read_as_they_are_written(client: Client, building: Building) -> None:
    make_fact("gross_floor_area_m2")
    form = open_form(client, address(building), building)
    save_form(client, address(building), form, gross_floor_area_m2="45,000.5")
    assert known(building)["gross_floor_area_m2"] == 45000.5


def test_yes_no_and_unknown_are_three_answers(client: Client, building: Building) -> None:
    make_fact("has_sprinkler")
    there = f"/facilities/site/facts/?section=building:{building.pk}/fire"
    form = open_form(client, there, building)
    assert form["fact-has_sprinkler"] == ""
    save_form(client, there, form, has_sprinkler="false")
    assert known(building)["has_sprinkler"] is False


def test_emptying_a_known_value_asks_first(client: Client, building: Building) -> None:
    form = open_form(client, address(building), building)
    response = save_form(client, address(building), form, floors_above="")
    assert "다음 값을 지웁니다" in response.content.decode()
    assert known(building) == {"floors_above": 3}


def test_a_confirmed_withdrawal_is_recorded_as_one(client: Client, building: Building) -> None:
    form = open_form(client, address(building), building)
    save_form(client, address(building), {**form, "confirm_withdrawal": "on"}, floors_above="")
    assert known(building) == {}
    assert FactValue.objects.last().value is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("key", "text", "complaint"),
    [
        ("floors_above", "여섯", "숫자로 적으십시오"),
        ("floors_above", "2.5", "정수로 적으십시오"),
        ("floors_above", "-1", "0 이상이어야 합니다"),
        ("floors_above", "1e400", "쓸 수 있는 숫자가 아닙니다"),
        ("floors_above", "NaN", "쓸 수 있는 숫자가 아닙니다"),
        ("building_use", "castle", "castle"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(
    client: Client, building: Building, key: str, text: str, complaint: str
) -> None:
    form = open_form(client, address(building), building)
    response = save_form(client, address(building), form, **{key: text, "floors_below": "2"})
    page = response.content.decode()
    assert complaint in page
    assert 'value="2"' in page
    assert known(building) == {"floors_above": 3}


def test_what_somebody_else_recorded_meanwhile_is_not_overwritten_unseen(client: Client, building: Building) -> None:
    form = open_form(client, address(building), building)
    record_facts(building, floors_above=9)
    response = save_form(client, address(building), form, floors_above="5", floors_below="1")
    page = response.content.decode()
    assert "다른 사람이 값을 기록했습니다" in page
    assert "지상 층수: <strong>9층</strong>" in page
    assert known(building) == {"floors_above": 9}


def test_after_a_conflict_the_entered_values_are_still_there_and_can_be_saved(
    client: Client, building: Building
) -> None:
    form = open_form(client, address(building), building)
    record_facts(building, floors_above=9)
    response = save_form(client, address(building), form, floors_above="5")
    again = {**form, "seen": str(FactValue.objects.latest("pk").pk), "initial-fact-floors_above": "9"}
    assert 'value="5"' in response.content.decode()
    save_form(client, address(building), again, floors_above="5")
    assert known(building) == {"floors_above": 5}


def test_after_a_conflict_untouched_fields_take_the_newer_value(client: Client, building: Building) -> None:
    make_fact("height_m")
    form = open_form(client, address(building), building)
    record_facts(building, floors_below=7, height_m=31)
    response = save_form(client, address(building), form, floors_below="2")
    page = response.content.decode()
    assert 'name="fact-height_m" value="31"' in page
    assert 'name="fact-floors_below" value="2"' in page


def test_a_value_with_an_earlier_day_says_that_today_stays_as_it_is(client: Client, building: Building) -> None:
    form = open_form(client, address(building), building)
    form["valid_from"] = "2019-01-01"
    response = client.post(address(building), {**form, "fact-floors_above": "2"}, follow=True)
    assert "오늘의 값은 그대로입니다" in response.content.decode()
    assert known(building) == {"floors_above": 3}


def test_save_and_next_goes_on_to_the_next_theme(client: Client, building: Building) -> None:
    make_fact("has_sprinkler")
    form = open_form(client, address(building), building)
    response = client.post(address(building), {**form, "next": ""})
    assert response.url.endswith(f"section=building%3A{building.pk}%2Ffire")  # type: ignore[attr-defined]


def test_derived_facts_are_shown_with_their_formula_and_not_as_fields(client: Client, building: Building) -> None:
    make_fact("floors_total")
    page = client.get(address(building)).content.decode()
    assert "지상 층수 + 지하 층수" in page
    assert 'name="fact-floors_total"' not in page
