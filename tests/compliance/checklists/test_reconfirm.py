"""When the law under an answer changes, the answer stays and must be confirmed again."""

from datetime import date
from typing import Any

import pytest

from compliance.checklists.actions import Entry, answer_item, answer_obligation, reconfirm_item
from compliance.checklists.differences import version_diff
from compliance.checklists.reconcile import reconcile
from compliance.models import Answer, Item, Obligation
from registry.models import Rule, RuleVersion
from tests.compliance.checklists.checklist_builders import AT, ON, facility_of, make_item, manager_of
from tests.factories import make_rule, make_version, record_facts

pytestmark = pytest.mark.django_db
AMENDED = date(2026, 7, 1)


def amend(slug: str, **fields: Any) -> RuleVersion:
    """Close the version in force and publish the next one."""
    rule = Rule.objects.get(slug=slug)
    version = rule.versions.get(status="published")
    version.status, version.effective_until = "closed", AMENDED
    version.save(update_fields=["status", "effective_until"])
    return make_version(rule, ministry=version.ministry, effective_from=AMENDED, **fields)


def answered_item(**facts: Any) -> Item:
    item = make_item(**facts)
    answer_item(item, Entry(status="compliant"), by=manager_of(item), at=AT, row_version=item.row_version)
    return item


def test_a_new_version_marks_the_answered_item_and_keeps_its_answer() -> None:
    item = answered_item()
    amend("fire-battery")
    assert reconcile(facility_of(item), by=None, on=AMENDED).reconfirm == 1
    item.refresh_from_db()
    assert (item.needs_reconfirm, item.status) == (True, "compliant")


def test_the_obligation_knows_the_version_it_was_answered_under() -> None:
    item = answered_item()
    amend("fire-battery", requirement_ko="더 두꺼운 벽을 갖추어야 한다.")
    reconcile(facility_of(item), by=None, on=AMENDED)
    row = item.obligations.get(rule__slug="fire-battery")
    assert row.answered_version is not None
    assert [change.field for change in version_diff(row.answered_version, row.version)] == [
        "requirement",
        "effective_from",
    ]


def test_an_unanswered_item_needs_no_confirmation() -> None:
    item = make_item()
    amend("fire-battery")
    assert reconcile(facility_of(item), by=None, on=AMENDED).reconfirm == 0


def test_confirming_gives_the_same_answer_for_the_new_version() -> None:
    item = answered_item()
    amend("fire-battery")
    reconcile(facility_of(item), by=None, on=AMENDED)
    item.refresh_from_db()
    reconfirm_item(item, by=manager_of(item), at=AT, row_version=item.row_version)
    item.refresh_from_db()
    assert item.answer is not None
    assert not item.needs_reconfirm
    assert item.answer.versions == {"fire-battery": 2, "ict-battery": 1}
    assert item.answer.is_reconfirmation


def test_confirming_renews_an_answer_given_apart_too() -> None:
    item = make_item()
    fire = item.obligations.get(rule__slug="fire-battery")
    answer_obligation(fire, Entry(status="partly"), by=manager_of(item), at=AT, row_version=item.row_version)
    amend("fire-battery")
    reconcile(facility_of(item), by=None, on=AMENDED)
    item.refresh_from_db()
    [answer] = reconfirm_item(item, by=manager_of(item), at=AT, row_version=item.row_version)
    assert (answer.status, answer.obligation) == ("partly", fire)


def test_a_duty_that_appears_beneath_an_answered_item_is_not_covered_by_the_answer() -> None:
    item = answered_item()
    make_version(make_rule("safety-battery", topic=item.topic, domain="safety"))
    reconcile(facility_of(item), by=None, on=ON)
    row = item.obligations.get(rule__slug="safety-battery")
    assert row.effective_answer is None
    assert Item.objects.get().needs_reconfirm


def test_an_answer_from_before_anyone_knew_that_the_duty_binds_must_be_confirmed() -> None:
    item = make_item()
    make_version(make_rule("fire-tall", topic=item.topic), condition="floors_above >= 6")
    facility = facility_of(item)
    reconcile(facility, by=None, on=ON)
    item.refresh_from_db()
    answer_item(item, Entry(status="compliant"), by=manager_of(item), at=AT, row_version=item.row_version)
    record_facts(facility, floors_above=8, recorded_on=ON)
    for _ in range(2):  # and it stays that way
        reconcile(facility, by=None, on=ON)
        row = Obligation.objects.get(rule__slug="fire-tall")
        assert (row.outcome, row.needs_reconfirm, row.effective_answer) == ("applies", True, None)


def test_an_obligation_that_comes_back_brings_its_answer_along() -> None:
    topic_item = make_item(floors_above=8)
    make_version(make_rule("fire-tall", topic=topic_item.topic), condition="floors_above >= 6")
    facility = facility_of(topic_item)
    reconcile(facility, by=None, on=ON)
    topic_item.refresh_from_db()
    manager = manager_of(topic_item)
    answer_item(topic_item, Entry(status="compliant"), by=manager, at=AT, row_version=topic_item.row_version)
    record_facts(facility, floors_above=2, recorded_on=ON)
    reconcile(facility, by=None, on=ON)
    record_facts(facility, floors_above=8, recorded_on=ON)
    reconcile(facility, by=None, on=ON)
    row = Obligation.objects.get(rule__slug="fire-tall")
    assert row.effective_answer is not None
    assert not row.needs_reconfirm


def test_an_answer_sent_after_the_law_changed_beneath_it_is_stale() -> None:
    item = answered_item()
    item.refresh_from_db()
    seen = item.row_version
    amend("fire-battery")
    reconcile(facility_of(item), by=None, on=AMENDED)
    item.refresh_from_db()
    assert item.row_version > seen
    assert Answer.objects.count() == 1
