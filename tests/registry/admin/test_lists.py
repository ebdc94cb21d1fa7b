"""Lists stay fast with the whole catalogue in them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_ministry, make_rule, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule_admin(client: Client) -> Client:
    client.force_login(make_user("rule_admin"))
    return client


def rules(client: Client, **query: str) -> list[str]:
    page = client.get(reverse("admin:registry_rule_changelist"), query)
    return [rule.slug for rule in page.context["cl"].result_list]


def test_rules_are_found_by_korean_words(rule_admin: Client) -> None:
    make_version(make_rule("one"), title_ko="스프링클러 설치")
    make_version(make_rule("two"), title_ko="비상발전기 설치")

    assert rules(rule_admin, q="스프링클러") == ["one"]


def test_rules_are_filtered_by_the_ministry_of_the_version_in_force(rule_admin: Client) -> None:
    old, new = make_ministry("motie"), make_ministry("mcee")
    rule = make_rule("moved")
    make_version(rule, ministry=old, effective_until=date(2020, 1, 1))
    make_version(rule, ministry=new, effective_from=date(2020, 1, 1))

    assert rules(rule_admin, ministry=str(old.pk)) == []
    assert rules(rule_admin, ministry=str(new.pk)) == ["moved"]


def test_rules_are_filtered_by_confidence(rule_admin: Client) -> None:
    make_version(make_rule("sure"), confidence="verified_text")
    make_version(make_rule("unsure"), confidence="unverified")

    assert rules(rule_admin, confidence="unverified") == ["unsure"]


@pytest.mark.parametrize(
    ("page", "queries"), [("rule", 9), ("ruleversion", 8), ("factdefinition", 9), ("incentive", 8), ("topic", 8)]
)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    rule_admin: Client, django_assert_max_num_queries: Any, page: str, queries: int
) -> None:
    for number in range(30):
        make_version(make_rule(f"rule-{number}"), condition="floors_above >= 6")

    with django_assert_max_num_queries(queries):
        rule_admin.get(reverse(f"admin:registry_{page}_changelist"))


def test_a_version_page_has_few_queries(rule_admin: Client, django_assert_max_num_queries: Any) -> None:
    version = make_version(articles=[f"제{number}조" for number in range(12)])

    with django_assert_max_num_queries(12):
        rule_admin.get(reverse("admin:registry_ruleversion_change", args=[version.pk]))


def test_the_front_page_names_the_drafts_that_wait(rule_admin: Client) -> None:
    make_version(status="draft", title_ko="기다리는 초안")

    assert "기다리는 초안" in rule_admin.get(reverse("admin:index")).content.decode()


def test_lists_of_dossiers_do_not_fetch_their_snapshots(client: Client) -> None:
    client.force_login(make_user("platform_admin"))

    with CaptureQueriesContext(connection) as queries:
        for page in ("dossier", "review", "renderjob"):
            client.get(reverse(f"admin:compliance_{page}_changelist"))

    assert not [row["sql"] for row in queries.captured_queries if '."snapshot"' in row["sql"]]
