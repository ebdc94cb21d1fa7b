"""Running a render job: its progress is visible while it runs, it can be called off, and one that fails says why."""

import logging
import os
import re

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.dossiers.editions import render_job
from compliance.dossiers.models import Dossier, RenderJob

logger = logging.getLogger(__name__)

STEPS = {
    "reading": gettext_lazy("자료 읽기"),
    "charts": gettext_lazy("차트"),
    "chapters": gettext_lazy("장별 조판"),
    "assembly": gettext_lazy("합치기"),
    "signature": gettext_lazy("서명"),
    "saving": gettext_lazy("저장"),
    "checking": gettext_lazy("확인"),
}
_COUNTED = re.compile(r"(\w+) (\d+)/(\d+)")  # "chapters 3/12"


class CalledOff(Exception):
    """The job was cancelled, or given to another worker."""


def run_job(job_id: int) -> None:
    """Render the job's dossier, unless another worker does or did; a job that fails says why."""
    now = timezone.now()
    waiting = RenderJob.objects.filter(pk=job_id, state=RenderJob.State.QUEUED)
    if not waiting.update(state=RenderJob.State.RUNNING, step="reading", attempts=F("attempts") + 1, beat_at=now):
        return
    job = RenderJob.objects.select_related("dossier__issued_by", "dossier__facility").get(pk=job_id)
    try:
        render_job(job, tell=lambda step, progress: _beat(job, step, progress))
    except CalledOff:
        logger.info("Rendering dossier %s was called off", job.dossier.number)
    except Exception as error:  # noqa: BLE001  # whatever went wrong belongs on the page, with a button to try again
        logger.exception("Rendering dossier %s failed", job.dossier.number)
        _finish(job, RenderJob.State.FAILED, error=f"{type(error).__name__}: {error}")
    else:
        _finish(job, RenderJob.State.DONE, progress=100, step="", error="")
        remove_orphans(job.dossier)


def remove_orphans(dossier: Dossier) -> None:
    """Delete what killed workers stored under the dossier's number without coming to register it."""
    dossier.refresh_from_db(fields=["pdf"])
    if not dossier.pdf:
        return
    folder, registered = os.path.split(str(dossier.pdf.name))
    for name in dossier.pdf.storage.listdir(folder)[1]:
        if name.startswith(f"{dossier.number}-") and name != registered:
            dossier.pdf.storage.delete(f"{folder}/{name}")


def words_for(job: RenderJob | None) -> str:
    """The step of the job in words, with the count of chapters while they are laid out."""
    if job is None or job.step not in STEPS:
        return ""
    if job.step == "chapters" and job.chapters:
        return _("{step} {done}/{total}").format(step=STEPS[job.step], done=job.chapter, total=job.chapters)
    return str(STEPS[job.step])


def _mine(job: RenderJob) -> QuerySet[RenderJob]:
    """The job while it is this worker's: neither cancelled nor taken over after a silence."""
    return RenderJob.objects.filter(pk=job.pk, state=RenderJob.State.RUNNING, attempts=job.attempts)


def _finish(job: RenderJob, state: str, **fields: object) -> None:
    now = timezone.now()
    _mine(job).update(state=state, finished_at=now, beat_at=now, **fields)


def _beat(job: RenderJob, step: str, progress: int) -> None:
    """Show progress at once, outside any transaction of the rendering; raises CalledOff."""
    fields: dict[str, object] = {"step": step}
    if counted := _COUNTED.fullmatch(step):
        fields = {"step": counted[1], "chapter": int(counted[2]), "chapters": int(counted[3])}
    if not _mine(job).update(beat_at=timezone.now(), progress=progress, **fields):
        raise CalledOff
