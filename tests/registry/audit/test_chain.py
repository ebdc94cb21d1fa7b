"""The audit trail holds what was recorded and shows what was touched."""

import pytest
from django.db import DatabaseError, connection, transaction

from registry.audit.actions import broken_links, record
from registry.audit.guards import REGISTRY_GUARDS
from registry.audit.models import AppendOnlyError
from registry.models import AuditEvent, AuditHead, Operator
from tests.factories import make_operator, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Operator:
    return make_operator()


def record_three(operator: Operator) -> None:
    for number in range(3):
        record("operator.noted", by=None, target=operator, data={"number": number})


def lift_guard(name: str) -> None:
    """What an intruder with the database password would do first."""
    table = next(guard[1] for guard in REGISTRY_GUARDS if guard[0] == name)
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table}")


def test_chain_of_recorded_events_is_whole(operator: Operator) -> None:
    record_three(operator)
    assert list(broken_links()) == []


def test_event_tells_who_did_what_to_which_row(operator: Operator) -> None:
    user = make_user(operator=operator)
    event = record("operator.noted", by=user, target=operator)
    assert (event.actor, event.actor_label, event.verb) == (user, user.username, "operator.noted")
    assert (event.object_type, event.object_id) == ("operator", str(operator.pk))


def test_changed_event_is_named(operator: Operator) -> None:
    record_three(operator)
    lift_guard("auditevent_is_immutable")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_auditevent SET actor_label = 'somebody else' WHERE sequence = 2")
    assert list(broken_links()) == ["event 2 (operator.noted) was changed after it was recorded"]


def test_removed_event_is_named(operator: Operator) -> None:
    record_three(operator)
    lift_guard("auditevent_is_kept")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_auditevent WHERE sequence = 2")
    assert "event 2 is missing before event 3" in list(broken_links())


def test_cut_off_end_is_noticed(operator: Operator) -> None:
    record_three(operator)
    lift_guard("auditevent_is_kept")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_auditevent WHERE sequence = 3")
    assert list(broken_links()) == ["the chain ends at event 2, but the register says 3: events were cut off"]


def test_event_can_be_neither_saved_again_nor_deleted(operator: Operator) -> None:
    event = record("operator.noted", by=None, target=operator)
    event.actor_label = "somebody else"
    with pytest.raises(AppendOnlyError, match="append-only"):
        event.save()
    with pytest.raises(AppendOnlyError, match="never deleted"):
        event.delete()
    with pytest.raises(AppendOnlyError, match="append-only"):
        AuditEvent.objects.update(actor_label="somebody else")


@pytest.mark.parametrize("statement", ["UPDATE registry_auditevent SET verb = 'x'", "DELETE FROM registry_auditevent"])
def test_database_itself_refuses_to_touch_events(operator: Operator, statement: str) -> None:
    record_three(operator)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_rolled_back_write_leaves_no_event_and_no_gap(operator: Operator) -> None:
    record("operator.noted", by=None, target=operator)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("operator.noted", by=None, target=operator)
        raise ZeroDivisionError
    record("operator.noted", by=None, target=operator)
    assert list(broken_links()) == []
    assert AuditHead.objects.get().sequence == AuditEvent.objects.count()
