"""The queue of render jobs: at most one open job for an edition of a dossier, and none lost when a worker is killed."""

from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from compliance.dossiers.models import Dossier, RenderJob
from compliance.dossiers.tasks import render_dossier
from registry.audit.actions import record
from registry.models import User

SILENT_FOR = timedelta(seconds=90)  # a worker that said nothing for so long is gone
ATTEMPTS = 3


def enqueue_render(dossier: Dossier, *, at: datetime, edition: str = RenderJob.REGISTERED) -> RenderJob:
    """The open job of that edition of the dossier, made and sent to a worker when there is none."""
    try:
        with transaction.atomic():
            job = RenderJob.objects.create(dossier=dossier, edition=edition, queued_at=at)
            _send_on_commit(job)
            return job
    except IntegrityError:  # renderjob_one_open_per_edition: somebody was first
        return dossier.render_jobs.filter(edition=edition).order_by("-pk")[0]


@transaction.atomic
def cancel_render(job: RenderJob, *, by: User, at: datetime) -> bool:
    """Call the job off; its worker stops at its next sign of life. False when the job was over already."""
    still_open = RenderJob.objects.filter(pk=job.pk, state__in=[RenderJob.State.QUEUED, RenderJob.State.RUNNING])
    if not still_open.update(state=RenderJob.State.CANCELLED, finished_at=at):
        return False
    data = {"number": job.dossier.number, "edition": job.edition}
    record("dossier.render_cancelled", by=by, target=job.dossier, facility_id=job.dossier.facility_id, data=data, at=at)
    return True


def _send_on_commit(job: RenderJob) -> None:
    """A broker that is down does not break the page: the job stays queued and is sent again later."""
    transaction.on_commit(partial(render_dossier.delay, job.pk), robust=True)


def recover_stuck_jobs(*, at: datetime, dossier: Dossier | None = None) -> int:
    """Queue jobs again whose worker fell silent, and send lost messages again; returns how many.

    A job that killed its worker too often is not tried for ever: it fails, and a person may start it again.
    """
    silent_since = at - SILENT_FOR
    stuck = RenderJob.objects.filter(
        Q(state=RenderJob.State.RUNNING, beat_at__lt=silent_since)
        | Q(state=RenderJob.State.QUEUED, queued_at__lt=silent_since)
    )
    if dossier is not None:
        stuck = stuck.filter(dossier=dossier)
    return sum(_recover(job, at) for job in stuck)


@transaction.atomic
def _recover(job: RenderJob, at: datetime) -> bool:
    """Only one of several who find the job stuck may touch it: the row must still be as it was found."""
    as_found = RenderJob.objects.filter(pk=job.pk, state=job.state, beat_at=job.beat_at, queued_at=job.queued_at)
    if job.attempts >= ATTEMPTS:
        error = _("작업 프로세스가 여러 번 중단되었습니다. 다시 시도하십시오.")
        return bool(as_found.update(state=RenderJob.State.FAILED, error=error, finished_at=at))
    if not as_found.update(state=RenderJob.State.QUEUED, queued_at=at, beat_at=None, step="", progress=0, chapter=0):
        return False
    _send_on_commit(job)
    return True
