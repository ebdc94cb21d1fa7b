"""Who gets into the admin, and what they may do there."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_fact, make_ministry, make_rule, make_topic, make_user, make_version

pytestmark = pytest.mark.django_db

RULE_PAGES = [
    "registry_rule", "registry_ruleversion", "registry_topic", "registry_topicgroup", "registry_statute",
    "registry_ministry", "registry_factdefinition", "registry_factgroup", "registry_incentive",
    "registry_legislation", "registry_legislativeevent",
]  # fmt: skip
PLATFORM_PAGES = ["registry_user", "registry_operator", "registry_facility", "registry_auditevent"]
FOLLOWING_PAGES = [
    "compliance_checklist", "compliance_dossier", "compliance_review", "compliance_evidence", "compliance_renderjob",
]  # fmt: skip


def signed_in(client: Client, role: str) -> Client:
    client.force_login(make_user(role))
    return client


@pytest.mark.parametrize("role", ["manager", "officer"])
@pytest.mark.parametrize("page", ["admin:index", "admin:registry_rule_changelist", "admin:condition-facts"])
def test_managers_and_officers_find_no_admin(client: Client, role: str, page: str) -> None:
    assert signed_in(client, role).get(reverse(page)).status_code == 404


def test_visitors_are_sent_to_the_one_sign_in_page(client: Client) -> None:
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("login"))


def test_a_deactivated_rule_admin_is_a_visitor(client: Client) -> None:
    user = make_user("rule_admin")
    client.force_login(user)
    user.is_active = False
    user.save()

    assert client.get(reverse("admin:index")).status_code == 302


@pytest.mark.parametrize("page", RULE_PAGES)
@pytest.mark.parametrize("role", ["rule_admin", "platform_admin", "auditor"])
def test_those_concerned_with_law_see_every_list_of_it(client: Client, role: str, page: str) -> None:
    assert signed_in(client, role).get(reverse(f"admin:{page}_changelist")).status_code == 200


@pytest.mark.parametrize("page", PLATFORM_PAGES + FOLLOWING_PAGES)
@pytest.mark.parametrize(("role", "status"), [("rule_admin", 403), ("platform_admin", 200), ("auditor", 200)])
def test_accounts_sites_and_the_audit_trail_are_not_for_rule_admins(
    client: Client, role: str, status: int, page: str
) -> None:
    assert signed_in(client, role).get(reverse(f"admin:{page}_changelist")).status_code == status


@pytest.mark.parametrize("page", RULE_PAGES)
def test_rule_admins_may_add_and_auditors_may_not(client: Client, page: str) -> None:
    url = reverse(f"admin:{page}_add")

    assert signed_in(client, "rule_admin").get(url).status_code == 200
    assert signed_in(client, "auditor").get(url).status_code == 403


@pytest.mark.parametrize("page", ["registry_auditevent", "registry_facility", *FOLLOWING_PAGES])
def test_nobody_adds_to_what_is_only_read(client: Client, page: str) -> None:
    assert signed_in(client, "platform_admin").get(reverse(f"admin:{page}_add")).status_code == 403


def test_an_auditor_reads_a_draft_without_a_save_button(client: Client) -> None:
    draft = make_version(status="draft")
    url = reverse("admin:registry_ruleversion_change", args=[draft.pk])

    page = signed_in(client, "auditor").get(url)

    assert page.status_code == 200
    assert b'name="_save"' not in page.content


def test_rows_of_every_kind_open_for_editing(client: Client) -> None:
    signed_in(client, "rule_admin")
    rows = [make_rule(), make_topic(), make_ministry(), make_fact("floors_above"), make_version(status="draft")]

    for row in rows:
        url = reverse(f"admin:registry_{row._meta.model_name}_change", args=[row.pk])
        assert client.get(url).status_code == 200, row
