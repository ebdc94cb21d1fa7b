"""Issue and print a facility's dossier."""

from argparse import ArgumentParser
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command, get_commands
from django.core.management.base import BaseCommand
from django.utils import timezone

from compliance.dossiers.actions import issue_dossier
from compliance.dossiers.editions import (
    LANGUAGE,
    LANGUAGES,
    Edition,
    print_edition,
    register_edition,
    render_registered,
    write_atomically,
)
from compliance.dossiers.models import Dossier
from compliance.dossiers.snapshot import load
from registry.models import Facility

DEMO = "demo:"


class Command(BaseCommand):
    help = (
        "Issue the dossier of FACILITY and write its PDF. Example: "
        "manage.py build_dossier demo:portal-sejong-campus --output campus.pdf. "
        "A slug that begins with demo: loads the demonstration data when the facility is not there yet."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("facility", metavar="FACILITY", help="slug, e.g. demo:portal-sejong-campus")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.pdf")
        parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGE)
        parser.add_argument(
            "--ministry", default="", metavar="SLUG", help="print the extract for one ministry, e.g. molit"
        )
        parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="DATE", help="default: today")

    def handle(
        self, *args: Any, facility: str, output: Path, language: str, ministry: str, on: date | None, **options: Any
    ) -> None:
        if not output.parent.is_dir():
            raise CommandError(f"{output.parent}: no such folder")
        row = find_facility(facility)
        dossier = issue_dossier(row, on=on or timezone.localdate(), by=None, at=timezone.now())
        if ministry:
            _require_ministry(dossier, ministry)
        content, pages = printed(dossier, Edition(language, ministry))
        write_atomically(output, content)
        self.stdout.write(f"{output}: {dossier.number}, round {dossier.round}, {pages} pages, {len(content):,} bytes")


def _require_ministry(dossier: Dossier, slug: str) -> None:
    known = [row.slug for row in load(dossier.snapshot).concerned_ministries]
    if slug not in known:
        raise CommandError(f"{slug}: no ministry of this dossier. Its ministries: {', '.join(known)}")


def find_facility(name: str) -> Facility:
    """The facility of that slug; raises CommandError naming slugs that look alike."""
    slug = name.removeprefix(DEMO)
    found = Facility.objects.filter(slug=slug).first()
    if found is None and name.startswith(DEMO) and "load_demo" in get_commands():
        call_command("load_demo", verbosity=0)
        found = Facility.objects.filter(slug=slug).first()
    if found is None:
        known = list(Facility.objects.order_by("slug").values_list("slug", flat=True))
        near = get_close_matches(slug, known, cutoff=0.4) or known[:5]
        hint = f" Did you mean: {', '.join(near)}?" if near else " No facility is recorded yet."
        raise CommandError(f"{name}: no facility has this slug.{hint}")
    return found


def printed(dossier: Dossier, edition: Edition) -> tuple[bytes, int]:
    """The registered file, made when it is not there yet; another edition is printed and registered beside it."""
    if not edition.is_registered:
        file_beside = print_edition(dossier, edition)
        register_edition(dossier, file_beside, edition)
        return file_beside.content, file_beside.pages
    render_registered(dossier)
    dossier.refresh_from_db()
    with dossier.pdf.open() as file:
        return file.read(), dossier.pages or 0
