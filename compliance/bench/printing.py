"""How fast a dossier is printed and how much memory it takes, beside two other ways to print the same."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.bench.measuring import Figure, in_fresh_process, measured
from compliance.dossiers.snapshot import take_snapshot
from registry.models import Facility

WAYS = {"ours": "Ilwon, chapters in processes", "naive": "WeasyPrint, one document", "typst": "Typst"}

# Printing needs the snapshot alone, so a process of its own shows its memory without ours.
_PRINT = """
import django, json
django.setup()
from pathlib import Path
from compliance.bench.one_print import print_once
print(json.dumps(print_once({way!r}, Path({path!r}))))
"""


@dataclass(frozen=True)
class Printed:
    """What one way of printing took; the memory is that of the process and of all its helpers together."""

    seconds: float
    pages: int
    memory_mb: float
    size: int

    @property
    def words(self) -> str:
        rate = self.pages / self.seconds
        return f"{rate:.1f} pages/s, peak memory {self.memory_mb:,.0f} MB, file {self.size / 1e6:.1f} MB"


def dossier_figures(facility: Facility, on: date, sizes: Sequence[int]) -> Iterator[Figure]:
    """Freeze the facility's checklist, multiply it to each number of obligations, and print it in every way."""
    with measured() as frozen:
        snapshot = take_snapshot(facility, on=on, number="ILW-0000-00000", round=1)
    size = f"{len(snapshot.encode()) / 1e6:.1f} MB of JSON"
    yield Figure("freeze a snapshot", f"{frozen.seconds:.2f} s, {frozen.queries} queries", size)
    for obligations in sizes:
        yield from _figures_for(multiplied(json.loads(snapshot), obligations), obligations)


def _figures_for(data: dict[str, Any], obligations: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.json"
        path.write_text(json.dumps(data, ensure_ascii=False, sort_keys=True))
        ours = 0.0
        for way, name in WAYS.items():
            result = Printed(**json.loads(in_fresh_process(_PRINT.format(way=way, path=str(path))).splitlines()[-1]))
            ours = ours or result.seconds
            ratio = "" if way == "ours" else f", {result.seconds / ours:.2f} × our time"
            title = f"{obligations:,} obligations, {len(data['items']):,} items: {name}"
            yield Figure(title, f"{result.seconds:.1f} s, {result.pages} pages", result.words + ratio)


def multiplied(data: dict[str, Any], obligations: int) -> dict[str, Any]:
    """The snapshot with its items repeated, or cut, until it has about that many obligations; every name is unique."""
    source = {row["key"]: row for row in data["obligations"]}
    items: list[Any] = []
    rows: list[Any] = []
    for copy in range(obligations):
        for item in data["items"]:
            if len(rows) >= obligations:
                return {**data, "items": items, "obligations": rows}
            names = [f"{key}~{copy}" if copy else key for key in item["obligations"]]
            rows += [
                {**deepcopy(source[key]), "key": name} for key, name in zip(item["obligations"], names, strict=True)
            ]
            items.append({**item, "key": f"{item['key']}~{copy}", "obligations": names})
    return {**data, "items": items, "obligations": rows}
