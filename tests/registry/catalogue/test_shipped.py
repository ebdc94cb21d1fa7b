"""The catalogue that is shipped: complete, sound and loadable by command."""

from io import StringIO

import pytest
from django.core.management import call_command

from registry.catalogue.checking import check_catalogue
from registry.catalogue.entries import Kind
from registry.catalogue.rule_entries import versions_in
from registry.models import AuditEvent, LegislativeEvent, RuleVersion
from tests.catalogue import shipped_catalogue

COUNTS = {
    Kind.FACT: 285,
    Kind.TOPIC: 51,
    Kind.MINISTRY: 19,
    Kind.RULE: 311,
    Kind.INCENTIVE: 63,
    Kind.LEGISLATION: 1,
}


@pytest.mark.parametrize(("kind", "count"), COUNTS.items())
def test_nothing_of_the_research_is_lost(kind: Kind, count: int) -> None:
    assert len(shipped_catalogue().of(kind)) == count


def test_the_shipped_catalogue_is_sound() -> None:
    assert len(check_catalogue(shipped_catalogue())) == COUNTS[Kind.FACT]


def test_every_topic_gathers_rules() -> None:
    used = {entry.data["unified_topic"] for entry in shipped_catalogue().of(Kind.RULE)}
    assert used == {entry.id for entry in shipped_catalogue().of(Kind.TOPIC)}


def test_twelve_later_versions_are_kept() -> None:
    versions = [versions_in(entry.data) for entry in shipped_catalogue().of(Kind.RULE)]
    assert sum(len(found) - 1 for found in versions) == 12


@pytest.mark.django_db
def test_the_command_loads_all_of_it_and_then_finds_nothing_to_do() -> None:
    out = StringIO()
    call_command("load_catalogue", stdout=out)
    assert "Catalogue new revision 1" in out.getvalue()
    assert RuleVersion.objects.published().count() == 323
    assert LegislativeEvent.objects.count() == 26
    events = AuditEvent.objects.count()
    call_command("load_catalogue", stdout=out)
    assert out.getvalue().splitlines()[-2].split() == ["total", "0", "1075", "0", "0"]
    assert AuditEvent.objects.count() == events
