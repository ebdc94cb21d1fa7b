"""Render jobs: one at a time, never lost, and open about failure."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from compliance.dossiers.actions import issue_dossier
from compliance.dossiers.queue import ATTEMPTS, SILENT_FOR, enqueue_render, recover_stuck_jobs
from compliance.dossiers.rendering import run_job
from compliance.models import Dossier, Evidence, RenderJob
from registry.models import AuditEvent, Facility, User
from tests.compliance.dossiers.conftest import AT, ON

LATER = AT + SILENT_FOR + timedelta(seconds=1)


@pytest.fixture
def dossier(facility: Facility, manager: User) -> Dossier:
    return issue_dossier(facility, on=ON, by=manager, at=AT)


def test_a_job_is_sent_when_the_transaction_commits(
    dossier: Dossier, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue_render(dossier, at=AT)
    job.refresh_from_db()
    dossier.refresh_from_db()
    assert (job.state, job.progress, job.attempts) == ("done", 100, 1)
    assert dossier.pdf.open().read(5) == b"%PDF-"


def test_two_requests_share_one_open_job(dossier: Dossier) -> None:
    assert enqueue_render(dossier, at=AT) == enqueue_render(dossier, at=AT)


def test_a_message_delivered_twice_renders_once(dossier: Dossier) -> None:
    job = enqueue_render(dossier, at=AT)
    run_job(job.pk)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.attempts == 1
    assert AuditEvent.objects.filter(verb="dossier.rendered").count() == 1


def test_a_failed_job_says_why_and_leaves_no_file(dossier: Dossier) -> None:
    file = Evidence.objects.get().file
    with default_storage.open(str(file.name), "wb") as stored:
        stored.write(b"another document")
    job = enqueue_render(dossier, at=AT)
    run_job(job.pk)
    job.refresh_from_db()
    dossier.refresh_from_db()
    assert (job.state, dossier.pdf_sha256) == ("failed", "")
    assert "E-001" in job.error


def test_a_failed_job_makes_room_for_the_next(dossier: Dossier) -> None:
    first = enqueue_render(dossier, at=AT)
    RenderJob.objects.filter(pk=first.pk).update(state="failed")
    assert enqueue_render(dossier, at=LATER) != first


def test_a_job_whose_worker_fell_silent_is_queued_again(dossier: Dossier) -> None:
    job = RenderJob.objects.create(dossier=dossier, state="running", queued_at=AT, beat_at=AT, attempts=1)
    assert recover_stuck_jobs(at=LATER) == 1
    job.refresh_from_db()
    assert (job.state, job.queued_at) == ("queued", LATER)


def test_a_working_job_is_left_alone(dossier: Dossier) -> None:
    RenderJob.objects.create(dossier=dossier, state="running", queued_at=AT, beat_at=LATER, attempts=1)
    assert recover_stuck_jobs(at=LATER) == 0


def test_a_lost_message_is_sent_again(dossier: Dossier) -> None:
    enqueue_render(dossier, at=AT)
    assert recover_stuck_jobs(at=LATER) == 1
    assert recover_stuck_jobs(at=LATER) == 0


def test_a_job_that_kills_its_workers_is_given_up(dossier: Dossier) -> None:
    job = RenderJob.objects.create(dossier=dossier, state="running", queued_at=AT, beat_at=AT, attempts=ATTEMPTS)
    recover_stuck_jobs(at=LATER)
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.error


def test_a_registered_file_is_never_replaced(registered: Dossier) -> None:
    job = RenderJob.objects.create(dossier=registered, queued_at=timezone.now())
    before = registered.pdf.name
    run_job(job.pk)
    registered.refresh_from_db()
    job.refresh_from_db()
    assert (registered.pdf.name, job.state) == (before, "done")
