"""The decision letter."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.test import Client

from compliance.models import Review
from compliance.reviews.letter import letter_of, print_letter
from tests.compliance.pdf_text import text_of
from tests.compliance.reviews.review_builders import (
    decide,
    make_submitted_dossier,
    manager_of,
    officer_of,
    review_of,
)

pytestmark = pytest.mark.django_db
CONDITION = "6개월 안에 감지기를 바꿀 것"


@pytest.fixture
def review() -> Review:
    return review_of(make_submitted_dossier(), "nfa")


def printed(review: Review, language: str = "ko") -> bytes:
    return print_letter(letter_of(review), language=language)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_it_tells_number_facility_ministry_decision_conditions_and_officer(review: Review) -> None:
    decide(review, "conditional", conditions=CONDITION)
    text = squeezed(text_of(printed(review)))
    dossier = review.dossier
    told = (f"{dossier.number}-NFA", "시험 데이터센터", review.ministry.name_ko, "조건부 수리", CONDITION, "2026-06-30")
    missing = [words for words in (*told, str(officer_of("nfa"))) if squeezed(words) not in text]
    assert missing == []


def test_it_tells_the_reason_of_a_return(review: Review) -> None:
    decide(review, "returned", reason="도면이 현황과 다릅니다.")
    assert squeezed("도면이 현황과 다릅니다.") in squeezed(text_of(printed(review)))


def test_it_says_that_it_is_not_signed(review: Review) -> None:
    decide(review)
    assert squeezed("전자서명하지 않았습니다") in squeezed(text_of(printed(review)))


def test_it_is_tagged_and_names_its_language(review: Review) -> None:
    decide(review)
    with pikepdf.open(BytesIO(printed(review))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "ko"
        assert len(pdf.pages) == 1


def test_markup_in_reasons_stays_text(review: Review) -> None:
    decide(review, "returned", reason="<b>굵게</b>")
    assert "<b>굵게</b>" in text_of(printed(review))


def test_there_is_no_letter_before_the_decision(client: Client, review: Review) -> None:
    client.force_login(officer_of("nfa"))
    assert client.get(f"/reviews/{review.pk}/letter.pdf").status_code == 404


def test_the_operator_and_the_ministry_get_it_and_another_ministry_does_not(client: Client, review: Review) -> None:
    decide(review)
    found = {}
    for user in (manager_of(review.dossier.facility), officer_of("nfa"), officer_of("mcee")):
        client.force_login(user)
        found[user.username] = client.get(f"/reviews/{review.pk}/letter.pdf").status_code
    assert list(found.values()) == [200, 200, 404]
