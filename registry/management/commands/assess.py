"""`manage.py assess PROFILE.yaml`: the outcome of every rule and incentive for a described site. Writes nothing."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.timezone import localdate

from registry.catalogue.assessing import assess_site
from registry.catalogue.assessment_report import as_json, as_text
from registry.catalogue.law import current_law
from registry.catalogue.profiles import ProfileError, read_profile


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is not a date (YYYY-MM-DD)") from error


class Command(BaseCommand):
    help = (
        "Say for a profile which rules apply, which do not and which cannot be decided, and which incentives it is "
        "eligible for. Reads the catalogue of the database, or the shipped one where none is loaded; writes nothing. "
        "A bad profile gives exit status 2 and one line on standard error."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("profile", type=Path, metavar="PROFILE.yaml")
        parser.add_argument("--on", type=_day, default=None, metavar="DATE", help="YYYY-MM-DD; default: today")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--language", choices=["ko", "en"], default="ko")

    def handle(self, *args: Any, **options: Any) -> None:
        law = current_law()
        try:
            profile = read_profile(options["profile"], law.vocabulary)
        except ProfileError as error:
            raise CommandError(f"bad profile {options['profile']}: {error}", returncode=2) from error
        language = options["language"]
        assessment = assess_site(profile.site(options["on"] or localdate()), law)
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(assessment, language), ensure_ascii=False, indent=1))
            return
        with translation.override(language):
            self.stdout.write("\n".join(as_text(assessment, language)))
