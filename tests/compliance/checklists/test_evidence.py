"""Evidence: what is taken, what is refused and why, and one document for many items."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from compliance.checklists.evidence_actions import (
    Description,
    add_evidence,
    link_evidence,
    unlink_evidence,
    withdraw_evidence,
)
from compliance.checklists.evidence_files import check_file, kind_of, safe_name
from compliance.models import Evidence, Item
from registry.models import AuditEvent
from tests.compliance.checklists.checklist_builders import AT, facility_of, make_item, manager_of
from tests.factories import make_facility

PDF = b"%PDF-1.7\n1 0 obj"


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


KINDS: Mapping[str, bytes] = {
    "a.pdf": PDF,
    "a.png": b"\x89PNG\r\n\x1a\n" + bytes(8),
    "a.JPG": b"\xff\xd8\xff\xe1\0\x10Exif",
    "a.webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "a.heic": b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic",
    "a.docx": archive("[Content_Types].xml", "word/document.xml"),
    "a.xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "a.hwpx": archive("mimetype", "version.xml", "Contents/content.hpf"),
    "a.hwp": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + b"HWP Document File",
    "a.txt": "점검 기록".encode(),
    "a.csv": "날짜,값\n".encode("cp949"),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_usual_kinds_of_documents_are_taken(name: str) -> None:
    assert check_file(SimpleUploadedFile(name, KINDS[name]), max_bytes=10_000).sha256


REFUSED = [
    ("a.pdf", b"", "빈 파일"),
    ("a.pdf", PDF + bytes(10_000), "한도"),
    ("a.exe", b"MZ\x90", "받지 않는 형식"),
    ("a.zip", archive("a"), "받지 않는 형식"),
    ("noextension", PDF, "받지 않는 형식"),
    ("a.pdf", b"<script>", "확장자와 맞지 않"),
    ("a.png", PDF, "확장자와 맞지 않"),
    ("a.docx", archive("a"), "확장자와 맞지 않"),
    ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "확장자와 맞지 않"),
    ("a.docx", b"PK\x03\x04 cut off", "확장자와 맞지 않"),
    ("a.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "확장자와 맞지 않"),
    ("a.txt", b"\x7fELF\x02\x01\x01\x00", "확장자와 맞지 않"),
]


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED)
def test_a_bad_file_is_refused_with_one_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(ValidationError) as error:
        check_file(SimpleUploadedFile(name, content), max_bytes=10_000)
    assert len(error.value.messages) == 1
    assert reason in error.value.messages[0]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\점검.pdf", "점검.pdf"),
        ('a"\r\nX: y.pdf', "aX y.pdf"),
        ("...", "file"),
        ("가" * 300 + ".pdf", "가" * 196 + ".pdf"),
    ],
)
def test_names_cannot_lead_out_of_a_folder_or_into_a_header(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_content_decides_the_kind_not_the_name() -> None:
    assert kind_of(io.BytesIO(PDF)) == "pdf"


def upload(item: Item, name: str = "a.pdf", content: bytes = PDF, **more: Any) -> Evidence:
    file = SimpleUploadedFile(name, content)
    return add_evidence(file, facility=facility_of(item), item=item, by=manager_of(item), at=AT, **more)


@pytest.mark.django_db
def test_evidence_is_kept_by_its_hash_under_a_name_that_says_nothing() -> None:
    evidence = upload(make_item(), "소방 점검.pdf")
    assert evidence.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (evidence.original_name, evidence.size) == ("소방 점검.pdf", len(PDF))
    assert "소방" not in (evidence.file.name or "")
    assert evidence.file.read() == PDF


@pytest.mark.django_db
def test_the_same_file_again_is_the_document_we_have() -> None:
    item = make_item()
    assert upload(item) == upload(item, "other name.pdf")
    assert item.evidence.count() == Evidence.objects.count() == 1


@pytest.mark.django_db
def test_one_document_proves_many_items() -> None:
    item = make_item()
    evidence = upload(item)
    other = Item.objects.create(topic=item.topic, facility=facility_of(item))
    link_evidence(evidence, other, by=manager_of(item), at=AT)
    assert set(evidence.items.all()) == {item, other}


@pytest.mark.django_db
def test_unlinking_keeps_the_document_and_leaves_an_event() -> None:
    item = make_item()
    evidence = upload(item)
    unlink_evidence(evidence, item, by=manager_of(item), at=AT)
    assert item.evidence.count() == 0
    assert Evidence.objects.get() == evidence
    assert AuditEvent.objects.filter(verb="evidence.unlinked").count() == 1


@pytest.mark.django_db
def test_a_document_of_another_operator_cannot_be_linked() -> None:
    item = make_item()
    evidence = upload(item)
    foreign = Item.objects.create(topic=item.topic, facility=make_facility())
    with pytest.raises(ValidationError):
        link_evidence(evidence, foreign, by=manager_of(item), at=AT)


@pytest.mark.django_db
def test_withdrawn_evidence_stays_but_is_not_linked_again() -> None:
    item = make_item()
    evidence = upload(item)
    withdraw_evidence(evidence, by=manager_of(item), at=AT)
    evidence.refresh_from_db()
    with pytest.raises(ValidationError):
        link_evidence(evidence, item, by=manager_of(item), at=AT)


@pytest.mark.django_db
def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    about = Description(valid_from=date(2026, 6, 1), valid_until=date(2026, 5, 31))
    with pytest.raises(ValidationError):
        upload(make_item(), about=about)


@pytest.mark.django_db
def test_evidence_proves_on_its_last_day_and_not_after_it() -> None:
    evidence = upload(make_item(), about=Description(valid_until=date(2026, 5, 31)))
    assert evidence.is_valid_on(date(2026, 5, 31))
    assert not evidence.is_valid_on(date(2026, 6, 1))
