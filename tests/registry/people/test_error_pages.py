"""What people see when something is not there or not allowed."""

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_an_unknown_address_is_answered_in_the_frame_of_the_site(client: Client) -> None:
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert "이 화면을 찾을 수 없습니다" in response.content.decode()


def test_a_refusal_says_so(client: Client) -> None:
    client.force_login(make_user("auditor"))
    response = client.get("/facilities/new/")
    assert response.status_code == 403
    assert "이 일을 할 권한이 없습니다" in response.content.decode()


def test_every_page_names_its_language_and_offers_a_way_past_the_menu(client: Client) -> None:
    page = client.get("/").content.decode()
    assert '<html lang="ko">' in page
    assert '<a class="skip-link" href="#main">' in page


def test_pages_carry_no_inline_script(client: Client) -> None:
    client.force_login(make_user())
    page = client.get("/profile/").content.decode()
    assert "<script>" not in page
    assert "onclick" not in page
