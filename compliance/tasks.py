"""Where the worker finds the background tasks of compliance, and what it does when it starts."""

from celery.signals import worker_ready
from django.utils import timezone

from compliance.checklists.tasks import reconcile_all, reconcile_one
from compliance.dossiers.queue import recover_stuck_jobs
from compliance.dossiers.tasks import render_dossier

__all__ = ["reconcile_all", "reconcile_one", "render_dossier"]


@worker_ready.connect
def recover_what_a_killed_worker_left(**kwargs: object) -> None:
    recover_stuck_jobs(at=timezone.now())
