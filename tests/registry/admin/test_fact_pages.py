"""Fact definitions: free until somebody relies on them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import FactDefinition
from tests.factories import make_facility, make_fact, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule_admin(client: Client) -> Client:
    client.force_login(make_user("rule_admin"))
    return client


def save(client: Client, fact: FactDefinition, **changes: Any) -> Any:
    names = ["key", "level", "type", "unit", "label_ko", "label_en", "help_ko", "order", "derived"]
    data = {**{name: getattr(fact, name) for name in names}, "group": fact.group_id, "choices": "", **changes}
    return client.post(reverse("admin:registry_factdefinition_change", args=[fact.pk]), data)


def test_an_unused_fact_may_still_change_its_level(rule_admin: Client) -> None:
    fact = make_fact("site_area_m2")

    save(rule_admin, fact, level="building")

    fact.refresh_from_db()
    assert fact.level == "building"


@pytest.mark.parametrize("use", ["value", "condition"])
def test_key_level_and_type_of_a_used_fact_stay(rule_admin: Client, use: str) -> None:
    if use == "value":
        make_facility(floors_above=3)
    else:
        make_version(condition="floors_above >= 6")
    fact = make_fact("floors_above")

    save(rule_admin, fact, key="storeys", level="facility", type="text", label_ko="층수")

    fact.refresh_from_db()
    assert (fact.key, fact.level, fact.type, fact.label_ko) == ("floors_above", "building", "integer", "층수")


def test_a_used_fact_cannot_be_deleted(rule_admin: Client) -> None:
    make_version(condition="floors_above >= 6")
    fact = make_fact("floors_above")

    response = rule_admin.post(reverse("admin:registry_factdefinition_delete", args=[fact.pk]), {"post": "yes"})

    assert response.status_code == 403


def test_a_choice_that_a_condition_names_cannot_be_taken_away(rule_admin: Client) -> None:
    make_version(condition="ownership == 'owned'", subject="facility")
    fact = make_fact("ownership")

    response = save(rule_admin, fact, choices='[{"value": "leased", "ko": "임차", "en": "Leased"}]')

    assert "owned" in str(response.context["adminform"].form.errors["choices"])


def test_a_formula_over_unknown_facts_is_refused(rule_admin: Client) -> None:
    fact = make_fact("site_area_m2")

    response = save(rule_admin, fact, derived="nothing_known * 2")

    assert "nothing_known" in str(response.context["adminform"].form.errors["derived"])
