"""Who would gain, lose or keep an obligation."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Facility
from registry.rules.actions import create_draft
from registry.rules.preview import Preview, preview_publish
from tests.factories import make_building, make_facility, make_operator, make_version

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


def _preview(condition: str, before: str = "floors_above >= 6", subject: str = "building") -> Preview:
    version = make_version(condition=before, subject=subject)
    changes = {"condition": condition, "effective_from": date(2027, 1, 1)}
    draft = create_draft(version.rule, based_on=version, changes=changes, by=None)
    return preview_publish(draft, Facility.objects.all(), ON)


def test_subjects_are_told_apart_by_what_changes_for_them() -> None:
    site = make_facility(name_ko="A", floors_above=7)
    make_building(site, name="둘째", floors_above=5)
    make_building(site, name="셋째", floors_above=2)
    make_building(site, name="넷째")
    preview = _preview("floors_above >= 5")
    assert [row.name for row in preview.keeps] == ["본관"]
    assert [row.name for row in preview.gains] == ["둘째"]
    assert [row.name for row in preview.undetermined] == ["넷째"]
    assert not preview.loses and preview.count == 3


def test_a_narrower_rule_is_lost() -> None:
    make_facility(floors_above=7)
    assert [row.name for row in _preview("floors_above >= 10").loses] == ["본관"]


def test_a_first_version_is_only_gained() -> None:
    make_facility(floors_above=7)
    draft = make_version(condition="floors_above >= 6", status="draft")
    assert preview_publish(draft, Facility.objects.all(), ON).gains[0].name == "본관"


def test_an_operator_with_two_sites_is_one_subject() -> None:
    operator = make_operator()
    make_facility(operator=operator, is_ict_service_provider=True)
    make_facility(operator=operator)
    preview = _preview("true", before="is_ict_service_provider", subject="operator")
    assert len(preview.keeps) == 1


def test_the_facts_are_those_of_the_day() -> None:
    make_facility(floors_above=7, recorded_on=date(2027, 1, 1))
    assert [row.name for row in _preview("floors_above >= 5").undetermined] == ["본관"]


def test_a_further_site_costs_no_query() -> None:
    make_facility(floors_above=7)
    version = make_version(condition="floors_above >= 6")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            preview_publish(version, Facility.objects.all(), ON)
        return len(captured)

    before = queries()
    make_facility(floors_above=7)
    assert queries() == before <= 6
