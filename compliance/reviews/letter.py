"""The letter that tells one ministry's decision: a short PDF, made from the review whenever somebody asks for it."""

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from weasyprint.text.fonts import FontConfiguration

from compliance.checklists.commitment_models import Commitment
from compliance.dossiers.korean_lines import keep_words_together
from compliance.reviews.models import Review

_WEIGHTS = {"Regular": 400, "Bold": 700}


@dataclass(frozen=True)
class Letter:
    """What the letter says."""

    review: Review
    commitments: tuple[Commitment, ...]

    @property
    def number(self) -> str:
        """`ILW-2026-00001-NFA`: each ministry decides once on a dossier."""
        return letter_number(self.review)


def letter_number(review: Review) -> str:
    return f"{review.dossier.number}-{review.ministry.slug.upper()}"


def letter_of(review: Review) -> Letter:
    """Raises ValueError for a review without a decision."""
    if not review.decision:
        raise ValueError(f"{review}: nothing is decided yet")
    rows = review.dossier.facility.commitments.filter(source=review.dossier.number, ministry=review.ministry)
    return Letter(review, tuple(rows) if review.decision == Review.Decision.CONDITIONAL else ())


def print_letter(letter: Letter, *, language: str = "ko") -> bytes:
    """The letter as a tagged PDF (PDF/UA-1)."""
    with override(language):
        html = render_to_string("reviews/letter.html", {"letter": letter, "language": language})
    keep_words_together()
    fonts = FontConfiguration()
    style = weasyprint.CSS(string=_font_faces() + _STYLE, font_config=fonts)
    document = weasyprint.HTML(string=html, base_url=str(settings.BASE_DIR)).render(
        stylesheets=[style], font_config=fonts
    )
    decided_at = letter.review.decided_at
    assert decided_at is not None  # review_decision_has_a_date
    document.metadata.created = document.metadata.modified = decided_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _font_faces() -> str:
    """The government's typeface where set-up has put it; otherwise the system's."""
    folder = Path(settings.ILWON_ASSETS_DIR) / "pretendard/print"
    return "".join(
        f'@font-face {{ font-family: "Pretendard GOV"; font-weight: {weight}; src: url("{file.as_uri()}"); }}\n'
        for file, weight in ((folder / f"PretendardGOV-{name}.otf", weight) for name, weight in _WEIGHTS.items())
        if file.exists()
    )


_STYLE = """
@page { size: A4; margin: 25mm 22mm; }
html { font: 10.5pt/1.65 "Pretendard GOV", "NanumGothic", sans-serif; color: #1e2124; }
body { margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 22pt; text-align: center; margin: 0 0 12mm; letter-spacing: 0.1em; }
h2 { font-size: 11.5pt; margin: 7mm 0 1.5mm; break-after: avoid; }
.from { font-size: 11pt; font-weight: 700; margin: 0 0 10mm; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 1.8mm 3mm; border: 0.5pt solid #8a949e; font-weight: 400; }
th { background: #eef2f7; font-weight: 700; }
.head th { width: 32mm; }
.due { width: 30mm; }
.text { white-space: pre-line; margin: 0; }
.sign { margin-top: 16mm; text-align: right; break-inside: avoid; }
.note { margin-top: 10mm; font-size: 8.5pt; color: #58616a; }
"""
