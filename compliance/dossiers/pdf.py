"""From a snapshot to a PDF: the pages come from the snapshot alone, so the same snapshot gives the same content."""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pikepdf
import segno
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from compliance.dossiers.chapters import cut
from compliance.dossiers.contents import MinistryName
from compliance.dossiers.finishing import EXTRACT_NAME, SNAPSHOT_NAME, AttachedFile, Identity, finish_pdf
from compliance.dossiers.merging import merge
from compliance.dossiers.pages import DossierPages
from compliance.dossiers.press import Limits, Press
from compliance.dossiers.snapshot import load, sha256_of
from compliance.dossiers.typesetting import Style, digits, specimen
from registry.language import in_language

LAYOUT_FROM, LAYOUT_UNTIL = 20, 75  # per cent of the whole
KEPT_SECONDS = 24 * 3600
_WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}


class Signing(StrEnum):
    """Whether the file will be signed, and with what kind of key."""

    NONE = "none"
    DEVELOPMENT = "development"
    CONFIGURED = "configured"


Told = Callable[[str, int], None]  # step and per cent


@dataclass(frozen=True)
class Issue:
    """What stands on the cover beside the snapshot: when it was issued, by whom, and where it can be verified."""

    number: str
    issued_at: datetime
    issued_by: str
    snapshot_sha256: str
    evidence_is_attached: bool
    is_development_signed: bool = False
    extract_for: MinistryName | None = None

    @property
    def verify_url(self) -> str:
        return f"{settings.ILWON_PUBLIC_URL}/verify/{self.number}/"

    @property
    def qr(self) -> SafeString:
        code = segno.make(self.verify_url, error="m", micro=False)
        title = _("검증 페이지로 가는 QR 코드")
        return mark_safe(code.svg_inline(scale=3, border=0, svgclass=None, lineclass=None, title=title))  # it escapes


@dataclass(frozen=True)
class PrintedDossier:
    """A finished PDF; `content_sha256` is of what the pages show and how."""

    content: bytes
    content_sha256: str
    pages: int
    signer: str = ""  # SHA-256 of the certificate


@dataclass(frozen=True)
class Extract:
    """That what is printed is cut from a larger snapshot, for one ministry."""

    ministry: MinistryName
    whole_sha256: str


def print_dossier(
    snapshot: str,
    *,
    issued_at: datetime,
    issued_by: str,
    evidence: Iterable[AttachedFile] = (),
    evidence_is_attached: bool = True,
    language: str = "ko",
    signing: Signing = Signing.NONE,
    extract: Extract | None = None,
    tell: Told = lambda step, progress: None,
) -> PrintedDossier:
    """Lay out and finish the dossier, with a place for the signature; `tell` hears of every step."""
    issued_at = issued_at.astimezone(UTC).replace(microsecond=0)  # as a PDF can tell it
    issue = Issue(
        load(snapshot).number,
        issued_at,
        issued_by,
        extract.whole_sha256 if extract else sha256_of(snapshot),
        evidence_is_attached,
        is_development_signed=signing == Signing.DEVELOPMENT,
        extract_for=extract.ministry if extract else None,
    )
    tell("charts", 10)
    html = dossier_html(snapshot, issue, language)
    stylesheet = get_template("dossiers/pdf/dossier.css").render()
    with _merged(html, stylesheet, issue.snapshot_sha256, tell) as pdf:
        tell("assembly", LAYOUT_UNTIL)
        pages = len(pdf.pages)
        content = finish_pdf(
            pdf,
            identity_of(snapshot, issue, language),
            attachments=[
                *evidence,
                AttachedFile(EXTRACT_NAME if extract else SNAPSHOT_NAME, "Canonical JSON", snapshot.encode(), "Data"),
            ],
            with_signature_field=signing != Signing.NONE,
        )
    return PrintedDossier(content, _sha256(html + stylesheet), pages)


def identity_of(snapshot: str, issue: Issue, language: str) -> Identity:
    """What the file says of itself in its metadata."""
    contents = load(snapshot)
    with override(language):
        facility, operator = in_language(contents.facility, "name"), in_language(contents.operator, "name")
        subject = _("데이터센터 적합성 보고서 {number}, 기준일 {on}")
        kind = _("적합성 보고서")
        if issue.extract_for:
            kind = _("적합성 보고서 {ministry} 발췌본").format(ministry=in_language(issue.extract_for, "name"))
    return Identity(
        title=f"{facility} {kind} {contents.number}",
        author=operator,
        subject=subject.format(number=contents.number, on=contents.on.isoformat()),
        language=language,
        number=contents.number,
        round=contents.round,
        snapshot_sha256=issue.snapshot_sha256,
        issued_at=issue.issued_at,
    )


def dossier_html(snapshot: str, issue: Issue, language: str) -> str:
    """The dossier as one HTML document."""
    with override(language):
        context = {"pages": DossierPages(load(snapshot)), "issue": issue, "language": language}
        return render_to_string("dossiers/pdf/dossier.html", context)


def _merged(html: str, stylesheet: str, snapshot_sha256: str, tell: Told) -> pikepdf.Pdf:
    """The pages, laid out chapter by chapter in as many processes as pay."""
    style = Style(font_faces() + stylesheet, str(settings.BASE_DIR))
    share = (LAYOUT_UNTIL - LAYOUT_FROM) / 100

    def finished(done: int, of: int) -> None:
        tell(f"chapters {done}/{of}", LAYOUT_FROM + round(share * 100 * done / of))

    laid = Press(cut(html), style, scratch_folder(snapshot_sha256), limits(), finished).run()
    return merge(laid, digits(style), specimen(html, style))


def limits() -> Limits:
    return Limits(
        settings.ILWON_RENDER_PROCESSES, settings.ILWON_RENDER_MEMORY_MB, settings.ILWON_RENDER_CHAPTER_SECONDS
    )


def scratch_folder(snapshot_sha256: str) -> Path:
    """Where finished chapters of a snapshot wait for the rest; what was left there a day ago is thrown away."""
    root = Path(settings.ILWON_RENDER_DIR)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    yesterday = time.time() - KEPT_SECONDS
    for folder in root.iterdir():
        if folder.stat().st_mtime < yesterday:
            shutil.rmtree(folder, ignore_errors=True)
    return root / snapshot_sha256[:24]


def font_faces() -> str:
    """The government's typeface where set-up has put it; otherwise the stylesheet falls back to the system's."""
    folder = Path(settings.ILWON_ASSETS_DIR) / "pretendard/print"
    files = {folder / f"PretendardGOV-{name}.otf": weight for name, weight in _WEIGHTS.items()}
    return "".join(
        f'@font-face {{ font-family: "Pretendard GOV"; font-weight: {weight}; src: url("{file.as_uri()}"); }}\n'
        for file, weight in files.items()
        if file.exists()
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
