"""Pages of dossiers: who may see what, and at what cost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from compliance.dossiers.actions import issue_dossier, submit_dossier
from compliance.models import Dossier, RenderJob
from registry.models import Facility, Ministry, User
from tests.compliance.dossiers.conftest import AT, ON, Printed
from tests.factories import make_user

OBJECT_PAGES = ["dossier-detail", "dossier-progress", "dossier-snapshot"]


@pytest.fixture
def dossier(facility: Facility, manager: User) -> Dossier:
    return issue_dossier(facility, on=ON, by=manager, at=AT)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", [*OBJECT_PAGES, "dossier-pdf"])
def test_a_stranger_gets_404(dossier: Dossier, name: str) -> None:
    assert client_of(make_user("manager")).get(reverse(name, args=[dossier.number])).status_code == 404


@pytest.mark.parametrize("name", OBJECT_PAGES)
def test_the_manager_sees_his_dossier(dossier: Dossier, manager: User, name: str) -> None:
    assert client_of(manager).get(reverse(name, args=[dossier.number])).status_code == 200


@pytest.mark.parametrize("role", ["officer", "rule_admin"])
def test_nobody_outside_sees_a_dossier_before_submission(dossier: Dossier, role: str) -> None:
    ministry = Ministry.objects.get(slug="nfa") if role == "officer" else None
    client = client_of(make_user(role, ministry=ministry))
    assert client.get(reverse("dossier-detail", args=[dossier.number])).status_code == 404


def test_an_officer_of_an_addressed_ministry_sees_the_submitted_dossier(dossier: Dossier, manager: User) -> None:
    submit_dossier(dossier, by=manager, at=AT)
    officer = make_user("officer", ministry=Ministry.objects.get(slug="nfa"))
    assert client_of(officer).get(reverse("dossier-detail", args=[dossier.number])).status_code == 200


def test_an_officer_does_not_see_the_facilitys_list(facility: Facility) -> None:
    officer = make_user("officer", ministry=Ministry.objects.get(slug="nfa"))
    assert client_of(officer).get(reverse("dossier-list", args=[facility.slug])).status_code == 404


def test_creating_a_dossier_queues_its_pdf(facility: Facility, manager: User) -> None:
    response = client_of(manager).post(reverse("dossier-create", args=[facility.slug]))
    dossier = Dossier.objects.get()
    assert response.headers["Location"] == reverse("dossier-detail", args=[dossier.number])
    assert dossier.render_jobs.get().state == "queued"


@pytest.mark.parametrize("name", ["dossier-create", "dossier-render"])
@pytest.mark.parametrize("role", ["auditor", "manager"])
def test_who_may_not_change_the_facility_cannot_write(dossier: Dossier, name: str, role: str) -> None:
    target = dossier.facility.slug if name == "dossier-create" else dossier.number
    assert client_of(make_user(role)).post(reverse(name, args=[target])).status_code == 404


def test_the_page_asks_again_while_the_pdf_is_made(dossier: Dossier, manager: User) -> None:
    job = RenderJob(dossier=dossier, state="running", step="chapters", chapter=3, chapters=12, queued_at=AT, beat_at=AT)
    job.save()
    content = client_of(manager).get(reverse("dossier-detail", args=[dossier.number])).content.decode()
    assert 'hx-trigger="every 500ms"' in content
    assert "장별 조판 3/12" in content


def test_a_failure_is_shown_with_a_button_to_try_again(dossier: Dossier, manager: User) -> None:
    RenderJob.objects.create(dossier=dossier, state="failed", error="E-001 missing", queued_at=AT)
    content = client_of(manager).get(reverse("dossier-progress", args=[dossier.number])).content.decode()
    assert "E-001 missing" in content
    assert reverse("dossier-render", args=[dossier.number]) in content


def test_the_pdf_is_a_private_attachment(registered: Dossier, printed: Printed) -> None:
    response = client_of(make_user("auditor")).get(reverse("dossier-pdf", args=[registered.number]))
    assert b"".join(response) == printed.content
    assert response.headers["Content-Disposition"] == f'attachment; filename="{registered.number}.pdf"'
    assert "no-store" in response.headers["Cache-Control"]


def test_a_pdf_that_is_not_there_yet_is_404(dossier: Dossier, manager: User) -> None:
    assert client_of(manager).get(reverse("dossier-pdf", args=[dossier.number])).status_code == 404


def test_the_snapshot_is_given_byte_by_byte(dossier: Dossier, manager: User) -> None:
    response = client_of(manager).get(reverse("dossier-snapshot", args=[dossier.number]))
    assert response.content.decode() == dossier.snapshot


def test_the_list_costs_the_same_for_one_and_many(
    facility: Facility, manager: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        submit_dossier(issue_dossier(facility, on=ON, by=manager, at=AT), by=manager, at=AT)
    client = client_of(manager)
    with django_assert_num_queries(7):
        client.get(reverse("dossier-list", args=[facility.slug]))


class TestPublicVerification:
    def test_a_number_tells_nothing_of_the_facility(self, dossier: Dossier, client: Client) -> None:
        content = client.get(reverse("verify-number", args=[dossier.number])).content.decode()
        assert dossier.snapshot_sha256 in content
        secrets = [dossier.facility.name_ko, dossier.facility.slug, dossier.facility.operator.name_ko, "김관리"]
        assert not any(secret in content for secret in secrets)

    def test_an_unknown_number_is_404(self, db: None, client: Client) -> None:
        assert client.get(reverse("verify-number", args=["ILW-2026-99999"])).status_code == 404

    def test_the_form_leads_to_the_number(self, db: None, client: Client) -> None:
        response = client.get(reverse("verify"), {"number": " ilw-2026-00001 "})
        assert response.headers["Location"] == "/verify/ILW-2026-00001/"

    def test_a_genuine_file_is_valid(self, registered: Dossier, printed: Printed, client: Client) -> None:
        file = SimpleUploadedFile("campus.pdf", printed.content)
        content = client.post(reverse("verify"), {"file": file}).content.decode()
        assert "유효합니다" in content
        assert "시험 데이터센터" not in content

    def test_a_stranger_is_not_told_where_a_file_differs(
        self, registered: Dossier, printed: Printed, client: Client
    ) -> None:
        file = SimpleUploadedFile("campus.pdf", printed.content + b"%")
        content = client.post(reverse("verify"), {"file": file}).content.decode()
        assert "파일이 등록된 PDF와 다릅니다." in content

    def test_who_sees_the_dossier_is_told_where(self, registered: Dossier, printed: Printed) -> None:
        file = SimpleUploadedFile("campus.pdf", printed.content + b"%")
        content = client_of(make_user("auditor")).post(reverse("verify"), {"file": file}).content.decode()
        assert "번째 바이트" in content

    def test_a_file_that_is_too_large_is_refused(self, db: None, client: Client, settings: object) -> None:
        settings.ILWON_MAX_VERIFY_BYTES = 10  # type: ignore[attr-defined]  # pytest-django's settings
        response = client.post(reverse("verify"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 12345")})
        assert response.status_code == 413

    def test_no_file_is_an_error_on_the_form(self, db: None, client: Client) -> None:
        assert "PDF 파일을 고르십시오." in client.post(reverse("verify")).content.decode()
