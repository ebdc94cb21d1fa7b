"""Profiles: what is read, and how a bad one is told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registry.catalogue.profiles import ProfileError, profile_from, read_profile
from tests.law.lawbook import shipped_law


def _read(document: Any) -> Any:
    return profile_from(document, shipped_law().vocabulary)


def test_flat_facts_go_to_their_own_levels() -> None:
    profile = _read({"facts": {"floors_above": 6, "contract_power_kw": 9000, "company_size": "mid"}})
    assert profile.operator == {"company_size": "mid"}
    assert profile.facility == {"contract_power_kw": 9000}
    assert [building.facts for building in profile.buildings] == [{"floors_above": 6}]


def test_buildings_keep_their_names_and_facts() -> None:
    profile = _read({"buildings": [{"name": "A동", "facts": {"floors_above": 6}}, {"facts": {}}]})
    assert [building.name for building in profile.buildings] == ["A동", "건축물 2"]


@pytest.mark.parametrize("document", [None, {}, {"facts": None}, {"facts": {}}, {"operator": None, "buildings": None}])
def test_an_empty_profile_knows_nothing(document: object) -> None:
    profile = _read(document)
    assert not profile.operator and not profile.facility


def test_a_derived_fact_may_be_given() -> None:
    assert _read({"facts": {"floors_total": 9}}).buildings[0].facts == {"floors_total": 9}


def test_null_is_unknown_and_a_date_is_a_date() -> None:
    profile = _read({"facility": {"status": None, "operation_start_date": "2019-06-01"}})
    assert profile.facility == {"operation_start_date": date(2019, 6, 1)}


BAD: list[tuple[Any, str]] = [
    ([], "the profile: must be a mapping"),
    ({"facts": {"floor_above": 6}}, "facts.floor_above: unknown fact; did you mean floors_above"),
    ({"facts": {7: 6}}, "facts.7: unknown fact"),
    ({"facts": {"floors_above": "six"}}, "facts.floors_above: 'six' is not a number"),
    ({"facts": {"floors_above": True}}, "facts.floors_above: True is not a number"),
    ({"facts": {"floors_above": 6.5}}, "facts.floors_above: 6.5 is not a whole number"),
    ({"facts": {"floors_above": -1}}, "facts.floors_above: -1 is below the minimum 0"),
    ({"facts": {"floors_above": [6]}}, "facts.floors_above: must be a single value"),
    ({"facts": {"contract_power_kw": float("nan")}}, "facts.contract_power_kw: nan is not a finite number"),
    ({"facts": {"company_size": "tiny"}}, "facts.company_size: 'tiny' is not one of sme, sme_graduate, mid, large"),
    ({"facts": {"use_approval_date": "2026-02-30"}}, "facts.use_approval_date: '2026-02-30' is not a date"),
    ({"facility": {"floors_above": 6}}, "facility.floors_above: is a building fact; it stands under buildings[].facts"),
    ({"buildings": [{"facts": {"status": "planned"}}]}, "buildings[1].facts.status: is a facility fact"),
    ({"buildings": [{"floors_above": 6}]}, "buildings[1].floors_above: a building has name and facts"),
    ({"buildings": {"A": {}}}, "buildings: must be a list"),
    ({"buildings": [{"name": "A"}, {"name": "A"}]}, "buildings: two buildings are called A"),
    ({"facts": {}, "facility": {}}, "facts: stands beside facility"),
    ({"floors_above": 6}, "floors_above: is a fact; it stands under buildings[].facts or under facts"),
    ({"facilty": {}}, "facilty: is no part of a profile; known: facility"),
    ({"illustrative": "yes"}, "illustrative: must be true or false"),
]


@pytest.mark.parametrize(("document", "told"), BAD, ids=[told for _, told in BAD])
def test_a_bad_profile_names_place_and_reason_in_one_line(document: Any, told: str) -> None:
    with pytest.raises(ProfileError) as caught:
        _read(document)
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)


HOSTILE = {
    "a file that is not YAML": "facts: [",
    "a file of another encoding": b"\xff\xfe\xfa",
    "a number of ten thousand digits": "facts: {floors_above: " + "9" * 10_000 + "}",
    "a hexadecimal of ten thousand digits": "facts: {floors_above: 0x" + "f" * 10_000 + "}",
    "aliases that multiply": "a: &a [x, x]\nb: &b [*a, *a]\nfacts: {floors_above: [*b, *b]}",
    "a Python object": "facts: !!python/object/apply:os.system ['true']",
    "deep nesting": "facts: " + "[" * 5_000,
    "more than a megabyte": "# " + "x" * 1_000_001,
    "a fact that stands twice": "facts: {floors_above: 6, floors_above: 5}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_one_line(tmp_path: Path, text: str | bytes) -> None:
    path = tmp_path / "profile.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ProfileError) as caught:
        read_profile(path, shipped_law().vocabulary)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 600
