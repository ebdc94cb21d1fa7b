"""The way in, the front page and a person's own page."""

import pytest
from django.test import Client

from registry.models import AuditEvent
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def test_a_visitor_is_told_what_this_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "점검표 하나" in page
    assert "/accounts/login/" in page


@pytest.mark.parametrize(
    ("role", "home"),
    [
        ("manager", "/facilities/"),
        ("platform_admin", "/facilities/"),
        ("auditor", "/facilities/"),
        ("officer", "/reviews/"),
        ("rule_admin", "/admin/"),
    ],
)
def test_everybody_begins_where_his_work_is(client: Client, role: str, home: str) -> None:
    client.force_login(make_user(role))
    response = client.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, home)


def test_signing_in_and_out(client: Client) -> None:
    user = make_user(username="kim")
    response = client.post("/accounts/login/", {"username": "kim", "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_a_wrong_password_is_told_without_saying_which_part_is_wrong(client: Client) -> None:
    make_user(username="kim")
    response = client.post("/accounts/login/", {"username": "kim", "password": "wrong"})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


def test_the_own_password_can_be_changed(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    new = "another horse battery"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    client.post("/accounts/password_change/", data)
    user.refresh_from_db()
    assert user.check_password(new)


def test_the_own_name_can_be_changed_and_leaves_a_trace(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    client.post("/profile/", {"display_name": "김시설", "email": "kim@example.kr"})
    user.refresh_from_db()
    assert (user.display_name, user.email) == ("김시설", "kim@example.kr")
    assert AuditEvent.objects.filter(verb="user.profile_changed").count() == 1


def test_nobody_raises_his_own_role(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    client.post("/profile/", {"display_name": "x", "role": "platform_admin"})
    user.refresh_from_db()
    assert user.role == "manager"


def test_the_profile_needs_signing_in(client: Client) -> None:
    assert client.get("/profile/").status_code == 302


def test_the_language_is_switched_and_kept(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()


@pytest.mark.parametrize("role", ["manager", "officer", "rule_admin", "platform_admin", "auditor"])
def test_the_menu_leads_only_where_the_role_may_go(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    page = client.get("/profile/").content.decode()
    assert ('href="/facilities/"' in page) == (role in ("manager", "platform_admin", "auditor"))
    assert ('href="/reviews/"' in page) == (role in ("officer", "platform_admin", "auditor"))
