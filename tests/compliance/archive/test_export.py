"""Everything about a dossier in one file, and whether that file is whole."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client

from compliance.archive.export import export_dossier
from compliance.archive.verification import archive_problems
from compliance.models import Dossier
from compliance.reviews import actions
from registry.models import AuditEvent
from tests.compliance.reviews.review_builders import (
    AT,
    decide,
    document,
    evidence_named,
    make_submitted_dossier,
    manager_of,
    officer_of,
    raise_finding,
    review_of,
)

pytestmark = pytest.mark.django_db
Contents = dict[str, bytes]


@pytest.fixture
def dossier() -> Dossier:
    """Asked, answered with a document, decided by the fire ministry; printed."""
    dossier = make_submitted_dossier()
    finding = raise_finding(review_of(dossier, "nfa"))
    by = manager_of(dossier.facility)
    actions.reply_to_finding(finding, text="도면입니다.", file=document("as-built"), by=by, at=AT)
    finding.refresh_from_db()
    actions.resolve_finding(finding, by=officer_of("nfa"), at=AT)
    decide(review_of(dossier, "nfa"), "conditional", conditions="감지기 교체")
    dossier.pdf.save("dossier.pdf", ContentFile(b"%PDF-1.7"), save=False)
    dossier.pdf_sha256, dossier.pages = hashlib.sha256(b"%PDF-1.7").hexdigest(), 1
    dossier.save(update_fields=["pdf", "pdf_sha256", "pages"])
    return dossier


@pytest.fixture
def archive(dossier: Dossier, tmp_path: Path) -> Path:
    path = tmp_path / "archive.zip"
    with path.open("wb") as file:
        export_dossier(dossier, file, at=AT)
    return path


def contents_of(path: Path) -> Contents:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, change: Callable[[Contents], object]) -> list[str]:
    """What verification says after somebody changed the archive."""
    contents = contents_of(path)
    change(contents)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return archive_problems(path)


def with_manifest_made_right(contents: Contents) -> None:
    """What a careful forger would do after changing a file."""
    manifest: dict[str, Any] = json.loads(contents["manifest.json"])
    for row in manifest["files"]:
        content = contents[row["path"]]
        row["sha256"], row["size"] = hashlib.sha256(content).hexdigest(), len(content)
    contents["manifest.json"] = json.dumps(manifest).encode()


def test_it_holds_snapshot_pdf_evidence_reviews_letters_and_audit(archive: Path) -> None:
    names = set(contents_of(archive))
    expected = {"manifest.json", "snapshot.json", "dossier.pdf", "reviews.json", "holds.json", "audit.json"}
    assert expected | {"evidence/E-001.png", "evidence/E-002.png", "letters/ILW-2026-00001-NFA.pdf"} <= names


def test_every_file_stands_in_the_manifest_with_its_hash(archive: Path) -> None:
    contents = contents_of(archive)
    listed = {row["path"]: row["sha256"] for row in json.loads(contents.pop("manifest.json"))["files"]}
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def test_a_document_that_came_with_a_reply_is_inside(archive: Path) -> None:
    sha256 = evidence_named("as-built.png").sha256
    assert f"reviews/{sha256[:16]}.png" in contents_of(archive)


def test_the_reviews_tell_the_whole_talk(archive: Path) -> None:
    reviews = json.loads(contents_of(archive)["reviews.json"])
    nfa = next(row for row in reviews if row["ministry"] == "nfa")
    assert nfa["findings"][0]["messages"][0]["text"] == "도면입니다."
    assert nfa["commitments"][0]["text"] == "감지기 교체"


def test_the_audit_tells_of_this_dossier_from_issue_to_decision(archive: Path) -> None:
    verbs = [row["verb"] for row in json.loads(contents_of(archive)["audit.json"])]
    assert {"dossier.issued", "dossier.submitted", "finding.answered", "review.decided"} <= set(verbs)


def test_an_untouched_archive_is_whole(archive: Path) -> None:
    assert archive_problems(archive) == []


def test_the_same_state_gives_the_same_manifest_and_files(dossier: Dossier, archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    with again.open("wb") as file:
        export_dossier(dossier, file, at=AT)
    first, second = contents_of(archive), contents_of(again)
    assert {name for name in first if first[name] != second[name]} <= {
        "manifest.json",
        "letters/ILW-2026-00001-NFA.pdf",
    }


@pytest.mark.parametrize("name", ["snapshot.json", "dossier.pdf", "evidence/E-001.png", "reviews.json", "audit.json"])
def test_a_changed_file_is_named(archive: Path, name: str) -> None:
    problems = rewritten(archive, lambda contents: contents.update({name: contents[name] + b" "}))
    assert problems == [f"{name} is not what the manifest says"]


def test_a_removed_file_and_an_added_one_are_named(archive: Path) -> None:
    def swap(contents: Contents) -> None:
        contents["evidence/E-009.png"] = contents.pop("evidence/E-001.png")

    problems = rewritten(archive, swap)
    assert problems == ["evidence/E-009.png is not in the manifest", "evidence/E-001.png is missing"]


def test_another_document_is_found_even_with_its_hash_in_the_manifest(archive: Path) -> None:
    def forge(contents: Contents) -> None:
        contents["evidence/E-001.png"] = b"another"
        with_manifest_made_right(contents)

    assert rewritten(archive, forge) == ["evidence/E-001.png is not the document that the snapshot names"]


def test_another_snapshot_is_found_even_with_its_hash_in_the_manifest(archive: Path) -> None:
    def forge(contents: Contents) -> None:
        contents["snapshot.json"] = contents["snapshot.json"].replace(b"compliant", b"partly___")
        with_manifest_made_right(contents)

    assert rewritten(archive, forge) == ["snapshot.json is not the one that the dossier was issued with"]


def test_a_changed_audit_event_is_found_even_with_its_hash_in_the_manifest(archive: Path) -> None:
    def forge(contents: Contents) -> None:
        contents["audit.json"] = contents["audit.json"].replace(b'"decision": "conditional"', b'"decision": "accepted"')
        with_manifest_made_right(contents)

    (problem,) = rewritten(archive, forge)
    assert "(review.decided) was changed" in problem


def test_a_flipped_byte_is_found_in_every_file(archive: Path) -> None:
    content = archive.read_bytes()
    with zipfile.ZipFile(archive) as file:
        rows = file.infolist()
    for row in rows:
        middle = row.header_offset + 30 + len(row.filename.encode()) + (row.compress_size - 1) // 2
        archive.write_bytes(content[:middle] + bytes([content[middle] ^ 0x10]) + content[middle + 1 :])
        assert archive_problems(archive), row.filename


def test_a_file_that_is_no_archive_says_so(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    path.write_bytes(b"%PDF-1.7")
    assert "not a ZIP file" in archive_problems(path)[0]


def test_a_lost_document_is_named_instead_of_passed_over(dossier: Dossier, tmp_path: Path) -> None:
    evidence_named("grid.png").file.delete(save=False)
    path = tmp_path / "archive.zip"
    with path.open("wb") as file:
        export_dossier(dossier, file, at=AT)
    assert [row for row in archive_problems(path) if "not in the store" in row]


def test_the_commands_export_and_verify(dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.zip"
    call_command("export_dossier", dossier.number, "--output", str(path))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_archive", str(path))
    assert ended.value.code == 0
    manifest = hashlib.sha256(contents_of(path)["manifest.json"]).hexdigest()
    assert manifest in capsys.readouterr().out
    assert AuditEvent.objects.get(verb="dossier.exported").data["manifest_sha256"] == manifest


def test_verify_archive_ends_with_2_when_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("verify_archive", str(tmp_path / "none.zip"))
    assert ended.value.code == 2


def test_exporting_an_unknown_dossier_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no dossier"):
        call_command("export_dossier", "ILW-0000-00000", "--output", str(tmp_path / "out.zip"))


def test_a_manager_downloads_a_whole_archive(client: Client, dossier: Dossier, tmp_path: Path) -> None:
    client.force_login(manager_of(dossier.facility))
    response = client.get(f"/dossiers/{dossier.number}/archive/export.zip")
    path = tmp_path / "download.zip"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    assert archive_problems(path) == []
