"""An opened checklist with one topic of two ministries, for tests of answers and pages."""

from datetime import UTC, date, datetime
from typing import Any

from compliance.checklists.reconcile import open_checklist
from compliance.models import Item
from registry.models import Facility, User
from tests.factories import make_facility, make_ministry, make_rule, make_topic, make_user, make_version

ON = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def make_item(**facts: Any) -> Item:
    """Battery rooms of one building, with a fire rule and an ICT rule that both apply."""
    topic = make_topic("battery-rooms")
    make_version(make_rule("fire-battery", topic=topic), ministry=make_ministry("nfa"))
    make_version(make_rule("ict-battery", topic=topic, domain="ict"), ministry=make_ministry("msit"))
    facility = make_facility(**facts)
    open_checklist(facility, by=None, on=ON)
    return Item.objects.get(topic=topic)


def facility_of(item: Item) -> Facility:
    assert item.building is not None
    return item.building.facility


def manager_of(item: Item) -> User:
    return make_user(operator=facility_of(item).operator)
