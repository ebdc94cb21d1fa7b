"""Progress, the whole checklist as values, and what changed between versions."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from compliance.checklists.actions import Entry, answer_item, answer_obligation
from compliance.checklists.limits_in_law import conflicting_limits
from compliance.checklists.reading import read_checklist
from compliance.checklists.reconcile import open_checklist, reconcile
from compliance.checklists.statistics import progress_by_ministry, progress_by_topic_group, state_of
from compliance.checklists.tasks import reconcile_all
from compliance.models import Checklist, Obligation
from registry.models import Facility
from tests.compliance.checklists.checklist_builders import AT, ON, facility_of, make_item, manager_of
from tests.factories import load_small_catalogue, make_facility, make_rule, make_topic, make_version, record_facts


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (("applies", False, None, None, ""), "unanswered"),
        (("applies", False, None, 1, "compliant"), "compliant"),
        (("applies", False, "partly", 1, "compliant"), "partly"),
        (("applies", False, None, None, "compliant"), "unanswered"),
        (("applies", True, None, 1, "compliant"), "reconfirm"),
        (("undetermined", False, "compliant", 1, "compliant"), "undetermined"),
        (("undetermined", True, None, 1, "compliant"), "undetermined"),
    ],
)
def test_the_state_of_an_obligation(row: tuple[str, bool, str | None, int | None, str], state: str) -> None:
    outcome, needs_reconfirm, own, covered, status = row
    assert state_of(outcome, [], needs_reconfirm, own, covered, status) == state


@pytest.mark.django_db
def test_progress_is_counted_per_ministry() -> None:
    item = make_item()
    fire = item.obligations.get(rule__slug="fire-battery")
    answer_obligation(fire, Entry(status="partly"), by=manager_of(item), at=AT, row_version=item.row_version)
    found = {row.slug: (dict(row.counts), row.per_cent) for row in progress_by_ministry(facility_of(item))}
    assert found == {"nfa": ({"partly": 1}, 100), "msit": ({"unanswered": 1}, 0)}


@pytest.mark.django_db
def test_progress_per_topic_group_counts_every_obligation_once() -> None:
    item = make_item()
    assert [row.total for row in progress_by_topic_group(facility_of(item))] == [2]


@pytest.mark.django_db
def test_reading_gives_each_obligation_the_answer_that_counts_for_it() -> None:
    item = make_item()
    manager = manager_of(item)
    fire = item.obligations.get(rule__slug="fire-battery")
    answer_obligation(fire, Entry(status="partly"), by=manager, at=AT, row_version=item.row_version)
    answer_item(item, Entry(status="compliant"), by=manager, at=AT, row_version=item.row_version + 1)
    rows = read_checklist(facility_of(item)).obligations
    found = {row.key: (row.answer.status if row.answer else None, row.is_answered_apart) for row in rows}
    assert found == {
        f"building:{item.building_id}:fire-battery": ("partly", True),
        f"building:{item.building_id}:ict-battery": ("compliant", False),
    }


@pytest.mark.django_db
def test_reading_keeps_ended_obligations_apart() -> None:
    load_small_catalogue()
    facility = make_facility(floors_above=8)
    open_checklist(facility, by=None, on=ON)
    record_facts(facility, floors_above=2, recorded_on=ON)
    reconcile(facility, by=None, on=ON)
    ended = [row.key for item in read_checklist(facility).items for row in item.ended]
    assert [key.split(":")[2] for key in ended] == ["fire-sprinkler"]


@pytest.mark.django_db
@pytest.mark.parametrize("rules", [3, 40])
def test_reading_takes_the_same_queries_for_any_size(rules: int, django_assert_num_queries: Any) -> None:
    for number in range(rules):
        make_version(make_rule(f"rule-{number}", topic=make_topic(f"topic-{number}")))
    facility = make_facility()
    open_checklist(facility, by=None, on=ON)
    facility = Facility.objects.get(pk=facility.pk)
    with django_assert_num_queries(6):
        read_checklist(facility)


@pytest.mark.django_db
def test_limits_that_contradict_each_other_are_found_in_the_law_in_force() -> None:
    topic = make_topic("temperature", subject="facility")
    for slug, op, value in (("low", "<=", 20), ("high", ">=", 26)):
        measure = {"name": "cooling_temp_c", "unit": "℃", "op": op, "value": value}
        make_version(make_rule(slug, topic=topic), subject="facility", measure=measure)
    [(found, conflict)] = conflicting_limits(ON)
    assert (found, conflict.reason) == (topic, "contradiction")


@pytest.mark.django_db
def test_the_command_reconciles_what_it_is_told_to(capsys: pytest.CaptureFixture[str]) -> None:
    load_small_catalogue()
    facility = make_facility(slug="site", floors_above=8)
    open_checklist(facility, by=None, on=ON)
    record_facts(facility, floors_above=2, recorded_on=ON)
    call_command("reconcile", "site", "--on", "2026-06-02")
    assert "site: added 0, returned 0, ended 1" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [[], ["--all", "site"], ["nowhere"]])
def test_the_command_says_what_it_cannot_do(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("reconcile", *arguments)


@pytest.mark.django_db
def test_every_night_all_checklists_are_brought_up_to_date() -> None:
    item = make_item()
    Checklist.objects.update(reconciled_on=ON)
    reconcile_all()
    assert Checklist.objects.get().reconciled_on != ON
    assert Obligation.objects.filter(item=item).active().count() == 2
