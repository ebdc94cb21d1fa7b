"""Running a render job: its progress is visible while it runs, and a job that fails says why."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.dossiers.editions import render_job
from compliance.dossiers.models import RenderJob
from compliance.dossiers.pdf import LAYOUT_FROM, LAYOUT_UNTIL
from compliance.dossiers.snapshot import load

logger = logging.getLogger(__name__)

STEPS = {
    "reading": _("자료 읽기"),
    "charts": _("차트"),
    "layout": _("본문 조판"),
    "attachments": _("부록 첨부"),
    "saving": _("저장"),
    "checking": _("확인"),
}


def run_job(job_id: int) -> None:
    """Render the job's dossier, unless another worker does or did; a job that fails says why."""
    now = timezone.now()
    waiting = RenderJob.objects.filter(pk=job_id, state=RenderJob.State.QUEUED)
    if not waiting.update(state=RenderJob.State.RUNNING, attempts=F("attempts") + 1, beat_at=now, error=""):
        return
    job = RenderJob.objects.select_related("dossier__issued_by", "dossier__facility").get(pk=job_id)
    try:
        with _told_of_every_page(job):
            render_job(job, tell=lambda step, progress: _beat(job.pk, step=step, progress=progress))
    except Exception as error:  # noqa: BLE001  # whatever went wrong belongs on the page, with a button to try again
        logger.exception("Rendering dossier %s failed", job.dossier.number)
        _finish(job.pk, RenderJob.State.FAILED, error=f"{type(error).__name__}: {error}")
    else:
        _finish(job.pk, RenderJob.State.DONE)


def _finish(job_id: int, state: str, error: str = "") -> None:
    now = timezone.now()
    fields = {"progress": 100, "step": ""} if state == RenderJob.State.DONE else {}
    RenderJob.objects.filter(pk=job_id).update(state=state, error=error, finished_at=now, beat_at=now, **fields)


def _beat(job_id: int, **fields: object) -> None:
    """Show progress at once: outside any transaction of the rendering."""
    RenderJob.objects.filter(pk=job_id, state=RenderJob.State.RUNNING).update(beat_at=timezone.now(), **fields)


@contextmanager
def _told_of_every_page(job: RenderJob) -> Iterator[None]:
    """While the layout runs, WeasyPrint's own progress messages are the job's signs of life."""
    beats = _Beats(job.pk, expected_pages=15 + 0.42 * len(load(job.dossier.snapshot).obligations))
    progress = logging.getLogger("weasyprint.progress")
    level, propagates = progress.level, progress.propagate
    progress.addHandler(beats)
    progress.setLevel(logging.INFO)
    progress.propagate = False
    try:
        yield
    finally:
        progress.removeHandler(beats)
        progress.setLevel(level)
        progress.propagate = propagates


class _Beats(logging.Handler):
    """Turns log records into beats, at most one per second; pages already laid out move the progress on."""

    def __init__(self, job_id: int, expected_pages: float) -> None:
        super().__init__()
        self.job_id, self.expected_pages, self.last = job_id, expected_pages, 0.0

    def emit(self, record: logging.LogRecord) -> None:
        if record.created - self.last < 1:
            return
        self.last = record.created
        page = record.args[0] if isinstance(record.args, tuple) and record.args else None
        if "Page" in str(record.msg) and isinstance(page, int):
            share = min(page / self.expected_pages, 1)
            _beat(self.job_id, progress=LAYOUT_FROM + round((LAYOUT_UNTIL - LAYOUT_FROM) * share))
        else:
            _beat(self.job_id)
