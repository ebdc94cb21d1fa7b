"""How much is known about a site, in numbers."""

from datetime import date

import pytest

from registry.facilities.overviews import recorded_fact_counts
from tests.factories import make_building, make_facility, record_facts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_facts_of_the_site_and_of_each_building_count_once() -> None:
    facility = make_facility(contract_power_kw=1, floors_above=3)
    make_building(facility, floors_above=4)
    record_facts(facility, contract_power_kw=2)
    assert recorded_fact_counts([facility], TODAY) == {facility.pk: 3}


def test_withdrawn_and_future_facts_do_not_count() -> None:
    facility = make_facility(contract_power_kw=1)
    record_facts(facility, recorded_on=date(2026, 1, 1), contract_power_kw=None)
    record_facts(facility, recorded_on=date(2027, 1, 1), it_load_kw=5)
    assert recorded_fact_counts([facility], TODAY) == {facility.pk: 0}


def test_a_site_without_facts_is_counted_as_zero() -> None:
    facility = make_facility()
    assert recorded_fact_counts([facility], TODAY) == {facility.pk: 0}
