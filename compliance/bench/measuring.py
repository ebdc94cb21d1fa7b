"""Seconds, queries and memory of one piece of work."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, how much, and what stands beside it."""

    name: str
    value: str
    beside: str = ""


@dataclass
class Measured:
    """What one run took."""

    seconds: float = 0.0
    queries: int = 0


@contextmanager
def measured() -> Iterator[Measured]:
    """Time a block and count its queries (counting itself costs a few per cent)."""
    result = Measured()
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        yield result
        result.seconds = time.perf_counter() - start
    result.queries = len(queries)


def median_of(runs: int, work: Callable[[], object]) -> Measured:
    """Median seconds of several runs, and the queries of the last."""
    results = []
    for _ in range(runs):
        with measured() as result:
            work()
        results.append(result)
    return Measured(median(row.seconds for row in results), results[-1].queries)


def in_fresh_process(code: str) -> str:
    """Standard output of Python code run by itself, so that its peak memory is its own; raises CalledProcessError."""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def peak_memory_mb() -> float:
    """Largest resident size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
