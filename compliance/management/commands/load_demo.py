"""`manage.py load_demo`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from compliance.demo.cast import PASSWORD, PEOPLE
from compliance.demo.story import is_loaded, tell_story
from registry.models import CatalogueRevision
from registry.planning import refresh_statistics


class Command(BaseCommand):
    help = (
        "Load the demonstration: five illustrative facilities and a person for each role, with known passwords. "
        "Harmless when it is loaded already. Refused unless the settings allow it (ILWON_ALLOW_DEMO)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="do not print the accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or settings.ILWON_ALLOW_DEMO):
            raise CommandError(
                "These settings are for production, and everyone knows the passwords of the demo. "
                "Set ILWON_ALLOW_DEMO=true if nobody but you can reach this site."
            )
        if not CatalogueRevision.objects.exists():
            call_command("load_catalogue", verbosity=0)
        was_there = is_loaded()
        tell_story(localdate())
        refresh_statistics()
        if options["verbosity"] and not options["quiet"]:
            self.stdout.write("The demo was there already." if was_there else "The demo is loaded.")
            self.stdout.write(accounts_as_table())


def accounts_as_table() -> str:
    """Accounts, password, role and what there is to see, aligned for a terminal."""
    head = f"\n{'account':<23}{'password':<18}{'role':<16}what to see\n" + "-" * 100
    rows = (f"{row.username:<23}{PASSWORD:<18}{row.role:<16}{row.sees}" for row in PEOPLE)
    return "\n".join((head, *rows))
