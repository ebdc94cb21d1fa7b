"""Laying out the chapters of a dossier in processes beside this one, and remembering what is finished.

A chapter's file is named after its content, so a render that was killed goes on where it stopped. A chapter that prints
page numbers waits until they are known; one that stands before what it names is counted first and printed afterwards.
"""

import hashlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

import weasyprint

from compliance.dossiers.chapter_worker import lay_out_chapter
from compliance.dossiers.chapters import Chapter, Cut
from compliance.dossiers.typesetting import Layout, Style, layout_from

WORTHWHILE = 60_000  # characters of HTML
ATTEMPTS = 3  # of one chapter, when its process is killed
TICK = 0.5  # seconds between signs of life

Finished = Callable[[int, int], None]  # chapters done, of how many


class ChapterFailed(Exception):
    """A chapter could not be laid out."""


@dataclass(frozen=True)
class Limits:
    """How many processes work (0: one a core), how much memory each may take (0: any), how long a chapter may last."""

    processes: int = 0
    memory_mb: int = 0
    seconds: int = 600


@dataclass(frozen=True)
class Task:
    name: str
    index: int
    write: bool


@dataclass(frozen=True)
class Laid:
    """A chapter as it was laid out and written, and the number of its first page, counted from 1."""

    path: Path
    layout: Layout
    first_page: int


