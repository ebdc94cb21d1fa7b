"""The page of one item: answering, conflicts, confirming again."""

from typing import Any

import pytest
from django.test import Client

from compliance.checklists.actions import Entry, answer_item
from compliance.checklists.reconcile import open_checklist, reconcile
from compliance.models import Answer, Item
from registry.models import Rule, RuleVersion
from tests.compliance.checklists.checklist_builders import AT, ON, facility_of, make_item, manager_of
from tests.compliance.checklists.test_reconfirm import AMENDED, amend
from tests.factories import make_facility, make_ministry, make_rule, make_topic, make_user, make_version

pytestmark = pytest.mark.django_db


def signed_in(item: Item) -> Client:
    client = Client()
    client.force_login(manager_of(item))
    return client


def sent(item: Item, **fields: str) -> dict[str, str]:
    return {"status": "compliant", "row_version": str(item.row_version), **fields}


def test_the_page_shows_the_obligations_of_all_ministries_with_their_law() -> None:
    item = make_item()
    text = signed_in(item).get(f"/items/{item.pk}/").content.decode()
    for part in ("nfa 부", "msit 부", "건축법 제1조", "조문 확인", "시장·군수·구청장", "fire-battery을(를) 갖추어야"):
        assert part in text


def test_an_answer_is_saved_and_the_page_shown_again() -> None:
    item = make_item()
    answer = signed_in(item).post(f"/items/{item.pk}/answer/", sent(item, note="확인함"))
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.status, item.row_version) == ("compliant", 2)


def test_htmx_gets_the_body_with_the_new_state() -> None:
    item = make_item()
    answer = signed_in(item).post(f"/items/{item.pk}/answer/", sent(item), headers={"HX-Request": "true"})
    assert answer.content.decode().strip().startswith('<div id="body"')
    assert "답변을 저장했습니다" in answer.content.decode()


def test_not_applicable_without_a_reason_is_sent_back_with_the_entry() -> None:
    item = make_item()
    answer = signed_in(item).post(f"/items/{item.pk}/answer/", sent(item, status="not_applicable", note="내 설명"))
    text = answer.content.decode()
    assert "사유를 적으십시오" in text
    assert "내 설명" in text
    assert not Answer.objects.exists()


def test_two_people_on_one_item_both_see_both_answers_and_nothing_is_lost() -> None:
    item = make_item()
    client = signed_in(item)
    other = Entry(status="non_compliant", note="먼저 저장한 설명")
    answer_item(item, other, by=manager_of(item), at=AT, row_version=item.row_version)
    answer = client.post(f"/items/{item.pk}/answer/", sent(item, note="나중에 쓴 설명"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "먼저 저장한 설명" in text and "나중에 쓴 설명" in text
    assert Answer.objects.count() == 1


def test_after_a_conflict_the_kept_entry_can_be_sent_again() -> None:
    item = make_item()
    client = signed_in(item)
    answer_item(item, Entry(status="partly"), by=manager_of(item), at=AT, row_version=item.row_version)
    conflict = client.post(f"/items/{item.pk}/answer/", sent(item))
    again = conflict.context["form"]["row_version"].value()
    client.post(f"/items/{item.pk}/answer/", sent(item, row_version=again))
    item.refresh_from_db()
    assert item.status == "compliant"


def test_an_obligation_is_answered_apart_and_follows_the_item_again() -> None:
    item = make_item()
    client = signed_in(item)
    fire = item.obligations.get(rule__slug="fire-battery")
    client.post(f"/obligations/{fire.pk}/answer/", sent(item, status="partly"))
    fire.refresh_from_db()
    assert fire.answer is not None and fire.answer.status == "partly"
    client.post(f"/obligations/{fire.pk}/clear/", {"row_version": item.row_version + 1})
    fire.refresh_from_db()
    assert fire.answer is None


def test_the_change_is_shown_side_by_side_until_it_is_confirmed() -> None:
    item = make_item()
    client = signed_in(item)
    client.post(f"/items/{item.pk}/answer/", sent(item))
    amend("fire-battery", requirement_ko="더 두꺼운 벽을 갖추어야 한다.")
    reconcile(facility_of(item), by=None, on=AMENDED)
    assert "<ins>더 두꺼운 벽을</ins>" in client.get(f"/items/{item.pk}/").content.decode()
    item.refresh_from_db()
    client.post(f"/items/{item.pk}/reconfirm/", {"row_version": item.row_version})
    item.refresh_from_db()
    assert not item.needs_reconfirm


def measured_item() -> Item:
    topic = make_topic("noise")
    for slug, value in (("env-noise", 45), ("safety-noise", 85)):
        measure = {"name": "night_noise_dba", "unit": "dB", "op": "<=", "value": value, "limit": f"<= {value}"}
        make_version(make_rule(slug, topic=topic), ministry=make_ministry(slug), measure=measure)
    open_checklist(make_facility(), by=None, on=ON)
    return Item.objects.get(topic=topic)


def test_the_strictest_limit_stands_out_and_each_obligation_is_judged() -> None:
    item = measured_item()
    client = signed_in(item)
    client.post(f"/items/{item.pk}/answer/", sent(item, **{"measured-night_noise_dba": "60"}))
    page = client.get(f"/items/{item.pk}/").context["page"]
    assert [(limit.value, line.version.rule.slug) for limit, line in page.strictest] == [(45, "env-noise")]
    assert {line.version.rule.slug: line.judgement for line in page.lines} == {
        "env-noise": "exceeds",
        "safety-noise": "meets",
    }


def test_a_measured_value_says_what_is_measured() -> None:
    item = measured_item()
    page = signed_in(item).get(f"/items/{item.pk}/")
    title = RuleVersion.objects.get(rule__slug="safety-noise").title_ko
    assert f"측정값: {title}" in page.content.decode()


def test_an_auditor_reads_but_cannot_write() -> None:
    item = make_item()
    client = Client()
    client.force_login(make_user("auditor"))
    assert client.get(f"/items/{item.pk}/").status_code == 200
    assert client.post(f"/items/{item.pk}/answer/", sent(item)).status_code == 403


@pytest.mark.parametrize("rules", [2, 20])
def test_the_page_takes_the_same_queries_for_any_number_of_obligations(
    rules: int, django_assert_num_queries: Any
) -> None:
    item = make_item()
    for number in range(rules):
        make_version(make_rule(f"more-{number}", topic=item.topic), ministry=make_ministry("nfa"))
    reconcile(facility_of(item), by=None, on=ON)
    client = signed_in(item)
    with django_assert_num_queries(13):
        client.get(f"/items/{item.pk}/")
    assert Rule.objects.count() == rules + 2
