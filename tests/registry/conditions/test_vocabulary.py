"""A set of facts must be sound before anything is written over it."""

import pytest

from registry.conditions import Choice, FactValueError, Level, Vocabulary, VocabularyError, parse
from tests.registry.conditions.builders import VOCABULARY, spec


def refused(*specs: object) -> str:
    with pytest.raises(VocabularyError) as caught:
        Vocabulary(specs)  # type: ignore[arg-type]
    return str(caught.value)


def test_a_fact_derived_from_itself_is_refused_with_the_circle() -> None:
    circle = [
        spec("a", "facility", "number", "b + 1"),
        spec("b", "facility", "number", "c"),
        spec("c", "facility", "number", "a"),
    ]
    assert "a -> b -> c -> a" in refused(*circle)


def test_a_formula_that_does_not_fit_is_refused_with_its_place() -> None:
    assert "derived: line 1, column 1: unknown fact `x`" in refused(spec("a", "facility", "number", "x + 1"))
    assert "a number is expected" in refused(spec("a", "facility", "number", "'x'"))


def test_a_facility_formula_cannot_see_a_building_directly() -> None:
    building = spec("floors", "building", "integer")
    assert "only through sum_of(floors)" in refused(building, spec("a", "facility", "boolean", "floors > 1"))
    assert Vocabulary([building, spec("a", "facility", "boolean", "max_of(floors) > 1")])


@pytest.mark.parametrize("key", ["min", "true", "is", "two words", "층수", "1st", ""])
def test_a_key_must_be_a_name_of_the_language(key: str) -> None:
    assert "not a usable name" in refused(spec(key, "facility", "number"))


def test_keys_and_choices_are_unique() -> None:
    assert "defined twice" in refused(spec("a", "facility", "number"), spec("a", "building", "number"))
    assert "the same choice twice" in refused(spec("a", "facility", "choice", choices=(Choice("x"), Choice("x"))))
    assert "without choices" in refused(spec("a", "facility", "choice"))


def test_formulas_that_multiply_beyond_measure_are_refused() -> None:
    doubling = [spec("f0", "facility", "number")]
    doubling += [spec(f"f{n}", "facility", "number", f"f{n - 1} + f{n - 1}") for n in range(1, 19)]
    assert "more than 5000 parts" in refused(*doubling)


def test_a_value_is_checked_against_its_definition() -> None:
    assert VOCABULARY["rate"].check(0.5) == 0.5
    for key, value in [("rate", 1.5), ("floors", -1), ("floors", 2.5), ("status", "closed"), ("opened_on", "1.1.2024")]:
        with pytest.raises(FactValueError, match=f"Fact {key}"):
            VOCABULARY[key].check(value)


def test_string_is_another_name_of_text() -> None:
    assert spec("a", "facility", "string").type == "text"
    assert parse("a == 'x'", Vocabulary([spec("a", "facility", "string")]), level=Level.FACILITY)
