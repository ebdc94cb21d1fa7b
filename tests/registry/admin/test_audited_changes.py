"""Every change in the admin is told in the audit trail, with what was before and after."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.audit.actions import broken_links
from registry.models import AuditEvent, Incentive, LegislativeEvent, Rule, Statute
from tests.factories import make_incentive, make_ministry, make_rule, make_statute, make_topic, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule_admin(client: Client) -> Client:
    client.force_login(make_user("rule_admin", username="admin"))
    return client


def change_url(row: Any) -> str:
    return reverse(f"admin:registry_{row._meta.model_name}_change", args=[row.pk])


def incentive_form(row: Incentive, **changes: Any) -> dict[str, Any]:
    names = ["title_ko", "title_en", "kind", "recorded_status", "eligibility", "benefit_ko", "benefit_en", "confidence"]
    return {**{name: getattr(row, name) for name in names}, "ministry": row.ministry_id, "order": 0, **changes}


def test_a_new_statute_is_told(rule_admin: Client) -> None:
    rule_admin.post(reverse("admin:registry_statute_add"), {"title_ko": "주차장법", "kind": "법률"})

    event = AuditEvent.objects.get(verb="statute.created")
    assert event.object_id == str(Statute.objects.get().pk)
    assert event.data["changed"]["title_ko"] == [None, "주차장법"]


def test_a_moved_rule_is_told_by_the_names_of_its_topics(rule_admin: Client) -> None:
    old, new = make_topic("batteries"), make_topic("generators")
    rule = make_rule(topic=old)

    rule_admin.post(
        change_url(rule),
        {"domain": "fire", "topic": new.pk, "merged_from": "", "versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0},
    )

    assert AuditEvent.objects.get(verb="rule.changed").data["changed"] == {"topic": ["batteries", "generators"]}


def test_saving_without_a_change_is_not_told(rule_admin: Client) -> None:
    act = make_statute("건축법")

    rule_admin.post(change_url(act), {"title_ko": "건축법", "kind": "법률"})

    assert not AuditEvent.objects.filter(verb="statute.changed").exists()


def test_a_deleted_statute_leaves_what_it_was(rule_admin: Client) -> None:
    act = make_statute("없어진 법")

    rule_admin.post(reverse("admin:registry_statute_delete", args=[act.pk]), {"post": "yes"})

    assert AuditEvent.objects.get(verb="statute.deleted").data["was"]["title_ko"] == "없어진 법"


def test_a_cited_statute_cannot_be_deleted(rule_admin: Client) -> None:
    act = make_version().citations.get().statute

    rule_admin.post(reverse("admin:registry_statute_delete", args=[act.pk]), {"post": "yes"})

    assert Statute.objects.filter(pk=act.pk).exists()


def test_a_rule_with_versions_cannot_be_deleted(rule_admin: Client) -> None:
    rule = make_version().rule

    response = rule_admin.post(reverse("admin:registry_rule_delete", args=[rule.pk]), {"post": "yes"})

    assert response.status_code == 403
    assert Rule.objects.filter(pk=rule.pk).exists()


def test_an_incentive_changes_with_before_and_after(rule_admin: Client) -> None:
    row = make_incentive(benefit_formula="contract_power_kw * 10", eligibility="contract_power_kw >= 1")

    rule_admin.post(change_url(row), incentive_form(row, benefit_formula="contract_power_kw * 20"))

    row.refresh_from_db()
    assert row.benefit_formula == "contract_power_kw * 20"
    changed = AuditEvent.objects.get(verb="incentive.changed").data["changed"]
    assert changed["benefit_formula"] == ["contract_power_kw * 10", "contract_power_kw * 20"]


@pytest.mark.parametrize("formula", ["contract_power_kw > 3", "contract_power_k * 3"])
def test_a_formula_that_is_no_number_is_refused(rule_admin: Client, formula: str) -> None:
    row = make_incentive(eligibility="contract_power_kw >= 1")

    response = rule_admin.post(change_url(row), incentive_form(row, benefit_formula=formula))

    assert "benefit_formula" in response.context["adminform"].form.errors


def test_a_step_of_legislation_is_added_and_told(rule_admin: Client) -> None:
    act = {"slug": "act", "name_ko": "법", "name_en": "Act", "number": "법률 제1호", "confidence": "unverified"}
    rule_admin.post(reverse("admin:registry_legislation_add"), {**act, "ministry": make_ministry().pk, "data": ""})
    step = {"legislation": 1, "order": 1, "stage": "proposed", "event_ko": "발의", "confidence": "unverified"}
    rule_admin.post(
        reverse("admin:registry_legislativeevent_add"),
        {**step, "legislation": AuditEvent.objects.get(verb="legislation.created").object_id, "date_window": "[]"},
    )

    assert LegislativeEvent.objects.get().event_ko == "발의"
    assert AuditEvent.objects.filter(verb="legislativeevent.created").exists()


def test_the_history_page_reads_from_the_audit_trail(rule_admin: Client) -> None:
    act = make_statute("옛 이름")
    rule_admin.post(change_url(act), {"title_ko": "새 이름", "kind": "법률"})

    page = rule_admin.get(reverse("admin:registry_statute_history", args=[act.pk])).content.decode()

    assert "statute.changed" in page
    assert "옛 이름" in page


def test_the_chain_holds_after_changes_in_the_admin(rule_admin: Client) -> None:
    act = make_statute("이름")
    for name in ("하나", "둘"):
        rule_admin.post(change_url(act), {"title_ko": name, "kind": "법률"})

    assert list(broken_links()) == []
