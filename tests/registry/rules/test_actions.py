"""Draft, publish, close, open the next."""

from datetime import date

import pytest

from registry.models import AuditEvent, RuleVersion
from registry.rules.actions import (
    close_version,
    create_draft,
    new_citation,
    open_next_version,
    publish_version,
    update_draft,
)
from registry.rules.validation import RuleActionError
from tests.factories import make_rule, make_statute, make_user, make_version

pytestmark = pytest.mark.django_db
START, NEXT = date(2026, 1, 1), date(2027, 3, 10)


def test_a_draft_copies_content_and_citations_but_not_the_period() -> None:
    version = make_version(
        condition="floors_above >= 6", effective_from=START, note_ko="앞 판", articles=["제1조", "제2조"]
    )
    draft = create_draft(version.rule, based_on=version, by=None)
    assert (draft.status, draft.number, draft.condition) == ("draft", 2, "floors_above >= 6")
    assert (draft.effective_from, draft.note_ko) == (None, "")
    assert [citation.article for citation in draft.citations.all()] == ["제1조", "제2조"]


def test_a_draft_is_edited_with_a_record_of_what_changed() -> None:
    draft = make_version(status="draft", condition="true")
    update_draft(draft, changes={"condition": "false"}, by=None)
    event = AuditEvent.objects.get(verb="rule_version.edited")
    assert event.data["changed"] == {"applies_when": ["true", "false"]}


def test_citations_of_a_draft_are_replaced() -> None:
    draft = make_version(status="draft", articles=["제1조"])
    update_draft(draft, changes={}, citations=[new_citation(make_statute("소방법"), article="제9조")], by=None)
    assert [str(citation) for citation in draft.citations.all()] == ["소방법 제9조"]


def test_a_published_version_is_not_edited() -> None:
    with pytest.raises(RuleActionError, match="다음 판의 초안"):
        update_draft(make_version(), changes={"condition": "false"}, by=None)


def test_a_field_that_is_not_content_is_not_edited() -> None:
    with pytest.raises(RuleActionError, match="status"):
        update_draft(make_version(status="draft"), changes={"status": "published"}, by=None)


def test_publishing_stamps_who_when_and_a_hash_of_the_content() -> None:
    admin = make_user("rule_admin")
    published = publish_version(make_version(status="draft"), by=admin)
    assert (published.status, published.published_by, len(published.content_hash)) == ("published", admin, 64)
    assert AuditEvent.objects.get(verb="rule_version.published").actor == admin


def test_publishing_the_next_version_closes_the_open_one_on_that_day() -> None:
    version = make_version(effective_from=START)
    after = open_next_version(version, effective_from=NEXT, changes={"condition": "false"}, by=None)
    version.refresh_from_db()
    assert (version.status, version.effective_until) == ("closed", NEXT)
    assert (after.status, after.effective_from, after.condition) == ("published", NEXT, "false")
    assert list(RuleVersion.objects.in_force(date(2027, 3, 9))) == [version]
    assert list(RuleVersion.objects.in_force(NEXT)) == [after]


def test_a_version_does_not_begin_before_the_one_it_follows() -> None:
    version = make_version(effective_from=START)
    with pytest.raises(RuleActionError, match=version.rule.slug):
        open_next_version(version, effective_from=START, changes={}, by=None)
    version.refresh_from_db()
    assert version.status == "published"
    assert version.rule.versions.count() == 1


def test_a_later_version_needs_a_first_day() -> None:
    version = make_version()
    draft = create_draft(version.rule, based_on=version, by=None)
    with pytest.raises(RuleActionError, match="시행일"):
        publish_version(draft, by=None)


def test_versions_leave_no_gap() -> None:
    version = make_version(effective_from=START)
    close_version(version, until=date(2026, 6, 1), by=None)
    draft = create_draft(version.rule, based_on=version, changes={"effective_from": date(2026, 7, 1)}, by=None)
    with pytest.raises(RuleActionError, match="빈 날"):
        publish_version(draft, by=None)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("condition", "floor_above >= 6", "floor_above"),
        ("condition", "floors_above >=", "적용 조건"),
        ("requirement_ko", "", "요구사항"),
        ("stages", [], "단계"),
    ],
)
def test_an_unsound_draft_is_not_published(field: str, value: object, told: str) -> None:
    draft = make_version(status="draft", condition="floors_above >= 6")
    update_draft(draft, changes={field: value}, by=None)
    with pytest.raises(RuleActionError, match=told):
        publish_version(draft, by=None)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_draft_without_basis_is_not_published() -> None:
    with pytest.raises(RuleActionError, match="근거 조문"):
        publish_version(make_version(status="draft", articles=()), by=None)


def test_publishing_twice_is_refused() -> None:
    with pytest.raises(RuleActionError, match="이미 공표"):
        publish_version(make_version(), by=None)


def test_closing_ends_the_obligation_on_that_day() -> None:
    version = close_version(make_version(effective_from=START), until=NEXT, by=None)
    assert version.is_in_force(date(2027, 3, 9)) and not version.is_in_force(NEXT)


def test_what_is_closed_stays_closed() -> None:
    version = close_version(make_version(effective_from=START), until=NEXT, by=None)
    with pytest.raises(RuleActionError, match="되돌릴 수 없습니다"):
        close_version(version, until=date(2028, 1, 1), by=None)


def test_a_draft_is_not_closed() -> None:
    with pytest.raises(RuleActionError, match="초안"):
        close_version(make_version(status="draft"), until=NEXT, by=None)


def test_of_two_drafts_the_one_published_later_follows() -> None:
    rule = make_rule()
    version = make_version(rule, effective_from=START)
    first = create_draft(rule, based_on=version, changes={"effective_from": date(2028, 1, 1)}, by=None)
    second = create_draft(rule, based_on=version, changes={"effective_from": NEXT}, by=None)
    publish_version(second, by=None)
    last = publish_version(first, by=None)
    assert (last.number, last.effective_from) == (4, date(2028, 1, 1))