@dataclass
class Press:
    """The state of one render: which chapters are counted, which are written."""

    cut: Cut
    style: Style
    folder: Path
    limits: Limits
    finished: Finished = lambda done, total: None
    layouts: dict[int, Layout] = field(default_factory=dict)
    written: dict[int, str] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    tasks: dict[object, Task] = field(default_factory=dict)

    def run(self) -> list[Laid]:
        """Every chapter in order; raises ChapterFailed."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.utime(self.folder)
        total = len(self.cut.chapters)
        self.finished(0, total)
        processes = min(processes_for(self.limits.processes, sum(len(row.body) for row in self.cut.chapters)), total)
        if processes == 1:
            self._run_here()
        else:
            self._run_beside(processes)
        starts = self._starts()
        return [
            Laid(self.folder / f"{self.written[index]}.pdf", self.layouts[index], starts[index])
            for index in range(total)
        ]

    def _run_here(self) -> None:
        while self._is_unfinished():
            for task in self._ready([]):
                if not self._take_finished(task):
                    lay_out_chapter(self.folder, task.name, self.style, write=task.write)
                    self._take_finished(task)
                self.finished(len(self.written), len(self.cut.chapters))

    def _run_beside(self, processes: int) -> None:
        with _workers(self.style, self.limits, processes) as workers:
            while self._is_unfinished():
                for task in self._ready(workers):
                    if self._take_finished(task):
                        continue
                    if (idle := next((row for row in workers if row.task is None), None)) is None:
                        break
                    self._hand(task, idle)
                if any(row.task for row in workers):
                    self._wait(workers)
                self.finished(len(self.written), len(self.cut.chapters))

    def pages(self) -> dict[str, int]:
        """The page number of every place that is known by now."""
        starts = self._starts()
        return {
            name: starts[index] + place.page
            for index, layout in self.layouts.items()
            if index in starts
            for name, place in layout.anchors.items()
        }

    def _starts(self) -> dict[int, int]:
        """Numbers of the first pages, as far as every chapter before is counted."""
        starts, number = {}, 1
        for index in range(len(self.cut.chapters)):
            starts[index] = number
            if index not in self.layouts:
                break
            number += self.layouts[index].pages
        return starts

    def _is_unfinished(self) -> bool:
        return len(self.written) < len(self.cut.chapters)

    def _ready(self, workers: "list[Worker]") -> Iterator[Task]:
        """What can be done now: long chapters first, then the numbers that wait for them."""
        busy = {row.task.index for row in workers if row.task}
        pages = self.pages()
        for index, chapter in enumerate(self.cut.chapters):
            if index in busy or index in self.written:
                continue
            wanted = chapter.numbered & self._all_ids
            if wanted <= pages.keys():
                yield self._task(index, chapter, pages, write=True)
            elif index not in self.layouts and self._stands_before(index, wanted):
                yield self._task(index, chapter, {}, write=False)

    @cached_property
    def _all_ids(self) -> frozenset[str]:
        return frozenset().union(*(row.ids for row in self.cut.chapters))

    def _stands_before(self, index: int, wanted: frozenset[str]) -> bool:
        return any(wanted & row.ids for row in self.cut.chapters[index:])

    def _task(self, index: int, chapter: Chapter, pages: dict[str, int], *, write: bool) -> Task:
        numbers = tuple((name, pages.get(name)) for name in sorted(chapter.numbered))
        key = (index, write, numbers)
        if key not in self.tasks:
            self.tasks[key] = self._new_task(index, chapter, pages, write=write)
        return self.tasks[key]

    def _new_task(self, index: int, chapter: Chapter, pages: dict[str, int], *, write: bool) -> Task:
        html = self.cut.html_of(chapter, pages)
        digest = hashlib.sha256(json.dumps([html, asdict(self.style), weasyprint.__version__]).encode()).hexdigest()
        name = f"{digest[:32]}{'' if write else '-count'}"
        path = self.folder / f"{name}.html"
        if not path.exists():
            path.write_text(html)
        return Task(name, index, write)

    def _take_finished(self, task: Task) -> bool:
        """Whether this render or an earlier one has done it."""
        path = self.folder / f"{task.name}.json"
        if not path.exists():
            return False
        self._note(task, layout_from(json.loads(path.read_text())))
        return True

    def _note(self, task: Task, layout: Layout) -> None:
        counted = self.layouts.get(task.index)
        self.layouts[task.index] = layout
        if task.write:
            self.written[task.index] = task.name
        if counted and counted != layout:  # a number was wider than its place-holder: print again what names it
            for index in [row for row in self.written if self.cut.chapters[row].numbered and row != task.index]:
                del self.written[index]

    def _hand(self, task: Task, worker: "Worker") -> None:
        self.tries[task.name] = self.tries.get(task.name, 0) + 1
        if self.tries[task.name] > ATTEMPTS:
            raise ChapterFailed(f"chapter {task.index + 1} ended its process {ATTEMPTS} times")
        worker.give(task, self.folder)

    def _wait(self, workers: "list[Worker]") -> None:
        with selectors.DefaultSelector() as selector:
            for row in workers:
                if row.task:
                    selector.register(row.process.stdout or -1, selectors.EVENT_READ, row)
            ready = [key.data for key, _ in selector.select(TICK)]
        for worker in ready:
            self._hear(worker)
        for worker in workers:
            if worker.task and time.monotonic() - worker.since > self.limits.seconds:
                raise ChapterFailed(f"chapter {worker.task.index + 1} took longer than {self.limits.seconds} s")

    def _hear(self, worker: "Worker") -> None:
        task, answer = worker.answer()
        if answer is None:  # killed: the chapter is ready again, for a new process
            worker.start_again()
        elif answer["error"]:
            raise ChapterFailed(f"chapter {task.index + 1}: {answer['error']}")
        else:
            self._take_finished(task)


def processes_for(wanted: int, length: int) -> int:
    """How many processes pay for HTML of that length: each needs a second to start. `wanted` 0 is one for each core."""
    return min(wanted or os.cpu_count() or 1, 1 + length // WORTHWHILE)


class Worker:
    """One process that lays out chapters, started when there is work."""

    def __init__(self, style: Style, limits: Limits) -> None:
        self.style, self.limits = style, limits
        self.task: Task | None = None
        self.since = 0.0
        self.process = self._started()

    def _started(self) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "compliance.dossiers.chapter_worker", str(self.limits.memory_mb)]
        root = Path(__file__).resolve().parents[2]
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root, env=environment
        )
        _tell(process, asdict(self.style))
        return process

    def give(self, task: Task, folder: Path) -> None:
        self.task, self.since = task, time.monotonic()
        _tell(self.process, {"folder": str(folder), "name": task.name, "write": task.write})

    def answer(self) -> tuple[Task, dict[str, str] | None]:
        """What became of the task; None when the process is gone."""
        task, self.task = self.task, None
        if task is None or self.process.stdout is None:
            raise RuntimeError("no task was given")
        line = self.process.stdout.readline()
        return task, json.loads(line) if line.endswith("\n") else None

    def start_again(self) -> None:
        self.stop()
        self.process = self._started()

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


def _tell(process: "subprocess.Popen[str]", message: object) -> None:
    """A process that is gone already is noticed when its answer is read."""
    if process.stdin:
        try:
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            return


@contextmanager
def _workers(style: Style, limits: Limits, count: int) -> Iterator[list[Worker]]:
    workers = deque[Worker]()
    try:
        for _ in range(count):
            workers.append(Worker(style, limits))
        yield list(workers)
    finally:
        for row in workers:
            row.stop()
