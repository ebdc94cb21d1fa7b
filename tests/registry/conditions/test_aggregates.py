"""Sums, maxima and "any" over the buildings of a site, some of which are not measured yet."""

import pytest

from tests.registry.conditions.builders import amount, ask, outcome

MEASURED = {"area_m2": 20_000, "floors": 5, "is_new": True}
SMALL = {"area_m2": 5_000, "floors": 2, "is_new": False}
UNSEEN: dict[str, object] = {}


@pytest.mark.parametrize(
    ("buildings", "expected"),
    [
        ([MEASURED, MEASURED], "applies"),
        ([MEASURED, SMALL], "does_not_apply"),
        ([MEASURED, UNSEEN], "undetermined"),
        ([MEASURED, MEASURED, UNSEEN], "applies"),
        ([UNSEEN, UNSEEN], "undetermined"),
        ([], "undetermined"),
    ],
)
def test_a_sum_applies_once_its_known_parts_alone_exceed_the_limit(
    buildings: list[dict[str, object]], expected: str
) -> None:
    assert outcome("sum_of(area_m2) >= 30000", level="facility", buildings=buildings) == expected


def test_a_partial_sum_refuses_an_upper_limit_but_never_grants_it() -> None:
    assert (
        outcome("sum_of(area_m2) < 30000", level="facility", buildings=[MEASURED, MEASURED, UNSEEN]) == "does_not_apply"
    )
    assert outcome("sum_of(area_m2) < 30000", level="facility", buildings=[SMALL, UNSEEN]) == "undetermined"
    assert (
        outcome("30000 - sum_of(area_m2) > 0", level="facility", buildings=[MEASURED, MEASURED, UNSEEN])
        == "does_not_apply"
    )


def test_a_sum_of_what_may_be_negative_has_no_lower_bound() -> None:
    buildings = [{"floors": 5, "cellars": 40}, {"floors": 5}]
    assert outcome("sum_of(floors_total) >= 10", level="facility", buildings=buildings) == "undetermined"


def test_the_largest_building_may_still_be_unknown() -> None:
    assert outcome("max_of(floors) >= 5", level="facility", buildings=[MEASURED, UNSEEN]) == "applies"
    assert outcome("max_of(floors) >= 6", level="facility", buildings=[MEASURED, UNSEEN]) == "undetermined"
    assert outcome("max_of(floors) >= 6", level="facility", buildings=[MEASURED, SMALL]) == "does_not_apply"


def test_any_is_true_with_one_and_false_only_with_all() -> None:
    assert outcome("any_of(is_new)", level="facility", buildings=[MEASURED, UNSEEN]) == "applies"
    assert outcome("any_of(is_new)", level="facility", buildings=[SMALL, UNSEEN]) == "undetermined"
    assert outcome("any_of(is_new)", level="facility", buildings=[SMALL, SMALL]) == "does_not_apply"


def test_derived_facts_of_buildings_are_computed_inside() -> None:
    buildings = [{"floors": 3, "cellars": 1}, {"floors": 12}]
    assert outcome("any_of(is_high)", level="facility", buildings=buildings) == "applies"
    assert (
        outcome(
            "sum_of(floors_total) == 9", level="facility", buildings=[{"floors": 3, "cellars": 1}, {"floors_total": 5}]
        )
        == "applies"
    )


def test_the_facts_of_one_building_do_not_leak_into_another() -> None:
    assert outcome("sum_of(floors) == 9", floors=9, buildings=[{"floors": 9}, {}]) == "undetermined"


def test_a_building_reaches_the_sums_of_its_site() -> None:
    site = [{"it_m2": 300}, {"it_m2": 300}]
    assert outcome("is_big and is_new", is_new=True, is_public=False, buildings=site) == "applies"


def test_only_buildings_that_are_not_measured_are_asked_for() -> None:
    assert ask("sum_of(area_m2) >= 30000", level="facility", buildings=[MEASURED, UNSEEN]).missing == ("area_m2",)
    assert ask("any_of(is_high)", level="facility", buildings=[{"floors": 3}]).missing == ("cellars",)
    assert ask("any_of(is_high)", level="facility").missing == ("cellars", "floors")


def test_a_formula_over_buildings_knows_its_bound() -> None:
    result = amount("sum_of(area_m2) / 400", buildings=[MEASURED, UNSEEN])
    assert (result.value, result.at_least, result.at_most) == (None, 50, None)
