"""What the signature of a file says: who signed, when, over what, and whether it still holds."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # pyHanko is not typed as far as we use it

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from compliance.dossiers.signing import fingerprint_of, is_development_certificate, trusted_roots

VALID, DEVELOPMENT, UNKNOWN, ALTERED, DAMAGED, NONE = "valid", "development", "unknown", "altered", "damaged", "none"

_WORDS: dict[str, str | Promise] = {
    VALID: _("서명이 유효하고, 파일 전체를 덮습니다."),
    DEVELOPMENT: _("개발용 서명입니다. 파일은 서명한 그대로이지만, 누가 발행했는지는 증명하지 않습니다."),
    UNKNOWN: _("서명은 온전하지만, 서명한 사람을 알 수 없습니다."),
    ALTERED: _("서명한 뒤에 파일이 바뀌었습니다."),
    DAMAGED: _("서명을 읽을 수 없습니다."),
    NONE: _("서명이 없습니다."),
}


@dataclass(frozen=True)
class SignatureReport:
    """One of six states; `signer` is the name in the certificate, `fingerprint` its SHA-256."""

    state: str
    signer: str = ""
    fingerprint: str = ""
    signed_at: datetime | None = None
    is_timestamped: bool = False
    has_validation_data: bool = False

    @property
    def text(self) -> str:
        return str(_WORDS[self.state])

    @property
    def holds(self) -> bool:
        """Whether what was signed is what is there, whoever signed it."""
        return self.state in (VALID, DEVELOPMENT, UNKNOWN)


def read_signature(content: bytes, *, known_signers: frozenset[str] = frozenset()) -> SignatureReport:
    """The report on a file's signature; signers are known by their fingerprint or by the configured roots."""
    try:
        signatures = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
        return _report(signatures[0], known_signers) if signatures else SignatureReport(NONE)
    except Exception:  # noqa: BLE001  # whatever a stranger's file does to the reader, it is not a readable signature
        return SignatureReport(DAMAGED)


def _report(signature: Any, known_signers: frozenset[str]) -> SignatureReport:
    certificate = signature.signer_cert
    context = ValidationContext(trust_roots=[*trusted_roots()], allow_fetching=False)
    status = validate_pdf_signature(signature, context, context, skip_diff=True)
    covers_all = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    fingerprint = fingerprint_of(certificate)
    stamp = status.timestamp_validity
    is_stamped = bool(stamp and stamp.intact and stamp.valid)
    return SignatureReport(
        state=_state(status, covers_all, certificate, fingerprint in known_signers),
        signer=str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly),
        fingerprint=fingerprint,
        signed_at=stamp.timestamp if stamp and is_stamped else signature.self_reported_timestamp,
        is_timestamped=is_stamped,
        has_validation_data="/DSS" in signature.reader.root,
    )


def _state(status: Any, covers_all: bool, certificate: Any, is_known: bool) -> str:
    if not (status.intact and status.valid and covers_all):
        return ALTERED
    if is_development_certificate(certificate):
        return DEVELOPMENT
    return VALID if is_known or status.trusted else UNKNOWN
