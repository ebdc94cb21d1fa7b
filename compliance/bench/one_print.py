"""One printing, measured: run in a process that does nothing else."""

import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from compliance.bench.engines import by_typst, naive
from compliance.bench.measuring import peak_memory_mb
from compliance.dossiers.pdf import Issue, print_dossier
from compliance.dossiers.press import processes_for
from compliance.dossiers.snapshot import load, sha256_of

AT = datetime(2026, 1, 1, tzinfo=UTC)


def print_once(way: str, path: Path) -> dict[str, float]:
    """Seconds, pages, peak memory in MB and the file's size."""
    text = path.read_text()
    helpers = 0
    with tempfile.TemporaryDirectory() as folder:
        settings.ILWON_RENDER_DIR = folder  # nothing is there yet
        start = time.perf_counter()
        if way == "ours":
            printed = print_dossier(text, issued_at=AT, issued_by="bench")
            content, pages = printed.content, printed.pages
            helpers = processes_for(settings.ILWON_RENDER_PROCESSES, len(text))
        elif way == "naive":
            issue = Issue(load(text).number, AT, "bench", sha256_of(text), True)
            content, pages = naive(text, issue)
        else:
            content, pages = by_typst(load(text), Path(folder))
        seconds = time.perf_counter() - start
    # The largest helper stands for each of them: an upper bound of what they take together.
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 * helpers
    return {"seconds": seconds, "pages": pages, "memory_mb": peak_memory_mb() + children, "size": len(content)}
