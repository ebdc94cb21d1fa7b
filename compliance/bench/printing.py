"""How fast a dossier is printed, and how much memory it takes."""

import json
import tempfile
from datetime import date
from pathlib import Path

from compliance.bench.measuring import Figure, in_fresh_process, measured
from compliance.dossiers.snapshot import take_snapshot
from registry.models import Facility

# Printing needs the snapshot alone, so a process of its own shows its memory without ours.
_PRINT = """
import django, json, sys, time
django.setup()
from datetime import datetime, timezone
from pathlib import Path
from compliance.bench.measuring import peak_memory_mb
from compliance.dossiers.pdf import print_dossier
snapshot = Path({path!r}).read_text()
start = time.perf_counter()
printed = print_dossier(snapshot, issued_at=datetime(2026, 1, 1, tzinfo=timezone.utc), issued_by="bench")
seconds = time.perf_counter() - start
print(json.dumps([seconds, printed.pages, peak_memory_mb(), len(printed.content)]))
"""


def dossier_figures(facility: Facility, on: date) -> list[Figure]:
    """Freeze the facility's checklist and print it."""
    with measured() as frozen:
        snapshot = take_snapshot(facility, on=on, number="ILW-0000-00000", round=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.json"
        path.write_text(snapshot)
        seconds, pages, memory, size = json.loads(in_fresh_process(_PRINT.format(path=str(path))).splitlines()[-1])
    return [
        Figure(
            "freeze a snapshot",
            f"{frozen.seconds:.2f} s, {frozen.queries} queries",
            f"{len(snapshot.encode()) / 1e6:.1f} MB of JSON",
        ),
        Figure(
            "print its dossier",
            f"{seconds:.1f} s, {pages} pages",
            f"{pages / seconds:.1f} pages/s, peak memory {memory:.0f} MB, file {size / 1e6:.1f} MB",
        ),
    ]
