"""`manage.py load_catalogue [DIR]`: bring the database to the law data of a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.catalogue.entries import CatalogueError
from registry.catalogue.loading import LoadReport, load_catalogue
from registry.catalogue.reading import SHIPPED, read_catalogue
from registry.planning import refresh_statistics


class Command(BaseCommand):
    help = (
        "Load the catalogue of facts, topics, ministries, rules, incentives and legislation. Idempotent: new versions "
        "are added, published ones are never overwritten. A bad entry is named with its file, id and field."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=SHIPPED, metavar="DIR", help="default: the shipped one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_catalogue(read_catalogue(options["folder"]), by=None, at=timezone.now())
        except CatalogueError as error:
            raise CommandError(f"The catalogue was not loaded, nothing was written.\n{error}") from error
        if report.is_new_revision:
            refresh_statistics()
        if options["verbosity"]:
            self.stdout.write(_table(report))


def _table(report: LoadReport) -> str:
    lines = [f"{'':<14}{'added':>10}{'unchanged':>11}{'closed':>8}{'updated':>9}"]
    for kind in report.kinds:
        counts = [report.added[kind], report.unchanged[kind], report.closed[kind], report.updated[kind]]
        lines.append(_line(kind, counts))
    totals = [sum(counts.values()) for counts in (report.added, report.unchanged, report.closed, report.updated)]
    lines.append(_line("total", totals))
    if report.kept:
        left = ", ".join(f"{count} {kind}" for kind, count in sorted(report.kept.items()))
        lines.append(f"Left as they were edited in the database, because their entries have not changed: {left}.")
    if report.absent:
        left = ", ".join(f"{count} {kind}" for kind, count in sorted(report.absent.items()))
        lines.append(f"Left as they are, because only the database has them: {left}.")
    assert report.revision is not None
    news = "new revision" if report.is_new_revision else "revision"
    lines.append(f"Catalogue {news} {report.revision.number}, {report.revision.digest[:16]}.")
    return "\n".join(lines)


def _line(kind: str, counts: list[int]) -> str:
    added, unchanged, closed, updated = counts
    return f"{kind.replace('_', ' '):<14}{added:>10}{unchanged:>11}{closed:>8}{updated:>9}"
