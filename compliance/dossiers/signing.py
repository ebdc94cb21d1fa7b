"""Signing a finished dossier: PAdES with the configured key, and with a time stamp where an authority is named."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # pyHanko is not typed as far as we use it

from asn1crypto import x509
from django.conf import settings
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko_certvalidator import ValidationContext

from compliance.dossiers.development_key import NAME, development_key_in
from compliance.dossiers.signature_field import FIELD

# For certificates, time stamp and signed attributes. PDF/A-3 allows no string beyond 32,767 bytes.
_RESERVED_BYTES = 16_000


class CannotSign(Exception):
    """The configured key is not usable; the message says what to look at."""


@dataclass(frozen=True)
class SigningKey:
    """A key with its certificate; `is_development` when nobody has configured one."""

    signer: Any
    is_development: bool

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.signer.signing_cert)


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, by which the audit trail remembers who signed."""
    return str(certificate.sha256.hex())


def is_development_certificate(certificate: x509.Certificate) -> bool:
    return bool(certificate.subject.native.get("common_name") == NAME)


@contextmanager
def signing_key() -> Iterator[SigningKey]:
    """The key to sign with: a token's (PKCS#11), a file's (PKCS#12), or the one for development."""
    if settings.ILWON_SIGNING_PKCS11_MODULE:
        with _token_session() as session:
            yield SigningKey(_token_signer(session), False)
    elif settings.ILWON_SIGNING_PKCS12:
        yield SigningKey(_file_signer(Path(settings.ILWON_SIGNING_PKCS12), settings.ILWON_SIGNING_PASSPHRASE), False)
    else:
        yield SigningKey(_file_signer(development_key_in(Path(settings.ILWON_DEVELOPMENT_KEY)), ""), True)


def signs_for_development() -> bool:
    """Whether no key is configured, so that covers must say it."""
    return not (settings.ILWON_SIGNING_PKCS11_MODULE or settings.ILWON_SIGNING_PKCS12)


def _file_signer(path: Path, passphrase: str) -> Any:
    if not path.is_file():
        raise CannotSign(f"ILWON_SIGNING_PKCS12: {path}: no such file")
    simple: Any = signers.SimpleSigner  # what follows has no types
    signer = simple.load_pkcs12(str(path), passphrase=passphrase.encode() or None)
    if signer is None:
        raise CannotSign(f"ILWON_SIGNING_PKCS12: {path} cannot be opened; is ILWON_SIGNING_PASSPHRASE right?")
    return signer


def _token_session() -> Any:
    try:
        from pyhanko.sign.pkcs11 import open_pkcs11_session
    except ImportError:
        raise CannotSign("ILWON_SIGNING_PKCS11_MODULE needs the package python-pkcs11") from None
    label = settings.ILWON_SIGNING_PKCS11_TOKEN
    return open_pkcs11_session(
        settings.ILWON_SIGNING_PKCS11_MODULE,
        token_criteria=TokenCriteria(label=label) if label else None,
        user_pin=settings.ILWON_SIGNING_PKCS11_PIN or None,
    )


def _token_signer(session: Any) -> Any:
    from pyhanko.sign.pkcs11 import PKCS11Signer

    label = settings.ILWON_SIGNING_PKCS11_KEY
    return PKCS11Signer(session, cert_label=label, key_label=label)


class _ArchivalWriter(IncrementalPdfFileWriter):
    """Adds the signature and leaves alone what PDF/A has settled: version, information and metadata."""

    def _update_meta(self) -> None:
        """pyHanko would write the metadata anew, in a form that PDF/A does not allow for extension schemas."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Elliptic curves would make it PDF 2.0, which PDF/A-3 is not."""

    def register_extension(self, ext: Any) -> None:
        """Extensions of PDF 2.0 have no place in PDF/A-3 either."""


def sign(content: bytes, key: SigningKey, *, timestamper: Any = None) -> bytes:
    """The file with a signature over all of it, appended so that what was there stays byte for byte."""
    writer = _ArchivalWriter(io.BytesIO(content))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        **_long_term(key),
    )
    signer = signers.PdfSigner(metadata, key.signer, timestamper=timestamper or _authority())
    signed = signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=2 * _RESERVED_BYTES)
    return bytes(signed.getvalue())


def _authority() -> Any:
    url = settings.ILWON_TIMESTAMP_URL
    return timestamps.HTTPTimeStamper(url, timeout=30) if url else None


def _long_term(key: SigningKey) -> dict[str, Any]:
    """Certificates and revocation data for validation in later years, where roots to trust are configured."""
    if key.is_development or not settings.ILWON_SIGNING_TRUST:
        return {}
    return {
        "embed_validation_info": True,
        "validation_context": ValidationContext(
            trust_roots=trusted_roots(),
            other_certs=list(key.signer.cert_registry),
            allow_fetching=settings.ILWON_SIGNING_FETCH,
        ),
        # In the same revision, so that the signature covers the whole file.
        "dss_settings": DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    }


def trusted_roots() -> list[x509.Certificate]:
    """The certificates of ILWON_SIGNING_TRUST, a PEM file."""
    path = settings.ILWON_SIGNING_TRUST
    load: Any = load_certs_from_pemder  # without types
    return list(load([path])) if path else []
