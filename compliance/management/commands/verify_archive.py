"""Check an exported archive."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from compliance.archive.verification import archive_problems

UNREADABLE = 2


class Command(BaseCommand):
    help = "Say whether FILE is a whole archive. Exit status: 0 whole, 1 not, 2 file not readable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.zip", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            problems = archive_problems(file)
        except OSError as error:
            self.stderr.write(f"{file}: cannot be read: {error.strerror}")
            sys.exit(UNREADABLE)
        self.stdout.write(f"{file}: {'not whole' if problems else 'whole'}")
        for problem in problems:
            self.stdout.write(f"  {problem}")
        sys.exit(1 if problems else 0)
