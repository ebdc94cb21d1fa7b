"""Background work of dossiers."""

from celery import shared_task

from compliance.dossiers.rendering import run_job


@shared_task
def render_dossier(job_id: int) -> None:
    run_job(job_id)
