"""One answer for all obligations of an item, answers apart, and two people on one item."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from compliance.checklists.actions import (
    Entry,
    StaleItemError,
    answer_item,
    answer_obligation,
    clear_obligation_answer,
)
from compliance.models import Answer, Item, Obligation
from registry.models import AuditEvent
from tests.compliance.checklists.checklist_builders import AT, make_item, manager_of

pytestmark = pytest.mark.django_db
COMPLIANT = Entry(status="compliant", note="완공 사진 확인")


def statuses(item: Item) -> dict[str, str | None]:
    rows = Obligation.objects.filter(item=item).select_related("rule", "answer", "item__answer")
    return {row.rule.slug: row.effective_answer.status if row.effective_answer else None for row in rows}


def test_one_answer_covers_every_obligation_of_every_ministry() -> None:
    item = make_item()
    answer_item(item, COMPLIANT, by=manager_of(item), at=AT, row_version=item.row_version)
    assert statuses(item) == {"fire-battery": "compliant", "ict-battery": "compliant"}


def test_an_answer_remembers_the_versions_it_covered() -> None:
    item = make_item()
    answer = answer_item(item, COMPLIANT, by=manager_of(item), at=AT, row_version=item.row_version)
    assert answer.versions == {"fire-battery": 1, "ict-battery": 1}


def test_an_obligation_answered_apart_keeps_its_own_answer() -> None:
    item = make_item()
    manager = manager_of(item)
    fire = item.obligations.get(rule__slug="fire-battery")
    answer_obligation(fire, Entry(status="partly"), by=manager, at=AT, row_version=item.row_version)
    answer_item(item, COMPLIANT, by=manager, at=AT, row_version=item.row_version + 1)
    assert statuses(item) == {"fire-battery": "partly", "ict-battery": "compliant"}


def test_clearing_an_answer_apart_lets_the_item_answer_count_once_it_covers_the_obligation() -> None:
    item = make_item()
    manager = manager_of(item)
    fire = item.obligations.get(rule__slug="fire-battery")
    answer_item(item, COMPLIANT, by=manager, at=AT, row_version=item.row_version)
    answer_obligation(fire, Entry(status="partly"), by=manager, at=AT, row_version=item.row_version + 1)
    clear_obligation_answer(fire, by=manager, at=AT, row_version=item.row_version + 2)
    assert statuses(item)["fire-battery"] == "compliant"
    assert Answer.objects.filter(obligation=fire).count() == 1


def test_clearing_leaves_an_obligation_that_the_item_answer_never_covered_to_be_confirmed() -> None:
    item = make_item()
    manager = manager_of(item)
    fire = item.obligations.get(rule__slug="fire-battery")
    answer_obligation(fire, Entry(status="partly"), by=manager, at=AT, row_version=item.row_version)
    answer_item(item, COMPLIANT, by=manager, at=AT, row_version=item.row_version + 1)
    clear_obligation_answer(fire, by=manager, at=AT, row_version=item.row_version + 2)
    assert statuses(item)["fire-battery"] is None
    assert Item.objects.get().needs_reconfirm


def test_an_answer_written_for_an_older_row_is_refused_and_the_newer_one_is_shown() -> None:
    item = make_item()
    manager = manager_of(item)
    answer_item(item, COMPLIANT, by=manager, at=AT, row_version=item.row_version)
    with pytest.raises(StaleItemError) as error:
        answer_item(item, Entry(status="partly"), by=manager, at=AT, row_version=item.row_version)
    assert error.value.item.status == "compliant"
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("entry", [Entry(status="not_applicable", justification=" "), Entry(status="yes")])
def test_an_answer_without_its_reason_or_with_an_unknown_status_is_refused(entry: Entry) -> None:
    item = make_item()
    with pytest.raises(ValidationError):
        answer_item(item, entry, by=manager_of(item), at=AT, row_version=item.row_version)


def test_an_answer_is_never_overwritten_even_in_the_database() -> None:
    item = make_item()
    answer = answer_item(item, COMPLIANT, by=manager_of(item), at=AT, row_version=item.row_version)
    with pytest.raises(DatabaseError):
        Answer.objects.filter(pk=answer.pk).update(status="partly")


def test_each_answer_leaves_one_event() -> None:
    item = make_item()
    manager = manager_of(item)
    answer_item(item, COMPLIANT, by=manager, at=AT, row_version=item.row_version)
    event = AuditEvent.objects.get(verb="item.answered")
    assert (event.actor, event.data["status"]) == (manager, "compliant")
