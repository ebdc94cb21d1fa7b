"""Every address of the project, asked by every role. The expectations are the table in docs/permissions.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from compliance.checklists.commitment_actions import Duty, make_commitments
from compliance.models import Dossier, Evidence, Obligation, Occurrence
from registry.models import User
from tests.compliance.reviews.review_builders import (
    AT,
    ON,
    decided_before,
    evidence_named,
    item_about,
    make_submitted_dossier,
    manager_of,
    officer_of,
    plan_inspection,
    raise_finding,
    review_of,
)
from tests.factories import make_incentive, make_user

DOC = Path(__file__).parents[1] / "docs/permissions.md"
COLUMNS = (
    "anonymous", "manager", "other manager", "officer", "other officer", "rule_admin", "platform_admin", "auditor",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the table: what each role gets from one address by one method."""

    name: str
    method: str
    expected: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def documented() -> list[Row]:
    """The rows of the table in docs/permissions.md."""
    rows = re.findall(r"^\| `(\S+)` \| (GET|POST) \|(.+)\|$", DOC.read_text(), re.MULTILINE)
    return [Row(name, method, tuple(cell.strip() for cell in cells.split("|"))) for name, method, cells in rows]


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Name and route of every address; the administration has a rule of its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLPattern):
            yield pattern.name or f"(without a name: {route})", route
        elif pattern.namespace != "admin":
            yield from addresses(pattern.url_patterns, route)


def admin_addresses() -> list[str]:
    """The addresses of the administration that are not about one row, except those of signing in and out."""
    aside = {"login", "logout", "jsi18n", "password_change", "password_change_done", "autocomplete"}
    found = [pattern for pattern in admin.site.get_urls() if isinstance(pattern, URLResolver)]
    names = [
        row.name
        for group in found
        for row in group.url_patterns
        if isinstance(row, URLPattern) and "<" not in str(row.pattern)
    ]
    own = [row.name for row in admin.site.get_urls() if isinstance(row, URLPattern) and "<" not in str(row.pattern)]
    return [f"admin:{name}" for name in {*names, *own} - aside if name]


class World:
    """One facility with everything hanging on it, and somebody of every role."""

    def __init__(self) -> None:
        self.dossier: Dossier = make_submitted_dossier()
        self.facility = self.dossier.facility
        self.review = review_of(self.dossier, "nfa")
        self.finding = raise_finding(self.review)
        self.item = item_about(self.facility, "sprinklers")
        self.obligation: Obligation = self.item.obligations.get(rule__slug="fire-sprinkler")
        self.occurrence = Occurrence.objects.create(obligation=self.obligation, due_on=ON)
        (self.commitment,) = make_commitments(
            self.facility,
            [Duty("감지기 교체", ON)],
            ministry=self.review.ministry,
            source=self.dossier.number,
            by=officer_of("nfa"),
            at=AT,
        )
        self.evidence: Evidence = evidence_named("sprinklers.png")
        self.inspection = plan_inspection(self.review)
        self.decided = decided_before(self.review)
        self.incentive = make_incentive("one-stop")
        self.dossier.pdf.save("dossier.pdf", ContentFile(b"%PDF-"), save=False)
        self.dossier.pdf_sha256, self.dossier.pages = "0" * 64, 1
        self.dossier.save(update_fields=["pdf", "pdf_sha256", "pages"])

    @cached_property
    def people(self) -> dict[str, User | None]:
        return {
            "anonymous": None,
            "manager": manager_of(self.facility),
            "other manager": make_user("manager"),
            "officer": officer_of("nfa"),
            "other officer": make_user("officer"),
            **{role: make_user(role) for role in ("rule_admin", "platform_admin", "auditor")},
        }

    @cached_property
    def subjects(self) -> dict[str, object]:
        """What an address is about, by its first word (behind /api/ by its second)."""
        building = self.facility.buildings.get()
        return {
            "facilities": self.facility.slug,
            "buildings": building.pk,
            "items": self.item.pk,
            "obligations": self.obligation.pk,
            "occurrences": self.occurrence.pk,
            "commitments": self.commitment.pk,
            "evidence": self.evidence.pk,
            "dossiers": self.dossier.number,
            "verify": self.dossier.number,
            "reviews": self.review.pk,
            "inspections": self.inspection.pk,
            "findings": self.finding.pk,
            "rules": self.obligation.rule.slug,
            "rule-versions": self.obligation.version_id,
            "incentives": self.incentive.slug,
            "ministries": "nfa",
            "topics": "sprinklers",
            "facts": "floors_above",
            "accounts": "nobody",
        }

    def said(self, name: str) -> dict[str, object]:
        """What a POST must say to be taken as an attempt at all."""
        return {"for": f"facility:{self.facility.pk}"} if name == "facility-facts" else {}

    def address(self, name: str, route: str) -> str:
        """The address with the names of this world's things in it."""
        words = route.removeprefix("api/").lstrip("^").split("/")
        parameters = re.findall(r"<(?:\w+:)?(\w+)>", route)
        further = {"key": "floors_above", "evidence_pk": self.evidence.pk, "token": "no-token", "edition": "en"}
        values = {parameter: further.get(parameter) for parameter in parameters[1:]}
        if parameters:
            values[parameters[0]] = self.decided.pk if name == "review-letter" else self.subjects[words[0]]
        return reverse(name, kwargs=values)


