"""Signing with a configured key, with a time stamp, and what the check says of other files."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from compliance.dossiers.accessible import make_accessible
from compliance.dossiers.development_key import development_key_in
from compliance.dossiers.finishing import Identity, finish
from compliance.dossiers.signature_check import read_signature
from compliance.dossiers.signing import CannotSign, sign, signing_key
from tests.compliance.dossiers.conformance import PROFILES, failures

PASSPHRASE = "only for tests"


@pytest.fixture(scope="module")
def draft() -> bytes:
    """A finished page with a place for the signature."""
    html = '<html lang="ko"><title>시험</title><body style="font-family: NanumGothic"><h1>시험</h1><p>본문</p></body>'
    pages = weasyprint.HTML(string=html).render().write_pdf(pdf_tags=True, finisher=make_accessible)
    identity = Identity(
        "시험", "운영자", "주제", "ko", "ILW-2026-00001", 1, "0" * 64, datetime(2026, 11, 24, tzinfo=UTC)
    )
    return finish(pages, identity, with_signature_field=True)


def certificate_for(name: str, key: Any, *, stamps: bool = False) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(9))
    builder = builder.add_extension(usage, critical=True)
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(key, hashes.SHA256())


@pytest.fixture
def configured(settings: Any, tmp_path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = certificate_for("시험 기관", key)
    content = pkcs12.serialize_key_and_certificates(
        b"k", key, certificate, None, BestAvailableEncryption(PASSPHRASE.encode())
    )
    (file := tmp_path / "key.p12").write_bytes(content)
    (tmp_path / "roots.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    settings.ILWON_SIGNING_PKCS12, settings.ILWON_SIGNING_PASSPHRASE = str(file), PASSPHRASE
    return tmp_path


def signed_with_configured(draft: bytes, **options: Any) -> bytes:
    with signing_key() as key:
        return sign(draft, key, **options)


def test_the_development_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = development_key_in(tmp_path / "signing/key.p12").read_bytes()
    path = development_key_in(tmp_path / "signing/key.p12")
    assert path.read_bytes() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_known_signer_is_told_from_an_unknown_one(draft: bytes, configured: Path) -> None:
    content = signed_with_configured(draft)
    report = read_signature(content)
    assert (report.state, report.signer) == ("unknown", "시험 기관")
    assert read_signature(content, known_signers=frozenset({report.fingerprint})).state == "valid"


def test_a_configured_root_makes_the_signer_known(draft: bytes, configured: Path, settings: Any) -> None:
    content = signed_with_configured(draft)
    settings.ILWON_SIGNING_TRUST = str(configured / "roots.pem")
    assert read_signature(content).state == "valid"


def test_validation_data_travel_with_the_signature_where_roots_are_known(
    draft: bytes, configured: Path, settings: Any
) -> None:
    settings.ILWON_SIGNING_TRUST, settings.ILWON_SIGNING_FETCH = str(configured / "roots.pem"), False
    content = signed_with_configured(draft)
    assert read_signature(content).state == "valid"
    assert [failures(content, profile) for profile in PROFILES] == [[], []]


def test_a_time_stamp_is_told(draft: bytes, configured: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    authority = certificate_for("시험 시점 확인 기관", key, stamps=True)
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(authority.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(der)
    )
    content = signed_with_configured(draft, timestamper=stamper)
    assert read_signature(content).is_timestamped
    assert [failures(content, profile) for profile in PROFILES] == [[], []]


@pytest.mark.parametrize(
    "change", [lambda content: content + b"\n", lambda content: content[:90] + b"X" + content[91:]]
)
def test_a_change_after_signing_is_seen(draft: bytes, change: Any) -> None:
    assert read_signature(change(signed_with_configured(draft))).state in ("altered", "damaged")


def test_a_file_without_signature_says_so(draft: bytes) -> None:
    assert read_signature(draft).state == "none"


def test_a_wrong_passphrase_is_told(configured: Path, settings: Any) -> None:
    settings.ILWON_SIGNING_PASSPHRASE = "another"
    with pytest.raises(CannotSign, match="ILWON_SIGNING_PASSPHRASE"), signing_key():
        pass
