"""The printed dossier: complete, extractable, the same every time."""

import io
import subprocess

import pikepdf
import pytest

from compliance.dossiers.pdf import print_dossier
from compliance.dossiers.snapshot import load
from tests.compliance.dossiers.conftest import AT, Printed


@pytest.fixture(scope="session")
def text(printed: Printed) -> str:
    """What a reader can copy from the pages, without line breaks."""
    run = subprocess.run(["pdftotext", "-", "-"], input=printed.content, capture_output=True, check=True)
    return "".join(run.stdout.decode().split())


def test_every_requirement_and_citation_can_be_extracted(printed: Printed, text: str) -> None:
    for row in load(printed.snapshot).obligations:
        assert row.rule.requirement_ko.replace(" ", "") in text
        assert all(citation.text.replace(" ", "") in text for citation in row.rule.citations)


def test_excluded_rules_are_shown_with_their_reason(printed: Printed, text: str) -> None:
    for row in load(printed.snapshot).excluded:
        assert row.title_ko.replace(" ", "") in text
        assert row.because_ko.replace(" ", "") in text


def test_evidence_is_listed_and_attached(printed: Printed, text: str) -> None:
    (file,) = load(printed.snapshot).evidence
    assert file.sha256 in text
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        assert set(pdf.attachments) == {"E-001.txt", "snapshot.json"}
        assert pdf.attachments["snapshot.json"].get_file().read_bytes().decode() == printed.snapshot


def test_pdf_tells_its_title_language_and_structure(printed: Printed) -> None:
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        assert "ILW-2026-00001" in str(pdf.docinfo["/Title"])
        assert str(pdf.Root.Lang) == "ko"
        assert pdf.Root.MarkInfo.Marked
        assert len(list(pdf.open_outline().root)) > 8


def test_printing_twice_gives_the_same_bytes(printed: Printed) -> None:
    once, again = (print_dossier(printed.snapshot, issued_at=AT, issued_by="김관리") for _ in range(2))
    assert once.content_sha256 == again.content_sha256
    assert once.content == again.content


def test_the_english_edition_speaks_english(printed: Printed) -> None:
    edition = print_dossier(printed.snapshot, issued_at=AT, issued_by="김관리", language="en")
    run = subprocess.run(["pdftotext", "-", "-"], input=edition.content, capture_output=True, check=True)
    assert "fire-sprinkler must be in place." in run.stdout.decode()
    assert edition.content_sha256 != printed.content_sha256


def test_korean_words_are_not_broken(printed: Printed) -> None:
    run = subprocess.run(["pdftotext", "-", "-"], input=printed.content, capture_output=True, check=True)
    lines = {line.strip() for line in run.stdout.decode().splitlines()}
    assert any(line.endswith("판단할 수") or "판단할 수 없습니다" in line for line in lines)
    assert not any(line in {"다.", "니다.", "습니다."} for line in lines)
