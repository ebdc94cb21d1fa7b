"""`manage.py export_catalogue DIR`: the law data of the database as YAML."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.catalogue.exporting import export_catalogue


class Command(BaseCommand):
    help = "Write everything published as a catalogue folder. Loading it into an empty database gives the same digest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="an empty or new folder")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is not an empty folder: old files would stay among the exported ones.")
        paths = export_catalogue(folder)
        self.stdout.write(f"{len(paths)} files written to {folder}.")
