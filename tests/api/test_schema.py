"""The OpenAPI description and the way in."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from rest_framework.test import APIClient

from tests.factories import PASSWORD, make_user

DOCS = Path(__file__).parents[2] / "docs/api.md"


def written_schema(folder: Path) -> dict[str, Any]:
    file = folder / "schema.json"
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", "--file", str(file))
    schema: dict[str, Any] = json.loads(file.read_text())
    return schema


def test_the_schema_is_valid_and_gives_no_warning(tmp_path: Path) -> None:
    assert written_schema(tmp_path)["openapi"] == "3.1.0"


def test_every_route_of_the_schema_is_documented_and_no_other(tmp_path: Path) -> None:
    schema = written_schema(tmp_path)
    routes = {f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods}
    documented = re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /api/[^`]*)`", DOCS.read_text())
    assert routes == set(documented) - {"GET /api/schema/"}


def test_the_schema_is_served_to_those_who_are_signed_in(db: None, client: Client) -> None:
    client.force_login(make_user("auditor"))
    assert client.get("/api/schema/").status_code == 200


def test_a_name_and_a_password_give_a_token_that_opens_the_api(db: None) -> None:
    user, client = make_user("auditor"), APIClient()
    token = client.post("/api/token/", {"username": user.username, "password": PASSWORD}).json()["token"]
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert client.get("/api/facilities/").status_code == 200


def test_a_wrong_password_gives_no_token(db: None) -> None:
    user = make_user("auditor")
    response = APIClient().post("/api/token/", {"username": user.username, "password": "wrong"})
    assert (response.status_code, "token" in response.json()) == (400, False)


@pytest.mark.parametrize("route", ["facilities", "items", "obligations", "evidence", "dossiers", "reviews"])
def test_what_belongs_to_somebody_needs_a_token(db: None, route: str) -> None:
    assert APIClient().get(f"/api/{route}/").status_code == 401


@pytest.mark.parametrize("route", ["ministries", "topics", "facts", "rules", "rule-versions", "incentives"])
def test_the_law_is_public(db: None, route: str) -> None:
    assert APIClient().get(f"/api/{route}/").status_code == 200
