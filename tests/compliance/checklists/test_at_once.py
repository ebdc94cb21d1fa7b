"""Two people, or a person and the night's work, at the same moment."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import pytest
from django.db import connection

from compliance.checklists.actions import Entry, StaleItemError, answer_item
from compliance.checklists.reconcile import open_checklist, reconcile
from compliance.models import Answer, Checklist, Item, Obligation
from registry.audit.actions import broken_links
from tests.compliance.checklists.checklist_builders import AT, ON, facility_of, make_item, manager_of
from tests.factories import load_small_catalogue, make_facility

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def guards_let_the_test_clean_up(transactional_db: None) -> Iterator[None]:
    """SQLite empties tables row by row, which the guards of history refuse; migrations' end lays them again."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all in threads that start together; what each returns or raises."""
    results: list[object] = [None] * len(works)
    barrier = Barrier(len(works))

    def run(place: int, work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[place] = work()
        except Exception as error:  # noqa: BLE001  # the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_opening_twice_at_once_makes_one_checklist() -> None:
    load_small_catalogue()
    facility = make_facility(floors_above=8)
    results = at_once(*[lambda: open_checklist(facility, by=None, on=ON)] * 3)
    assert {type(result) for result in results} == {Checklist}
    assert Checklist.objects.count() == 1
    assert Obligation.objects.count() == 4


def test_two_facilities_of_one_operator_share_its_items_even_at_once() -> None:
    load_small_catalogue()
    first = make_facility()
    second = make_facility(operator=first.operator)
    at_once(*[lambda facility=facility: open_checklist(facility, by=None, on=ON) for facility in (first, second)])
    assert Item.objects.filter(operator=first.operator).count() == 1


def test_of_two_answers_at_once_one_is_taken_and_the_other_is_told() -> None:
    item = make_item()
    managers = [manager_of(item), manager_of(item)]
    results = at_once(
        *[
            lambda by=by: answer_item(item, Entry(status="partly"), by=by, at=AT, row_version=item.row_version)
            for by in managers
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["Answer", StaleItemError.__name__]
    assert Answer.objects.count() == 1


def test_answering_while_the_checklist_is_reconciled_loses_nothing() -> None:
    item = make_item()
    manager, facility = manager_of(item), facility_of(item)
    at_once(
        lambda: answer_item(item, Entry(status="partly"), by=manager, at=AT, row_version=item.row_version),
        lambda: reconcile(facility, by=None, on=ON),
    )
    item.refresh_from_db()
    assert (item.status, item.needs_reconfirm) == ("partly", False)
    assert list(broken_links()) == []
