"""What is accepted, and how an error names the place, the reason and the way out."""

import pytest

from registry.conditions import Condition, ConditionError, Level, parse
from tests.registry.conditions.builders import VOCABULARY, read


def flaw(text: str, level: str = "building", result: str = "boolean") -> ConditionError:
    with pytest.raises(ConditionError) as caught:
        read(text, level, result)
    return caught.value


def code(text: str, level: str = "building", result: str = "boolean") -> str:
    return flaw(text, level, result).code


@pytest.mark.parametrize(
    "text",
    [
        "true",
        "floors >= 6",
        "not is_public and is_leased",
        "status in ['planned', 'operating']",
        "status not in ['planned']",
        "status != 'planned'",
        "opened_on >= date('2024-12-31')",
        "opened_on in [date('2024-12-31')]",
        "3 <= floors < 11",
        "(2 if company_size == 'sme' else 3) <= floors",
        "sum_of(area_m2) >= 30000 or max_of(floors) > 5 or any_of(is_new)",
        "min(power_kw, new_kw) * 2 - -1 > max(1, 2, 3) / 4",
        "is_new == true",
        "note == 'free text'",
        "  floors\n    >= 6\n",
        "floors >= 1_000.5",
    ],
)
def test_the_language_is_read(text: str) -> None:
    assert isinstance(read(text), Condition)


def test_equal_expressions_are_equal_trees_wherever_they_stand() -> None:
    assert read("floors>=6").node == read("  ( floors   >= 6.0 )").node


def test_a_number_is_the_decimal_that_is_written() -> None:
    assert read("rate * 3 == 0.3").node == read("rate * 3 == 0.30").node


def test_an_unknown_fact_names_the_place_and_the_known_ones() -> None:
    error = flaw("is_new and\n  floor >= 6")
    assert (error.line, error.column) == (2, 3)
    assert error.suggestions == ("floors",)
    assert str(error) == "line 2, column 3: unknown fact `floor`; did you mean floors?"


def test_an_error_is_also_told_in_korean() -> None:
    assert flaw("floor >= 6").describe("ko") == "1번째 줄 1번째 글자: `floor`이라는 제원은 없습니다 (혹시 floors?)"


def test_columns_count_characters_and_not_bytes() -> None:
    assert flaw("note == '서울' and floor").column == 18


def test_a_choice_that_does_not_exist_names_the_choices() -> None:
    error = flaw("status == 'opperating'")
    assert (error.code, error.column, error.suggestions) == ("unknown_choice", 11, ("operating",))


def test_a_facility_rule_is_told_how_to_reach_a_building_fact() -> None:
    assert "sum_of(floors) or max_of(floors)" in str(flaw("floors >= 6", "facility"))
    assert "any_of(is_new)" in str(flaw("is_new", "facility"))


@pytest.mark.parametrize(
    ("text", "level", "expected"),
    [
        ("status == 'planned'", "operator", "out_of_reach"),
        ("any_of(is_new)", "operator", "aggregate_out_of_reach"),
        ("sum_of(power_kw) > 1", "facility", "aggregate_level"),
        ("any_of(floors)", "facility", "aggregate_type"),
        ("sum_of(is_new) > 1", "facility", "aggregate_type"),
        ("sum_of(floors + cellars) > 1", "facility", "aggregate_argument"),
        ("sum_of() > 1", "facility", "aggregate_argument"),
    ],
)
def test_the_reach_of_a_subject_is_checked(text: str, level: str, expected: str) -> None:
    assert code(text, level) == expected


def test_without_a_level_every_fact_is_in_reach() -> None:
    assert parse("is_public and is_leased and is_new", VOCABULARY).level is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("floors == 'six'", "different_kinds"),
        ("is_new > 3", "different_kinds"),
        ("is_new + 1 > 1", "boolean_as_number"),
        ("(is_new if is_public else 1) > 0", "boolean_as_number"),
        ("('a' if is_public else 1) == 'a'", "branches_differ"),
        ("floors", "wrong_kind"),
        ("status and is_new", "wrong_kind"),
        ("not floors", "wrong_kind"),
        ("status < 'planned'", "no_order"),
        ("is_new < is_public", "no_order"),
        ("opened_on > '2024-01-01'", "text_for_date"),
        ("status == fuel", "different_choices"),
        ("status == ('planned' if is_new else 'closed')", "unknown_choice"),
        ("status in ['planned', 3]", "different_kinds"),
        ("status in ['planned', fuel]", "list_item"),
        ("status in 'planned'", "list_expected"),
        ("status in []", "empty_list"),
        ("[1] == 1", "list_misplaced"),
        ("date('2024-02-30') < opened_on", "bad_date"),
        ("date(2024) < opened_on", "argument_count"),
        ("max(1) > 0", "argument_count"),
        ("maxi(1, 2) > 0", "unknown_function"),
        ("any_of", "name_is_function"),
        ("True", "capital_boolean"),
        ("None", "no_empty_value"),
        ("floors is 6", "not_allowed"),
        ("floors // 2 > 1", "floor_division"),
        ("floors > 1 # or more", "unexpected_character"),
        ("note == 'open", "open_string"),
        ("note in ['a' 'b']", "adjacent_strings"),
        ("", "empty"),
        (" \n ", "empty"),
        ("floors >=", "syntax"),
    ],
)
def test_what_makes_no_sense_is_refused(text: str, expected: str) -> None:
    assert code(text) == expected


def test_a_formula_yields_a_number() -> None:
    assert code("is_leased", "facility", "number") == "boolean_as_number"
    assert read("0.5 * cost_krw", "facility", "number").facts == ("cost_krw",)


def test_a_condition_knows_the_facts_it_rests_on() -> None:
    condition = read("is_high and is_big")
    assert condition.facts == ("is_high", "is_big")
    assert condition.base_facts == {"floors", "cellars", "it_m2", "is_public"}


def test_true_alone_is_always() -> None:
    assert parse("true", VOCABULARY, level=Level.OPERATOR).is_always