def outcome(client: Client, method: str, address: str, said: dict[str, object]) -> str:
    """`ok`, `login` or the status of the refusal; what an answer did is undone."""
    with transaction.atomic():
        response: Any = client.get(address) if method == "GET" else client.post(address, said)
        transaction.set_rollback(True)
    if response.status_code == 302 and response.headers["Location"].startswith(("/accounts/login/", "/admin/login/")):
        return "login"
    return "ok" if response.status_code < 400 or response.status_code in (400, 409, 422) else str(response.status_code)


class PermissionMatrix(TestCase):
    """What stands in the documentation is what happens."""

    maxDiff = None
    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World()

    def client_of(self, user: User | None) -> Client:
        client = Client()
        if user:
            client.force_login(user)
        return client

    def outcomes(self, name: str, method: str, address: str) -> tuple[str, ...]:
        clients = [self.client_of(user) for user in self.world.people.values()]
        return tuple(outcome(client, method, address, self.world.said(name)) for client in clients)

    def test_every_address_has_a_row_and_every_row_an_address(self) -> None:
        self.assertEqual({name for name, _ in addresses()}, {row.name for row in documented()})

    def test_every_role_gets_what_the_table_says(self) -> None:
        routes = dict(addresses())
        expected = {str(row): row.expected for row in documented()}
        found = {
            str(row): self.outcomes(row.name, row.method, self.world.address(row.name, routes[row.name]))
            for row in documented()
        }
        wrong = {row: found[row] for row in expected if found[row] != expected[row]}
        self.assertEqual(wrong, {}, "differs from docs/permissions.md")

    def test_a_method_without_a_row_is_not_allowed_to_anybody(self) -> None:
        rows = {(row.name, row.method) for row in documented()}
        admin = self.client_of(self.world.people["platform_admin"])
        manager = self.client_of(self.world.people["manager"])
        answered = {
            f"{method} {name}"
            for name, route in addresses()
            for method in ("GET", "POST")
            for client in (admin, manager)
            if (name, method) not in rows and outcome(client, method, self.world.address(name, route), {}) == "ok"
        }
        self.assertEqual(answered, set())

    def test_the_administration_admits_three_roles_and_auditors_add_nothing(self) -> None:
        outside, inside = {"404"}, {"ok", "403", "405"}  # 405: takes only what is sent to it
        expected = [{"login"}, outside, outside, outside, outside, inside, inside, inside]
        for name in admin_addresses():
            found = self.outcomes(name, "GET", reverse(name))
            for who, got, allowed in zip(COLUMNS, found, expected, strict=True):
                self.assertIn(got, allowed, f"{who}: {name}")
            if name.endswith("_add"):
                self.assertEqual(found[COLUMNS.index("auditor")], "403", name)

    def test_strangers_get_404_on_every_object_of_an_operator(self) -> None:
        routes = dict(addresses())
        public = ("rules/", "rule-versions/", "incentives/", "ministries/", "topics/", "facts/", "accounts/", "verify/")
        for row in documented():
            route = routes[row.name].removeprefix("api/")
            if "<" in route and not route.startswith(public):
                strangers = [row.expected[COLUMNS.index(who)] for who in ("other manager", "other officer")]
                self.assertEqual(strangers, ["404", "404"], str(row))
