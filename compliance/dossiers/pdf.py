"""From a snapshot to a PDF: the pages come from the snapshot alone, so the same snapshot gives the same content."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import segno
import weasyprint
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from weasyprint.text.fonts import FontConfiguration

from compliance.dossiers.accessible import make_accessible
from compliance.dossiers.finishing import SNAPSHOT_NAME, AttachedFile, Identity, finish
from compliance.dossiers.korean_lines import keep_words_together
from compliance.dossiers.pages import DossierPages
from compliance.dossiers.snapshot import load, sha256_of
from registry.language import in_language

LAYOUT_FROM, LAYOUT_UNTIL = 20, 75  # per cent of the whole
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


def print_dossier(
    snapshot: str,
    *,
    issued_at: datetime,
    issued_by: str,
    evidence: Iterable[AttachedFile] = (),
    evidence_is_attached: bool = True,
    language: str = "ko",
    signing: Signing = Signing.NONE,
    tell: Told = lambda step, progress: None,
) -> PrintedDossier:
    """Lay out and finish the dossier, with a place for the signature; `tell` hears of every step."""
    issued_at = issued_at.astimezone(UTC).replace(microsecond=0)  # as a PDF can tell it
    issue = Issue(
        load(snapshot).number,
        issued_at,
        issued_by,
        sha256_of(snapshot),
        evidence_is_attached,
        is_development_signed=signing == Signing.DEVELOPMENT,
    )
    tell("charts", 10)
    html = dossier_html(snapshot, issue, language)
    stylesheet = get_template("dossiers/pdf/dossier.css").render()
    tell("layout", LAYOUT_FROM)
    document = _laid_out(html, stylesheet)
    tell("attachments", LAYOUT_UNTIL)
    with garbage_collection_paused():
        pages = document.write_pdf(pdf_tags=True, finisher=make_accessible)
    content = finish(
        pages,
        identity_of(snapshot, issue, language),
        attachments=[*evidence, AttachedFile(SNAPSHOT_NAME, "Canonical JSON", snapshot.encode(), "Data")],
        with_signature_field=signing != Signing.NONE,
    )
    return PrintedDossier(content, _sha256(html + stylesheet), len(document.pages))


def identity_of(snapshot: str, issue: Issue, language: str) -> Identity:
    """What the file says of itself in its metadata."""
    contents = load(snapshot)
    with override(language):
        facility, operator = in_language(contents.facility, "name"), in_language(contents.operator, "name")
        subject = _("데이터센터 적합성 보고서 {number}, 기준일 {on}")
        title = f"{facility} {_('적합성 보고서')} {contents.number}"
    return Identity(
        title=title,
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


def _laid_out(html: str, stylesheet: str) -> Any:
    keep_words_together()
    fonts = FontConfiguration()
    css = weasyprint.CSS(string=_font_faces() + stylesheet, font_config=fonts, base_url=str(settings.BASE_DIR))
    source = weasyprint.HTML(string=html, base_url=str(settings.BASE_DIR))
    with garbage_collection_paused():
        return source.render(stylesheets=[css], font_config=fonts)


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """A layout makes millions of objects and drops few: looking through them takes a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _font_faces() -> str:
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
