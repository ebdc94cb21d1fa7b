"""Calling a render off, and what a worker does whose job is no longer its own."""

import pytest
from django.test import Client
from django.urls import reverse

from compliance.dossiers.actions import issue_dossier
from compliance.dossiers.queue import cancel_render, enqueue_render
from compliance.dossiers.rendering import CalledOff, _beat, run_job, words_for
from compliance.models import Dossier, RenderJob
from registry.models import AuditEvent, Facility, User
from tests.compliance.dossiers.conftest import AT, ON


@pytest.fixture
def dossier(facility: Facility, manager: User) -> Dossier:
    return issue_dossier(facility, on=ON, by=manager, at=AT)


def test_a_queued_job_that_was_cancelled_is_not_rendered(dossier: Dossier, manager: User) -> None:
    job = enqueue_render(dossier, at=AT)
    assert cancel_render(job, by=manager, at=AT)
    run_job(job.pk)
    job.refresh_from_db()
    dossier.refresh_from_db()
    assert (job.state, job.attempts, dossier.pdf_sha256) == ("cancelled", 0, "")


def test_a_running_job_stops_at_its_next_sign_of_life(dossier: Dossier, manager: User) -> None:
    job = RenderJob.objects.create(dossier=dossier, state="running", queued_at=AT, beat_at=AT, attempts=1)
    cancel_render(job, by=manager, at=AT)
    with pytest.raises(CalledOff):
        _beat(job, "chapters 1/3", 30)


def test_a_worker_whose_job_was_given_to_another_stops(dossier: Dossier) -> None:
    job = RenderJob.objects.create(dossier=dossier, state="running", queued_at=AT, beat_at=AT, attempts=1)
    RenderJob.objects.filter(pk=job.pk).update(attempts=2)
    with pytest.raises(CalledOff):
        _beat(job, "chapters 1/3", 30)


def test_finished_chapters_are_counted_on_the_page(dossier: Dossier) -> None:
    job = RenderJob.objects.create(dossier=dossier, state="running", queued_at=AT, beat_at=AT)
    _beat(job, "chapters 3/12", 30)
    job.refresh_from_db()
    assert words_for(job).endswith("3/12")


def test_a_cancelled_job_makes_room_for_the_next(dossier: Dossier, manager: User) -> None:
    job = enqueue_render(dossier, at=AT)
    cancel_render(job, by=manager, at=AT)
    assert enqueue_render(dossier, at=AT) != job


def test_a_finished_job_cannot_be_cancelled(dossier: Dossier, manager: User) -> None:
    job = RenderJob.objects.create(dossier=dossier, state="done", queued_at=AT)
    assert not cancel_render(job, by=manager, at=AT)
    assert not AuditEvent.objects.filter(verb="dossier.render_cancelled").exists()


def test_the_button_cancels(client: Client, dossier: Dossier, manager: User) -> None:
    job = enqueue_render(dossier, at=AT)
    client.force_login(manager)
    page = client.get(reverse("dossier-progress", args=[dossier.number])).content.decode()
    assert reverse("dossier-cancel", args=[dossier.number]) in page
    client.post(reverse("dossier-cancel", args=[dossier.number]))
    job.refresh_from_db()
    assert (job.state, AuditEvent.objects.filter(verb="dossier.render_cancelled").count()) == ("cancelled", 1)
