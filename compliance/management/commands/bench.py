"""`manage.py bench`: the benchmark table, in a throw-away database."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.test.utils import setup_test_environment, teardown_test_environment

from compliance.bench.checklists import checklist_figures
from compliance.bench.conditions import condition_figures
from compliance.bench.measuring import Figure, measured
from compliance.bench.printing import dossier_figures
from compliance.bench.subjects import make_site
from registry.models import User
from registry.rules.assessment import current_vocabulary

ON = date(2026, 11, 24)


class Command(BaseCommand):
    help = "Measure the main job in a throw-away database and print figures and ratios of this one run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--buildings", type=int, default=10_000, help="buildings that all rules are decided for")
        parser.add_argument("--site-buildings", type=int, default=14, help="buildings of the site with the checklist")
        parser.add_argument(
            "--items",
            type=_numbers,
            default=[50, 300],
            metavar="N,N",
            help="obligations of the printed dossiers; 1,000 and more take long, see docs/benchmarks.md",
        )
        parser.add_argument("--only-printing", action="store_true", help="leave out everything but the printing")

    def handle(self, *args: Any, **options: Any) -> None:
        with throw_away_database():
            for figure in figures(options):
                self.stdout.write(f"{figure.name:<52} {figure.value:>26}   {figure.beside}")
                self.stdout.flush()


@contextmanager
def throw_away_database() -> Iterator[None]:
    """A database of the same kind as the configured one, gone afterwards; nobody's data is touched."""
    configured = connection.settings_dict["NAME"]
    setup_test_environment(debug=False)
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(str(configured), verbosity=0)
        teardown_test_environment()


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def figures(options: dict[str, Any]) -> Iterator[Figure]:
    """Every line of the table, measured as it is asked for."""
    with measured() as loaded:
        call_command("load_catalogue", stdout=StringIO())
    with measured() as again:
        call_command("load_catalogue", stdout=StringIO())
    yield Figure("load the catalogue", f"{loaded.seconds:.1f} s", f"again, unchanged {again.seconds:.1f} s")
    if not options["only_printing"]:
        yield from condition_figures(ON, options["buildings"])
    facility = make_site(current_vocabulary(), buildings=options["site_buildings"], on=ON)
    by = User.objects.create_user("bench", role=User.Role.MANAGER, operator=facility.operator)
    yield from checklist_figures(facility, by, ON)
    yield from dossier_figures(facility, ON, options["items"])
