"""PDF/A-3a and PDF/UA-1 in one file, for every kind of site, before and after signing; broken files are noticed."""

import io
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from django.db import transaction
from pikepdf import Name
from pytest_django import DjangoDbBlocker

from compliance.demo.calendar import DemoCalendar
from compliance.demo.cast import COMPANIES, engage
from compliance.demo.sites import lay_out_sites
from compliance.dossiers.actions import issue_dossier
from compliance.dossiers.canonical import canonical_json
from compliance.dossiers.contents import Snapshot
from compliance.dossiers.editions import signed
from compliance.dossiers.extracts import extract_of
from compliance.dossiers.pdf import Extract, Signing, print_dossier
from compliance.dossiers.signature_check import read_signature
from compliance.dossiers.snapshot import load, sha256_of
from registry.models import Facility
from tests.compliance.dossiers.conformance import PROFILES, failures
from tests.compliance.dossiers.conftest import AT, ON, Printed

pytestmark = pytest.mark.django_db
SITES = [company.site for company in COMPANIES]


@pytest.fixture(scope="session")
def snapshots(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """A dossier of every profile, thinned: each kind of page, but not each page."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_catalogue", verbosity=0)
        calendar = DemoCalendar(ON)
        engage(calendar.at(260))
        lay_out_sites(known_from=calendar.day(400), at=calendar.at(259))
        dossiers = [issue_dossier(row, on=ON, by=None, at=AT) for row in Facility.objects.filter(slug__in=SITES)]
        found = {row.facility.slug: canonical_json(thinned(load(row.snapshot))) for row in dossiers}
        transaction.set_rollback(True)
    return found


def thinned(whole: Snapshot, every: int = 30) -> Snapshot:
    items = whole.items[::every]
    keys = {key for item in items for key in item.obligations}
    topics = tuple(row for row in whole.topics if row.slug in {item.topic for item in items})
    return replace(
        whole,
        items=items,
        obligations=tuple(row for row in whole.obligations if row.key in keys),
        topics=topics,
        groups=tuple(row for row in whole.groups if row.slug in {topic.group for topic in topics}),
        excluded=whole.excluded[::every],
        facts=whole.facts[::every],
    )


def printed_for(snapshot: str, language: str, extract: Extract | None = None) -> tuple[bytes, bytes]:
    """The file before and after it is signed."""
    draft = print_dossier(
        snapshot, issued_at=AT, issued_by="", language=language, signing=Signing.DEVELOPMENT, extract=extract
    )
    return draft.content, signed(draft).content


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("site", SITES)
def test_every_kind_of_dossier_is_archival_and_accessible(snapshots: dict[str, str], site: str, language: str) -> None:
    for content in printed_for(snapshots[site], language):
        assert [failures(content, profile) for profile in PROFILES] == [[], []]


def test_an_extract_is_archival_and_accessible(snapshots: dict[str, str]) -> None:
    whole = load(snapshots[SITES[0]])
    ministry = whole.concerned_ministries[0]
    text = canonical_json(extract_of(whole, ministry.slug))
    content = printed_for(text, "ko", Extract(ministry, sha256_of(snapshots[SITES[0]])))[1]
    assert [failures(content, profile) for profile in PROFILES] == [[], []]


def test_qpdf_finds_nothing_wrong(printed: Printed, tmp_path: Path) -> None:
    (file := tmp_path / "dossier.pdf").write_bytes(printed.content)
    assert subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False).returncode == 0


def test_pdfsig_finds_the_signature_valid_and_over_all(printed: Printed, tmp_path: Path) -> None:
    (file := tmp_path / "dossier.pdf").write_bytes(printed.content)
    told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told


def test_signing_leaves_what_was_there_byte_for_byte(printed: Printed) -> None:
    draft = print_dossier(printed.snapshot, issued_at=AT, issued_by="", signing=Signing.DEVELOPMENT)
    assert signed(draft).content.startswith(draft.content)
    assert signed(draft).content_sha256 == draft.content_sha256


def test_the_signature_is_dated(printed: Printed) -> None:
    report = read_signature(printed.content)
    assert report.signed_at is not None
    assert abs((datetime.now(UTC) - report.signed_at).total_seconds()) < 3600


def test_attachments_tell_what_they_are_to_the_pages(printed: Printed) -> None:
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        told = {str(row.UF): str(row.AFRelationship) for row in pdf.Root.AF}
    assert told == {"E-001.txt": "/Supplement", "snapshot.json": "/Data"}


def test_every_figure_has_words_and_every_header_cell_a_scope(printed: Printed) -> None:
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        elements = [row for row in pdf.objects if isinstance(row, pikepdf.Dictionary) and "/S" in row and "/P" in row]
        figures = [row for row in elements if Name.Figure == row.S]
        heads = [row for row in elements if row.S == Name.TH]
        assert figures and all(str(row.Alt) for row in figures)
        assert heads and all(row.A.Scope in (Name.Column, Name.Row) for row in heads)


def test_running_heads_are_no_content(printed: Printed) -> None:
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        page = pdf.pages[-1]
        page.contents_coalesce()
        assert b"/Pagination" in page.obj.Contents.read_bytes()


# --- What the validator notices --------------------------------------------------------------------------------------
def _without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _without_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def _without_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _without_part(name: str) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        said = pdf.Root.Metadata.read_bytes()
        lines = [line for line in said.splitlines(keepends=True) if f"<{name}>".encode() not in line]
        assert len(lines) < len(said.splitlines())
        pdf.Root.Metadata.write(b"".join(lines))

    return spoil


def _without_schemas(pdf: pikepdf.Pdf) -> None:
    said = pdf.Root.Metadata.read_bytes()
    start, end = said.index(b"<pdfaExtension:schemas>"), said.index(b"</pdfaExtension:schemas>")
    pdf.Root.Metadata.write(said[:start] + said[end + len(b"</pdfaExtension:schemas>") :])


def _dictionaries(pdf: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Object]:
    return (row for row in pdf.objects if isinstance(row, pikepdf.Dictionary) and row.get("/Type") == Name(f"/{kind}"))


def _without_font_file(pdf: pikepdf.Pdf) -> None:
    descriptor = next(row for row in _dictionaries(pdf, "FontDescriptor") if "/FontFile3" in row)
    del descriptor.FontFile3


def _without_unicode(pdf: pikepdf.Pdf) -> None:
    for font in _dictionaries(pdf, "Font"):
        if "/ToUnicode" in font:
            del font.ToUnicode


def _without_relationships(pdf: pikepdf.Pdf) -> None:
    for row in pdf.Root.AF:
        del row.AFRelationship


def _without_figure_words(pdf: pikepdf.Pdf) -> None:
    for row in _dictionaries(pdf, "StructElem"):
        if Name.Figure == row.S:
            del row.Alt


def _with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _with_untagged_text(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(b"0 0 m 100 100 l S")


@pytest.mark.parametrize(
    ("spoil", "profile"),
    [
        (_without_language, "pdfua-1"),
        (_without_tags, "pdfa-3a"),
        (_without_tags, "pdfua-1"),
        (_without_title, "pdfua-1"),
        (_without_profile, "pdfa-3a"),
        (_without_part("pdfaid:part"), "pdfa-3a"),
        (_without_part("pdfuaid:part"), "pdfua-1"),
        (_without_schemas, "pdfa-3a"),
        (_without_font_file, "pdfa-3a"),
        (_without_unicode, "pdfa-3a"),
        (_without_relationships, "pdfa-3a"),
        (_without_figure_words, "pdfua-1"),
        (_with_script, "pdfa-3a"),
        (_with_untagged_text, "pdfua-1"),
    ],
)
def test_the_validator_notices(printed: Printed, spoil: Callable[[pikepdf.Pdf], None], profile: str) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        spoil(pdf)
        pdf.save(target)
    assert failures(target.getvalue(), profile)


def test_what_is_not_spoiled_still_conforms(printed: Printed) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        pdf.save(target)
    assert [failures(target.getvalue(), profile) for profile in PROFILES] == [[], []]
