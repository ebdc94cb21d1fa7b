"""A snapshot says everything, always in the same bytes."""

import json
from pathlib import Path

import jsonschema
import pytest
from pytest_django import DjangoAssertNumQueries

import compliance.dossiers
from compliance.dossiers.canonical import canonical_json
from compliance.dossiers.snapshot import NotReadable, load, take_snapshot
from registry.models import Facility
from tests.compliance.dossiers.conftest import ON

SCHEMA = json.loads((Path(compliance.dossiers.__file__).parent / "schema/snapshot-1.json").read_text())


def taken(facility: Facility) -> str:
    return take_snapshot(facility, on=ON, number="ILW-2026-00001", round=1)


def test_same_state_gives_the_same_bytes(facility: Facility) -> None:
    assert taken(facility) == taken(Facility.objects.get(pk=facility.pk))


def test_snapshot_has_the_documented_shape(facility: Facility) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(taken(facility)))


def test_snapshot_is_canonical_json(facility: Facility) -> None:
    text = taken(facility)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_loading_gives_back_what_was_taken(facility: Facility) -> None:
    text = taken(facility)
    assert canonical_json(load(text)) == text


def test_an_undetermined_obligation_names_the_missing_fact(facility: Facility) -> None:
    snapshot = load(taken(facility))
    grid = snapshot.obligation(f"facility:{facility.pk}:energy-grid")
    assert (grid.outcome, grid.missing) == ("undetermined", ("contract_power_kw",))
    assert snapshot.definition("contract_power_kw").label_ko


def test_an_excluded_rule_tells_why(facility: Facility) -> None:
    (excluded,) = load(taken(facility)).excluded
    assert excluded.rule == "ict-report"
    assert excluded.because_ko


def test_a_rule_in_force_that_the_checklist_lacks_is_not_silent(facility: Facility) -> None:
    facility.buildings.get().items.get().obligations.filter(rule__slug="fire-inspection").delete()
    assert [row.rule for row in load(taken(facility)).unplaced] == ["fire-inspection"]


def test_the_items_answer_covers_its_obligations(facility: Facility) -> None:
    sprinkler = load(taken(facility)).obligations_of("nfa")[0]
    assert sprinkler.answer and (sprinkler.answer.given_for, sprinkler.answer.note) == ("item", "현장 확인")


def test_facts_carry_their_provenance(facility: Facility) -> None:
    fact = next(row for row in load(taken(facility)).facts if row.key == "floors_above")
    assert (fact.value, fact.valid_from.isoformat(), fact.subject.level) == (6, "2020-01-01", "building")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":"ilwon-dossier-snapshot","version":1}', "nonsense"])
def test_other_json_is_not_a_snapshot(text: str) -> None:
    with pytest.raises(NotReadable):
        load(text)


def test_taking_a_snapshot_takes_a_fixed_number_of_queries(
    facility: Facility, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    facility = Facility.objects.select_related("operator").get(pk=facility.pk)
    with django_assert_num_queries(16):
        taken(facility)
