"""English editions and extracts for ministries: who gets them, what they hold, and that they can be verified."""

import io
import json

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.dossiers.actions import issue_dossier, submit_dossier
from compliance.dossiers.editions import Edition, snapshot_for
from compliance.dossiers.extracts import extract_of
from compliance.dossiers.queue import enqueue_render
from compliance.dossiers.rendering import run_job
from compliance.dossiers.snapshot import load
from compliance.dossiers.verification import verify
from compliance.models import Dossier, RenderJob
from registry.models import Facility, Ministry, User
from tests.compliance.dossiers.conftest import AT, ON
from tests.factories import make_user


@pytest.fixture
def dossier(facility: Facility, manager: User) -> Dossier:
    return issue_dossier(facility, on=ON, by=manager, at=AT)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def made(dossier: Dossier, edition: str) -> RenderJob:
    job = enqueue_render(dossier, at=timezone.now(), edition=edition)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return job


def test_an_extract_holds_one_ministrys_part_and_nothing_of_others(dossier: Dossier) -> None:
    whole = load(dossier.snapshot)
    extract = extract_of(whole, "nfa")
    assert extract.obligations == whole.obligations_of("nfa")
    assert {row.slug for row in extract.ministries} == {"nfa"}
    assert {key for item in extract.items for key in item.obligations} == {row.key for row in extract.obligations}
    assert len(extract.obligations) < len(whole.obligations)


def test_an_extract_keeps_the_evidence_of_its_items_only(dossier: Dossier) -> None:
    whole = load(dossier.snapshot)
    for ministry in whole.concerned_ministries:
        extract = extract_of(whole, ministry.slug)
        assert {row.ref for row in extract.evidence} == {ref for item in extract.items for ref in item.evidence}


def test_an_extract_knows_every_fact_that_it_misses(dossier: Dossier) -> None:
    whole = load(dossier.snapshot)
    for ministry in whole.concerned_ministries:
        extract = extract_of(whole, ministry.slug)
        assert all(extract.definition(key) for row in extract.obligations for key in row.missing)


def test_an_extract_is_printed_and_can_be_verified(dossier: Dossier) -> None:
    content = made(dossier, "ko:nfa").file.read()
    verdict = verify(content)
    assert (verdict.valid, verdict.edition, verdict.number) == (True, "ko:nfa", dossier.number)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "extract.json" in pdf.attachments and "snapshot.json" not in pdf.attachments
        assert "발췌본" in str(pdf.docinfo["/Title"])


def test_an_altered_extract_is_named_by_its_path(dossier: Dossier) -> None:
    content, target = made(dossier, "ko:nfa").file.read(), io.BytesIO()
    data = json.loads(snapshot_for(dossier, Edition.parse("ko:nfa")))
    data["round"] = 9
    with pikepdf.open(io.BytesIO(content)) as pdf:
        del pdf.attachments["extract.json"]
        pdf.attachments["extract.json"] = pikepdf.AttachedFileSpec(pdf, json.dumps(data).encode())
        pdf.save(target)
    assert "/round" in [problem.where for problem in verify(target.getvalue()).problems]


def test_the_file_can_be_fetched_once_it_is_made(dossier: Dossier, manager: User) -> None:
    address = reverse("dossier-edition", args=[dossier.number, "en"])
    assert client_of(manager).get(address).status_code == 302
    made(dossier, "en")
    response = client_of(manager).get(address)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{dossier.number}-en.pdf"'


def test_asking_queues_one_job(dossier: Dossier, manager: User) -> None:
    for _ in range(2):
        client_of(manager).post(reverse("dossier-edition-render", args=[dossier.number, "ko:nfa"]))
    assert RenderJob.objects.filter(edition="ko:nfa").count() == 1


@pytest.mark.parametrize(("edition", "status"), [("ko:nfa", 302), ("en", 302), ("ko:molit", 404), ("ko", 404)])
def test_an_officer_gets_the_extract_of_his_own_ministry(
    dossier: Dossier, manager: User, edition: str, status: int
) -> None:
    submit_dossier(dossier, by=manager, at=AT)
    officer = make_user("officer", ministry=Ministry.objects.get(slug="nfa"))
    response = client_of(officer).post(reverse("dossier-edition-render", args=[dossier.number, edition]))
    assert response.status_code == status


def test_the_page_offers_every_concerned_ministry_to_the_manager(dossier: Dossier, manager: User) -> None:
    page = client_of(manager).get(reverse("dossier-editions", args=[dossier.number])).content.decode()
    for ministry in load(dossier.snapshot).concerned_ministries:
        assert f"ko:{ministry.slug}" in page
