"""Uploading, downloading and listing evidence; completing what recurs."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils.timezone import localdate

from compliance.checklists.reconcile import reconcile
from compliance.models import Evidence, Item, Occurrence
from tests.compliance.checklists.checklist_builders import facility_of, make_item, manager_of
from tests.factories import make_rule, make_version

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n"


def signed_in(item: Item) -> Client:
    client = Client()
    client.force_login(manager_of(item))
    return client


def pdf(name: str = "점검 결과.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_several_files_are_linked_at_once() -> None:
    item = make_item()
    files = [pdf(), pdf("b.pdf", PDF + b"2")]
    answer = signed_in(item).post(f"/items/{item.pk}/evidence/", {"uploads": files})
    assert answer.status_code == 302
    assert item.evidence.count() == 2


def test_a_photo_from_the_camera_field_is_taken() -> None:
    item = make_item()
    signed_in(item).post(f"/items/{item.pk}/evidence/", {"photos": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0..")})
    assert item.evidence.get().content_type == "image/jpeg"


@override_settings(ILWON_MAX_EVIDENCE_BYTES=100)
@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([], "파일을 고르십시오"),
        ([SimpleUploadedFile("a.pdf", b"")], "빈 파일"),
        ([SimpleUploadedFile("a.pdf", PDF + bytes(100))], "한도"),
        ([SimpleUploadedFile("a.exe", b"MZ")], "받지 않는 형식"),
        ([SimpleUploadedFile("a.pdf", b"text")], "확장자와 맞지 않"),
    ],
)
def test_a_bad_upload_has_one_clear_error(files: list[SimpleUploadedFile], reason: str) -> None:
    item = make_item()
    text = signed_in(item).post(f"/items/{item.pk}/evidence/", {"uploads": files}).content.decode()
    assert text.count(reason) == 1
    assert not Evidence.objects.exists()


def test_a_good_file_is_kept_when_the_one_beside_it_is_refused() -> None:
    item = make_item()
    files = [pdf(), SimpleUploadedFile("a.exe", b"MZ")]
    text = signed_in(item).post(f"/items/{item.pk}/evidence/", {"uploads": files}).content.decode()
    assert "받지 않는 형식" in text
    assert item.evidence.count() == 1


def test_a_download_is_an_attachment_that_no_browser_interprets() -> None:
    item = make_item()
    client = signed_in(item)
    client.post(f"/items/{item.pk}/evidence/", {"uploads": [pdf()]})
    answer = client.get(f"/evidence/{Evidence.objects.get().pk}/file/")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%EC%A0%90")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer) == PDF


def test_expired_evidence_is_shown_as_expired() -> None:
    item = make_item()
    client = signed_in(item)
    client.post(f"/items/{item.pk}/evidence/", {"uploads": [pdf()], "valid_until": "2020-12-31"})
    assert "2020-12-31 만료" in client.get(f"/items/{item.pk}/").content.decode()
    assert "2020-12-31 만료" in client.get(f"/facilities/{facility_of(item).slug}/evidence/").content.decode()


def test_a_document_is_linked_unlinked_and_withdrawn() -> None:
    item = make_item()
    client = signed_in(item)
    client.post(f"/facilities/{facility_of(item).slug}/evidence/", {"uploads": [pdf()]})
    evidence = Evidence.objects.get()
    client.post(f"/items/{item.pk}/evidence/link/", {"evidence": evidence.pk})
    assert item.evidence.count() == 1
    client.post(f"/items/{item.pk}/evidence/{evidence.pk}/unlink/")
    assert item.evidence.count() == 0
    client.post(f"/evidence/{evidence.pk}/withdraw/")
    evidence.refresh_from_db()
    assert evidence.withdrawn_at is not None


def recurring() -> Item:
    item = make_item()
    make_version(make_rule(topic=item.topic), recurrence={"every": "P1M", "anchor": "calendar:01-31"})
    reconcile(facility_of(item), by=None, on=localdate())
    return item


def test_the_calendar_lists_what_is_due_and_takes_its_completion() -> None:
    item = recurring()
    client, first = signed_in(item), Occurrence.objects.earliest("due_on")
    text = client.get(f"/facilities/{facility_of(item).slug}/calendar/").content.decode()
    assert first.due_on.isoformat() in text
    client.post(f"/occurrences/{first.pk}/complete/", {"done_on": localdate().isoformat(), "note": "마침"})
    first.refresh_from_db()
    assert first.done_on == localdate()


@pytest.mark.parametrize("rules", [1, 20])
def test_the_calendar_takes_the_same_queries_for_any_number_of_deadlines(
    rules: int, django_assert_num_queries: Any
) -> None:
    item = recurring()
    for _ in range(rules):
        recurrence = {"every": "P1Y", "anchor": "calendar:03-31"}
        deadline = {"within": "P14D", "of": "선임일"}
        make_version(make_rule(topic=item.topic), recurrence=recurrence, deadline=deadline)
    reconcile(facility_of(item), by=None, on=localdate())
    client = signed_in(item)
    with django_assert_num_queries(9):
        client.get(f"/facilities/{facility_of(item).slug}/calendar/")


def test_a_completion_in_the_future_is_refused() -> None:
    item = recurring()
    first = Occurrence.objects.earliest("due_on")
    text = signed_in(item).post(f"/occurrences/{first.pk}/complete/", {"done_on": "2999-01-01"}).content.decode()
    assert "오늘 이후일 수 없습니다" in text


def test_a_calendar_without_deadlines_says_what_to_do() -> None:
    item = make_item()
    text = signed_in(item).get(f"/facilities/{facility_of(item).slug}/calendar/").content.decode()
    assert "기한이 있는 의무가 없습니다" in text
