"""Export everything about one dossier."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.utils import timezone

from compliance.archive.actions import tell_export
from compliance.archive.export import export_dossier
from compliance.dossiers.models import Dossier


class Command(BaseCommand):
    help = "Write everything about dossier NUMBER into one ZIP file with a manifest of hashes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="NUMBER", help="e.g. ILW-2026-00001")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.zip")

    def handle(self, *args: Any, number: str, output: Path, **options: Any) -> None:
        dossier = Dossier.objects.select_related("facility__operator").filter(number=number).first()
        if dossier is None:
            raise CommandError(f"{number}: no dossier has this number")
        if not output.parent.is_dir():
            raise CommandError(f"{output.parent}: no such folder")
        at, partial = timezone.now(), output.with_name(output.name + ".part")
        try:
            with partial.open("wb") as file:
                manifest_sha256 = export_dossier(dossier, file, at=at)
            partial.replace(output)
        finally:
            partial.unlink(missing_ok=True)
        tell_export(dossier, manifest_sha256=manifest_sha256, by=None, at=at)
        self.stdout.write(f"{output}: {number}, {output.stat().st_size:,} bytes, manifest SHA-256 {manifest_sha256}")
