"""Strangers get 404 on every address of a checklist; those who may only read cannot write."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from compliance.checklists.evidence_actions import add_evidence
from compliance.checklists.reconcile import reconcile
from compliance.models import Evidence, Item, Obligation, Occurrence
from registry.models import User
from tests.compliance.checklists.checklist_builders import AT, ON, facility_of, make_item, manager_of
from tests.factories import make_rule, make_user, make_version

pytestmark = pytest.mark.django_db

READ = ["checklist-detail", "item-detail", "calendar", "evidence-list", "evidence-download"]
WRITE = [
    "checklist-open",
    "checklist-reconcile",
    "item-answer",
    "item-reconfirm",
    "obligation-answer",
    "obligation-clear",
    "evidence-list",
    "evidence-upload",
    "evidence-link",
    "evidence-unlink",
    "evidence-withdraw",
    "occurrence-complete",
]


@pytest.fixture
def item() -> Item:
    item = make_item()
    make_version(make_rule(topic=item.topic), recurrence={"every": "P1M", "anchor": "calendar:01-31"})
    facility = facility_of(item)
    reconcile(facility, by=None, on=ON)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    add_evidence(file, facility=facility, item=item, by=manager_of(item), at=AT)
    item.refresh_from_db()
    return item


def address(name: str, item: Item) -> str:
    keys: dict[str, list[object]] = {
        "checklist": [facility_of(item).slug],
        "calendar": [facility_of(item).slug],
        "item": [item.pk],
        "obligation": [Obligation.objects.earliest("pk").pk],
        "occurrence": [Occurrence.objects.earliest("pk").pk],
        "evidence": [Evidence.objects.get().pk],
        "evidence-list": [facility_of(item).slug],
        "evidence-upload": [item.pk],
        "evidence-link": [item.pk],
        "evidence-unlink": [item.pk, Evidence.objects.get().pk],
    }
    return reverse(name, args=keys.get(name) or keys[name.split("-")[0]])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ["manager", "officer", "rule_admin"])
def test_strangers_get_404_everywhere(role: str, item: Item) -> None:
    client = client_of(make_user(role))
    statuses = {name: client.get(address(name, item)).status_code for name in READ}
    statuses |= {f"{name} POST": client.post(address(name, item)).status_code for name in WRITE}
    assert set(statuses.values()) == {404}, statuses


def test_an_auditor_reads_everything_and_writes_nothing(item: Item) -> None:
    client = client_of(make_user("auditor"))
    assert {name: client.get(address(name, item)).status_code for name in READ} == dict.fromkeys(READ, 200)
    assert {name: client.post(address(name, item)).status_code for name in WRITE} == dict.fromkeys(WRITE, 403)


def test_those_who_did_not_sign_in_are_asked_to(item: Item) -> None:
    statuses = {name: Client().get(address(name, item)).status_code for name in READ}
    assert set(statuses.values()) == {302}, statuses


@pytest.mark.parametrize("name", READ)
def test_the_manager_reads_everything(name: str, item: Item) -> None:
    assert client_of(manager_of(item)).get(address(name, item)).status_code == 200


@pytest.mark.parametrize("name", sorted(set(WRITE) - {"evidence-list", "occurrence-complete"}))
def test_what_writes_is_not_done_by_a_link(name: str, item: Item) -> None:
    assert client_of(manager_of(item)).get(address(name, item)).status_code == 405
