"""A published version cannot be changed by anyone: not by the ORM, not in bulk, not by SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from registry.models import Citation, RuleVersion
from registry.rules.models import ImmutableVersionError
from tests.factories import make_version

pytestmark = pytest.mark.django_db
TABLE = "registry_ruleversion"


def _sql(statement: str, *parameters: str | int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_save_refuses() -> None:
    version = make_version()
    version.condition = "false"
    with pytest.raises(ImmutableVersionError):
        version.save()


def test_save_of_one_content_field_refuses() -> None:
    version = make_version()
    version.title_ko = "다른 제목"
    with pytest.raises(ImmutableVersionError):
        version.save(update_fields=["title_ko"])


def test_an_update_in_bulk_refuses() -> None:
    version = make_version()
    with pytest.raises(ImmutableVersionError):
        RuleVersion.objects.filter(pk=version.pk).update(condition="false")


def test_delete_refuses() -> None:
    with pytest.raises(ImmutableVersionError):
        make_version().delete()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("condition", "false"),
        ("penalty", '{"kind": "벌금"}'),
        ("effective_from", "2030-01-01"),
        ("content_hash", "0"),
        ("status", "draft"),
    ],
)
def test_sql_that_changes_it_is_refused_by_the_database(column: str, value: str) -> None:
    version = make_version()
    with pytest.raises(IntegrityError, match="never changes"):
        _sql(f"UPDATE {TABLE} SET {column} = %s WHERE id = %s", value, version.pk)


def test_sql_that_deletes_it_is_refused_by_the_database() -> None:
    version = make_version(articles=())
    with pytest.raises(IntegrityError, match="never deleted"):
        _sql(f"DELETE FROM {TABLE} WHERE id = %s", version.pk)


def test_sql_that_reopens_what_is_closed_is_refused_by_the_database() -> None:
    version = make_version(effective_until="2026-01-01")
    with pytest.raises(IntegrityError, match="never changes"):
        _sql(f"UPDATE {TABLE} SET status = 'published', effective_until = NULL WHERE id = %s", version.pk)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE registry_citation SET article = '제9조' WHERE id = %s", "DELETE FROM registry_citation WHERE id = %s"],
)
def test_its_citations_are_kept_by_the_database(statement: str) -> None:
    citation = Citation.objects.get(version=make_version())
    with pytest.raises(IntegrityError, match="citations of a published rule version never change"):
        _sql(statement, citation.pk)


def test_a_draft_may_change_and_go() -> None:
    draft = make_version(status="draft")
    draft.condition = "false"
    draft.save()
    draft.delete()
    assert not RuleVersion.objects.exists()
