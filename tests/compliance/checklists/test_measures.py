"""Limits of several laws on one quantity."""

import pytest

from compliance.checklists.measures import Judgement, Limit, conflicts, strictest


def limit(op: str, value: float, *, name: str = "pue", unit: str = "", owner: str = "") -> Limit:
    return Limit(name=name, op=op, value=value, unit=unit, owner=owner)


@pytest.mark.parametrize(
    ("op", "measured", "judgement"),
    [
        ("<=", 45, Judgement.MEETS),
        ("<=", 45.1, Judgement.EXCEEDS),
        ("<", 45, Judgement.EXCEEDS),
        (">=", 45, Judgement.MEETS),
        (">", 45, Judgement.EXCEEDS),
        ("==", 45, Judgement.MEETS),
        ("==", 44, Judgement.EXCEEDS),
        ("<=", None, Judgement.UNKNOWN),
    ],
)
def test_a_measured_value_is_judged_against_its_limit(op: str, measured: float | None, judgement: Judgement) -> None:
    assert limit(op, 45).judge(measured) is judgement


def test_the_lowest_of_upper_limits_is_the_strictest_and_names_its_owner() -> None:
    [found] = strictest([limit("<=", 55, owner="env"), limit("<=", 45, owner="safety")])
    assert (found.value, found.owner) == (45, "safety")


def test_the_highest_of_lower_limits_is_the_strictest() -> None:
    [found] = strictest([limit(">=", 0.8), limit(">=", 1.0)])
    assert found.value == 1.0


def test_of_equal_values_the_one_that_excludes_its_bound_is_stricter() -> None:
    [found] = strictest([limit("<=", 85), limit("<", 85)])
    assert found.op == "<"


def test_limits_of_both_directions_both_stay() -> None:
    assert {row.op for row in strictest([limit("<=", 26), limit(">=", 20)])} == {"<=", ">="}


def test_different_quantities_do_not_mix() -> None:
    assert len(strictest([limit("<=", 26), limit("<=", 20, name="noise")])) == 2


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (("<=", 20), (">=", 26), "contradiction"),
        (("<", 20), (">=", 20), "contradiction"),
        (("==", 2), ("==", 3), "contradiction"),
        (("==", 30), ("<=", 20), "contradiction"),
        (("<=", 20), (">=", 20), None),
        (("<=", 26), (">=", 20), None),
        (("<=", 26), ("<=", 20), None),
        (("==", 2), ("==", 2), None),
    ],
)
def test_limits_that_no_value_can_keep_are_a_conflict(
    first: tuple[str, float], second: tuple[str, float], reason: str | None
) -> None:
    found = conflicts([limit(*first), limit(*second)])
    assert [row.reason for row in found] == ([reason] if reason else [])


def test_the_same_quantity_in_two_units_is_a_conflict() -> None:
    assert conflicts([limit("<=", 1, unit="m"), limit("<=", 100, unit="cm")])[0].reason == "units_differ"
