"""Accounts in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import AuditEvent, User
from tests.factories import make_ministry, make_operator, make_user

pytestmark = pytest.mark.django_db

NEW = {"username": "new", "usable_password": "true", "password1": "ein langes wort 7", "password2": "ein langes wort 7"}


@pytest.fixture
def platform_admin(client: Client) -> Client:
    client.force_login(make_user("platform_admin"))
    return client


def add(client: Client, **fields: Any) -> Any:
    return client.post(reverse("admin:registry_user_add"), {**NEW, **fields})


def test_a_platform_admin_makes_an_officer_who_can_sign_in(platform_admin: Client) -> None:
    add(platform_admin, role="officer", ministry=make_ministry("nfa").pk)

    assert Client().login(username="new", password=NEW["password1"])


def test_a_new_rule_admin_finds_the_way_to_the_admin(platform_admin: Client) -> None:
    add(platform_admin, role="rule_admin")

    assert User.objects.get(username="new").is_staff


def test_who_becomes_a_manager_loses_the_way_to_the_admin(platform_admin: Client) -> None:
    user = make_user("rule_admin", is_staff=True)

    platform_admin.post(
        reverse("admin:registry_user_change", args=[user.pk]),
        {"username": user.username, "role": "manager", "operator": make_operator().pk, "is_active": "on"},
    )

    user.refresh_from_db()
    assert (user.role, user.is_staff) == ("manager", False)


@pytest.mark.parametrize(("role", "word"), [("manager", "사업자"), ("officer", "소관부처")])
def test_a_role_without_its_house_is_refused_in_words(platform_admin: Client, role: str, word: str) -> None:
    response = add(platform_admin, role=role)

    assert word in str(response.context["adminform"].form.errors)
    assert not User.objects.filter(username="new").exists()


def test_passwords_are_never_told(platform_admin: Client) -> None:
    add(platform_admin, role="rule_admin")

    event = AuditEvent.objects.get(verb="user.created")
    assert NEW["password1"] not in str(event.data)


def test_a_password_set_by_an_admin_works_and_is_told(platform_admin: Client) -> None:
    user = make_user("auditor", username="auditor")
    url = reverse("admin:auth_user_password_change", args=[user.pk])

    platform_admin.post(url, {"password1": "ganz anders 12", "password2": "ganz anders 12", "usable_password": "true"})

    assert Client().login(username="auditor", password="ganz anders 12")
    assert AuditEvent.objects.filter(verb="user.password_set", object_id=user.pk).exists()


def test_nobody_is_deleted(platform_admin: Client) -> None:
    user = make_user("auditor")

    response = platform_admin.post(reverse("admin:registry_user_delete", args=[user.pk]), {"post": "yes"})

    assert response.status_code == 403
