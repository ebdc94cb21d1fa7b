"""Verify a dossier's PDF against the register."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from compliance.dossiers.signature_check import SignatureReport
from compliance.dossiers.verification import Verdict, verify

UNREADABLE = 2


class Command(BaseCommand):
    help = "Say whether FILE is a registered dossier, unchanged. Exit status: 0 valid, 1 invalid, 2 file not readable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.pdf", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            self.stderr.write(f"{file}: cannot be read: {error.strerror}")
            sys.exit(UNREADABLE)
        verdict = verify(content)
        for line in lines_of(verdict):
            self.stdout.write(line)
        sys.exit(0 if verdict.valid else 1)


def lines_of(verdict: Verdict) -> list[str]:
    """The first line is the verdict; the signature and one line for each problem, with its code, follow."""
    name = f" {verdict.number}" if verdict.number else ""
    lines = [f"{'valid' if verdict.valid else 'invalid'}{name}{_state(verdict)}"]
    if verdict.signature:
        lines.append(f"  signature {verdict.signature.state}{_signer(verdict.signature)}: {verdict.signature.text}")
    return lines + [f"  {row.code}: {row.text}" for row in verdict.problems]


def _state(verdict: Verdict) -> str:
    if verdict.round is None:
        return ""
    submitted = "submitted" if verdict.is_submitted else "not submitted"
    edition = f", edition {verdict.edition}" if verdict.edition else ""
    place = f"superseded by {verdict.superseded_by}" if verdict.superseded_by else "current"
    return f", round {verdict.round}, as of {verdict.as_of}, {submitted}, {place}{edition}"


def _signer(signature: SignatureReport) -> str:
    if not signature.signer:
        return ""
    stamped = " with time stamp" if signature.is_timestamped else ""
    at = f" at {signature.signed_at:%Y-%m-%d %H:%M:%S %Z}{stamped}" if signature.signed_at else ""
    return f", {signature.signer}{at}"
