"""From a snapshot to a PDF: the pages come from the snapshot alone, so the same snapshot gives the same content."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno
import weasyprint
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from weasyprint.text.fonts import FontConfiguration

from compliance.dossiers.korean_lines import keep_words_together
from compliance.dossiers.pages import DossierPages
from compliance.dossiers.snapshot import load, sha256_of

SNAPSHOT_NAME = "snapshot.json"
LAYOUT_FROM, LAYOUT_UNTIL = 20, 75  # per cent of the whole
_WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}

Told = Callable[[str, int], None]  # step and per cent


@dataclass(frozen=True)
class AttachedFile:
    """A document of the evidence index that travels inside the PDF."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True)
class Issue:
    """What stands on the cover beside the snapshot: when it was issued, by whom, and where it can be verified."""

    number: str
    issued_at: datetime
    issued_by: str
    snapshot_sha256: str
    evidence_is_attached: bool

    @property
    def verify_url(self) -> str:
        return f"{settings.ILWON_PUBLIC_URL}/verify/{self.number}/"

    @property
    def qr(self) -> SafeString:
        code = segno.make(self.verify_url, error="m", micro=False)
        return mark_safe(code.svg_inline(scale=3, border=0, svgclass=None, lineclass=None, omitsize=False))


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
    tell: Told = lambda step, progress: None,
) -> PrintedDossier:
    """Lay out and write the dossier; `tell` hears of every step."""
    issued_at = issued_at.astimezone(UTC).replace(microsecond=0)  # as a PDF can tell it
    issue = Issue(load(snapshot).number, issued_at, issued_by, sha256_of(snapshot), evidence_is_attached)
    tell("charts", 10)
    html = dossier_html(snapshot, issue, language)
    stylesheet = get_template("dossiers/pdf/dossier.css").render()
    tell("layout", LAYOUT_FROM)
    document = _laid_out(html, stylesheet)
    tell("attachments", LAYOUT_UNTIL)
    # In the order of their names: "E-001.pdf" before "snapshot.json", as a PDF's name tree asks.
    document.metadata.attachments = [
        *(_attachment(row, issued_at) for row in sorted(evidence, key=lambda row: row.name)),
        _snapshot_attachment(snapshot, issued_at),
    ]
    with garbage_collection_paused():
        content = document.write_pdf(
            pdf_identifier=bytes.fromhex(issue.snapshot_sha256)[:16], custom_metadata=True, pdf_tags=True
        )
    return PrintedDossier(content, _sha256(html + stylesheet), len(document.pages))


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


def _snapshot_attachment(snapshot: str, at: datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=snapshot, name=SNAPSHOT_NAME, description="Canonical JSON", created=at, modified=at, relationship="Data"
    )


def _attachment(file: AttachedFile, at: datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=file.content, name=file.name, description=file.title, created=at, modified=at, relationship="Supplement"
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
