"""Drafting, publishing and closing through the pages of Django admin."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import AuditEvent, RuleVersion
from tests.factories import make_facility, make_rule, make_statute, make_user, make_version

pytestmark = pytest.mark.django_db

FORM = {
    "title_ko": "스프링클러 설치",
    "title_en": "Sprinklers",
    "subject": "building",
    "binding": "mandatory",
    "obligation_kind": "install",
    "stages": ["operation", "design"],
    "condition": "true",
    "requirement_ko": "갖춘다.",
    "requirement_en": "Have it.",
    "evidence_ko": "사진\n\n 점검표 ",
    "authority_ko": "소방서장",
    "confidence": "verified_text",
}


@pytest.fixture
def rule_admin(client: Client) -> Client:
    client.force_login(make_user("rule_admin", username="admin"))
    return client


def form_of(version: RuleVersion, **changes: Any) -> dict[str, Any]:
    citations = list(version.citations.all()) if version.pk else []
    data: dict[str, Any] = {**FORM, "rule": version.rule_id, "ministry": version.ministry_id, **changes}
    data |= {"citations-TOTAL_FORMS": len(citations) + 1, "citations-INITIAL_FORMS": len(citations)}
    for number, row in enumerate(citations):
        data |= {f"citations-{number}-id": row.pk, f"citations-{number}-version": version.pk}
        data |= {f"citations-{number}-statute": row.statute_id, f"citations-{number}-article": row.article}
        data |= {f"citations-{number}-order": row.order}
    return data


def page(version: RuleVersion, step: str = "") -> str:
    name = f"admin:ruleversion-{step}" if step else "admin:registry_ruleversion_change"
    return reverse(name, args=[version.pk])


def test_a_rule_admin_drafts_previews_publishes_and_closes(rule_admin: Client) -> None:
    make_facility(name_ko="높은 곳", floors_above=9)
    first = make_version(condition="floors_above >= 11", effective_from=date(2020, 1, 1))

    rule_admin.post(page(first, "next"), {"effective_from": "2027-01-01"})
    draft = RuleVersion.objects.get(rule=first.rule, status="draft")
    rule_admin.post(page(draft), form_of(draft, condition="floors_above >= 6", effective_from="2027-01-01"))
    preview = rule_admin.get(page(draft, "preview"))
    rule_admin.post(page(draft, "publish"), {"effective_from": "2027-01-01"})
    rule_admin.post(page(draft, "close"), {"effective_until": "2028-01-01"})

    first.refresh_from_db()
    draft.refresh_from_db()
    assert "높은 곳" in preview.content.decode()
    assert (first.status, first.effective_until) == ("closed", date(2027, 1, 1))
    assert (draft.status, draft.condition, draft.effective_until) == ("closed", "floors_above >= 6", date(2028, 1, 1))


def test_a_new_draft_is_written_with_its_citations_in_their_order(rule_admin: Client) -> None:
    rule, act = make_rule(), make_statute("소방법")
    model = make_version()
    data = form_of(RuleVersion(rule=rule, ministry=model.ministry))
    data |= {"citations-TOTAL_FORMS": 2}
    data |= {"citations-0-statute": act.pk, "citations-0-article": "제2조", "citations-0-order": 2}
    data |= {"citations-1-statute": act.pk, "citations-1-article": "제1조", "citations-1-order": 1}

    rule_admin.post(reverse("admin:registry_ruleversion_add"), data)

    draft = RuleVersion.objects.get(rule=rule)
    assert draft.status == "draft"
    assert draft.stages == ["design", "operation"]
    assert draft.evidence_ko == ["사진", "점검표"]
    assert [row.article for row in draft.citations.all()] == ["제1조", "제2조"]


def test_saving_a_draft_records_before_and_after(rule_admin: Client) -> None:
    draft = make_version(status="draft", title_ko="옛 제목")

    rule_admin.post(page(draft), form_of(draft, title_ko="새 제목"))

    event = AuditEvent.objects.get(verb="rule_version.edited")
    assert event.data["changed"]["title_ko"] == ["옛 제목", "새 제목"]
    assert event.actor_label == "admin"


def test_a_post_to_a_published_version_is_refused_and_changes_nothing(rule_admin: Client) -> None:
    version = make_version(title_ko="공표된 제목")

    response = rule_admin.post(page(version), form_of(version, title_ko="고친 제목"))

    version.refresh_from_db()
    assert response.status_code == 403
    assert version.title_ko == "공표된 제목"


def test_a_published_version_has_neither_save_nor_delete(rule_admin: Client) -> None:
    version = make_version()

    content = rule_admin.get(page(version)).content
    deletion = rule_admin.post(reverse("admin:registry_ruleversion_delete", args=[version.pk]), {"post": "yes"})

    assert b'name="_save"' not in content
    assert b'name="citations-0-article"' not in content
    assert deletion.status_code == 403


def test_status_and_end_of_a_draft_cannot_be_typed(rule_admin: Client) -> None:
    draft = make_version(status="draft")

    rule_admin.post(page(draft), form_of(draft, status="published", effective_until="2030-01-01", number=7))

    draft.refresh_from_db()
    assert (draft.status, draft.effective_until, draft.number) == ("draft", None, 1)


def test_a_draft_may_be_deleted_and_the_audit_trail_says_so(rule_admin: Client) -> None:
    draft = make_version(status="draft")

    rule_admin.post(reverse("admin:registry_ruleversion_delete", args=[draft.pk]), {"post": "yes"})

    assert not RuleVersion.objects.exists()
    assert AuditEvent.objects.filter(verb="ruleversion.deleted").count() == 1


def test_an_unreadable_condition_is_refused_with_its_place(rule_admin: Client) -> None:
    make_facility(floors_above=3)
    draft = make_version(status="draft")

    response = rule_admin.post(page(draft), form_of(draft, condition="floors_abov >= 6"))

    assert "floors_above" in str(response.context["adminform"].form.errors["condition"])
    draft.refresh_from_db()
    assert draft.condition == "true"


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("recurrence", '{"every": "P1Y"}', "anchor"),
        ("penalty", '{"kind": "벌점", "max_krw": 1, "basis": "x"}', "과태료"),
        ("measure", "{not json", "JSON"),
        ("deadline", '{"within": "P1D", "of": "x", "when": 1}', "when"),
    ],
)
def test_json_that_the_catalogue_would_refuse_is_refused_here(
    rule_admin: Client, field: str, text: str, reason: str
) -> None:
    draft = make_version(status="draft")

    response = rule_admin.post(page(draft), form_of(draft, **{field: text}))

    errors = response.context["adminform"].form.errors
    assert reason in str(errors[field])


def test_publishing_without_a_basis_is_refused_in_words(rule_admin: Client) -> None:
    draft = make_version(status="draft", articles=())

    response = rule_admin.post(page(draft, "publish"), {"effective_from": ""})

    draft.refresh_from_db()
    assert draft.status == "draft"
    assert any("근거 조문" in str(message) for message in response.context["messages"])


def test_a_second_version_needs_a_first_day(rule_admin: Client) -> None:
    first = make_version(effective_from=date(2020, 1, 1))
    draft = make_version(first.rule, status="draft")

    response = rule_admin.post(page(draft, "publish"), {"effective_from": ""})

    assert "effective_from" in response.context["form"].errors


def test_a_refused_publication_leaves_the_open_version_open(rule_admin: Client) -> None:
    first = make_version(effective_from=date(2020, 1, 1))
    draft = make_version(first.rule, status="draft", articles=())

    rule_admin.post(page(draft, "publish"), {"effective_from": "2027-01-01"})

    first.refresh_from_db()
    draft.refresh_from_db()
    assert (first.status, draft.status, draft.effective_from) == ("published", "draft", None)


@pytest.mark.parametrize("step", ["publish", "preview"])
def test_a_published_version_has_no_steps_of_a_draft(rule_admin: Client, step: str) -> None:
    assert rule_admin.get(page(make_version(), step)).status_code == 404


@pytest.mark.parametrize("step", ["next", "publish", "close"])
def test_an_auditor_takes_no_step(client: Client, step: str) -> None:
    client.force_login(make_user("auditor"))
    version = make_version(status="draft" if step == "publish" else "")

    assert client.post(page(version, step), {"effective_from": "2027-01-01"}).status_code == 403
    assert RuleVersion.objects.count() == 1
