"""`manage.py reconcile`: bring checklists in line with the law in force and the facts known."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from compliance.checklists.reconcile import reconcile
from compliance.models import Checklist


class Command(BaseCommand):
    help = "Bring opened checklists in line with the law in force and the facts known. Answers are kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("facilities", nargs="*", metavar="FACILITY", help="slugs of facilities")
        parser.add_argument("--all", action="store_true", help="every opened checklist")
        parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="DATE", help="the day (today)")

    def handle(self, *args: Any, **options: Any) -> None:
        checklists = Checklist.objects.select_related("facility").order_by("facility__slug")
        slugs = options["facilities"]
        if bool(slugs) == options["all"]:
            raise CommandError("Name facilities or say --all.")
        if slugs:
            checklists = checklists.filter(facility__slug__in=slugs)
            unknown = set(slugs) - {row.facility.slug for row in checklists}
            if unknown:
                raise CommandError(f"No opened checklist for: {', '.join(sorted(unknown))}")
        for checklist in checklists:
            result = reconcile(checklist.facility, by=None, on=options["on"] or localdate())
            numbers = ", ".join(f"{name} {number}" for name, number in result.as_dict().items())
            self.stdout.write(f"{checklist.facility.slug}: {numbers}")
