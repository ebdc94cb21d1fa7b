"""The pages of reviews: who sees what."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.dossiers import snapshot
from compliance.models import Dossier, Review
from compliance.reviews import actions
from registry.models import User
from tests.compliance.reviews.review_builders import (
    AT,
    DUE,
    decide,
    evidence_named,
    make_submitted_dossier,
    manager_of,
    officer_of,
    raise_finding,
    review_of,
)
from tests.factories import make_ministry, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return make_submitted_dossier()


@pytest.fixture
def review(dossier: Dossier) -> Review:
    return review_of(dossier, "nfa")


def page(client: Client, user: User, address: str, status: int = 200, *, htmx: bool = False) -> str:
    client.force_login(user)
    response = client.get(address, headers={"HX-Request": "true"} if htmx else {})
    assert response.status_code == status
    return response.content.decode()


def of(review: Review) -> str:
    return f"/reviews/{review.pk}/"


def test_the_list_shows_an_officer_the_reviews_of_his_ministry(client: Client, review: Review) -> None:
    html = page(client, officer_of("nfa"), "/reviews/")
    other = review_of(review.dossier, "mcee")
    assert (of(review) in html, of(other) in html) == (True, False)


def test_the_list_of_an_officer_without_reviews_says_so(client: Client, review: Review) -> None:
    assert "진행 중인 검토가 없습니다" in page(client, make_user("officer"), "/reviews/")


def test_a_decided_review_moves_to_the_closed_ones(client: Client, review: Review) -> None:
    decide(review)
    assert of(review) not in page(client, officer_of("nfa"), "/reviews/")
    assert of(review) in page(client, officer_of("nfa"), "/reviews/?show=closed")


@pytest.mark.parametrize(("waiting", "is_listed"), [("manager", True), ("ministry", False), ("", True)])
def test_the_list_is_filtered_by_whose_move_it_is(
    client: Client, review: Review, waiting: str, is_listed: bool
) -> None:
    raise_finding(review)
    assert (of(review) in page(client, officer_of("nfa"), f"/reviews/?waiting={waiting}")) is is_listed


@pytest.mark.parametrize(("words", "is_listed"), [("시험 ILW", True), ("다른 센터", False)])
def test_the_list_is_searched_by_number_and_facility(
    client: Client, review: Review, words: str, is_listed: bool
) -> None:
    assert (of(review) in page(client, officer_of("nfa"), f"/reviews/?q={words}")) is is_listed


def test_the_officer_sees_his_obligations_and_may_decide(client: Client, review: Review) -> None:
    html = page(client, officer_of("nfa"), of(review))
    assert "fire-sprinkler 의무" in html and "energy-grid 의무" not in html
    assert f"/reviews/{review.pk}/decide/" in html


def test_an_obligation_is_shown_with_reason_citation_and_confidence(client: Client, review: Review) -> None:
    html = page(client, officer_of("nfa"), of(review))
    for told in ("건축법 제1조", "조문 확인", "6층 ≥ 6층", "현장 확인", "fire-sprinkler을(를) 갖추어야 한다"):
        assert told in html, told


def test_another_ministry_reads_the_review_without_forms_or_files(client: Client, review: Review) -> None:
    raise_finding(review)
    html = page(client, officer_of("mcee"), of(review))
    assert "fire-sprinkler 의무" in html
    for form in ("/decide/", "/reply/", "/resolve/", "/findings/", "/evidence/"):
        assert form not in html, form


@pytest.mark.parametrize("role", ["auditor", "platform_admin"])
def test_auditors_and_platform_admins_read_without_forms(client: Client, review: Review, role: str) -> None:
    raise_finding(review)
    html = page(client, make_user(role), of(review))
    assert "도면이 다릅니다" in html
    for form in ("/decide/", "/reply/", "/resolve/", "/findings/"):
        assert form not in html, form


def test_the_manager_may_reply_but_not_decide(client: Client, review: Review) -> None:
    finding = raise_finding(review)
    html = page(client, manager_of(review.dossier.facility), of(review))
    assert f"/findings/{finding.pk}/reply/" in html
    assert "/decide/" not in html and "/resolve/" not in html


def test_all_ministries_stand_side_by_side(client: Client, review: Review) -> None:
    raise_finding(review, kind="supplement", due_on=DUE)
    html = page(client, officer_of("mcee"), f"/dossiers/{review.dossier.number}/reviews/")
    assert "보완 대기 1" in html and "2026-06-30" in html and "부처 검토 중" in html


def test_the_filter_answers_htmx_with_the_obligations_alone(client: Client, review: Review) -> None:
    html = page(client, officer_of("nfa"), f"{of(review)}?q=sprinkler", htmx=True)
    assert "fire-sprinkler 의무" in html and "fire-inspection 의무" not in html and "<html" not in html


def test_the_next_round_shows_what_was_asked_before(client: Client, review: Review) -> None:
    raise_finding(review, obligation_key=snapshot.load(review.dossier.snapshot).obligations_of("nfa")[0].key)
    decide(review, "returned", reason="도면 불일치")
    second = make_submitted_dossier(review.dossier.facility)
    html = page(client, officer_of("nfa"), of(review_of(second, "nfa")))
    assert "이전 차수의 지적" in html and "도면 불일치" in html and "도면이 다릅니다." in html


def test_a_superseded_review_points_to_the_next_round(client: Client, review: Review) -> None:
    decide(review, "returned", reason="도면 불일치")
    second = make_submitted_dossier(review.dossier.facility)
    html = page(client, officer_of("mcee"), of(review_of(review.dossier, "mcee")))
    assert f"/dossiers/{second.number}/reviews/" in html and "/decide/" not in html


@pytest.mark.parametrize("role", ["manager", "officer", "rule_admin"])
def test_a_review_does_not_exist_for_strangers(client: Client, review: Review, role: str) -> None:
    finding, document = raise_finding(review), evidence_named("sprinklers.png")
    stranger = make_user(role)
    page(client, stranger, of(review), 404)
    page(client, stranger, f"{of(review)}findings/", 404)
    page(client, stranger, f"{of(review)}evidence/{document.pk}/", 404)
    page(client, stranger, f"/dossiers/{review.dossier.number}/reviews/", 404)
    assert client.post(f"/findings/{finding.pk}/reply/", {"text": "남의 답"}).status_code == 404
    assert client.post(f"{of(review)}decide/").status_code == 404


def test_an_officer_opens_the_documents_of_his_obligations(client: Client, review: Review) -> None:
    client.force_login(officer_of("nfa"))
    response = client.get(f"{of(review)}evidence/{evidence_named('sprinklers.png').pk}/")
    assert b"".join(response).endswith(b"sprinklers")
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_an_officer_does_not_open_documents_of_other_ministries(client: Client, review: Review) -> None:
    page(client, officer_of("nfa"), f"{of(review)}evidence/{evidence_named('grid.png').pk}/", 404)
    other = review_of(review.dossier, "mcee")
    page(client, officer_of("nfa"), f"{of(other)}evidence/{evidence_named('grid.png').pk}/", 404)


@pytest.mark.parametrize(
    ("address", "queries"), [("/reviews/", 6), ("/reviews/{pk}/", 15), ("/dossiers/{number}/reviews/", 7)]
)
def test_pages_take_a_fixed_number_of_queries(
    client: Client, review: Review, address: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    manager = manager_of(review.dossier.facility)
    for _ in range(3):
        actions.reply_to_finding(raise_finding(review), text="고쳤습니다.", by=manager, at=AT)
    client.force_login(officer_of("nfa"))
    with django_assert_num_queries(queries):
        client.get(address.format(pk=review.pk, number=review.dossier.number))


def test_the_page_names_an_unknown_ministrys_officer_nothing(client: Client, review: Review) -> None:
    page(client, make_user("officer", ministry=make_ministry("pipc")), of(review), 404)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_markup_in_what_people_write_stays_text(client: Client, review: Review, language: str) -> None:
    said = "<script>가</script>"
    actions.raise_finding(review, kind="finding", text=said, documents=said, by=officer_of("nfa"), at=AT)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    html = page(client, officer_of("nfa"), of(review))
    assert "&lt;script&gt;" in html and "<script>가" not in html
