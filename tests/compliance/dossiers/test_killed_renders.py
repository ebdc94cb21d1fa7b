"""Real kills: whatever moment a worker dies at, the next one finishes its work, once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import Settings

from compliance.dossiers.actions import issue_dossier
from compliance.dossiers.queue import recover_stuck_jobs
from compliance.models import Dossier, RenderJob
from registry.models import AuditEvent, Facility, User
from tests.compliance.dossiers.conftest import AT, ON

MOMENTS = 10
LONGEST_SECONDS = 2.5  # a render of the small dossier takes less

# A worker in a process of its own, on the database and folders of this test.
_WORKER = """
import django, json, os, sys
django.setup()
from django.conf import settings
from django.db import connections
told = json.loads(sys.argv[1])
connections["default"].settings_dict["NAME"] = told["database"]
for name, value in told["settings"].items():
    setattr(settings, name, value)
from compliance.dossiers.rendering import run_job
print("ready", flush=True)
run_job(told["job"])
"""


@pytest.fixture(autouse=True)
def guards_let_the_test_clean_up(transactional_db: None) -> Iterator[None]:
    """SQLite empties tables row by row, which the guards of history refuse; migrations' end lays them again."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


@pytest.fixture
def places(settings: Settings, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Folders that this test and its workers share."""
    settings.MEDIA_ROOT = str(settings.MEDIA_ROOT)
    settings.ILWON_RENDER_DIR = str(tmp_path / "render")
    settings.ILWON_DEVELOPMENT_KEY = str(tmp_path / "key/development.p12")
    names = ("MEDIA_ROOT", "ILWON_RENDER_DIR", "ILWON_DEVELOPMENT_KEY", "ILWON_PUBLIC_URL")
    yield {name: getattr(settings, name) for name in names}


def kill_a_worker(job: RenderJob, places: dict[str, str], *, after: float) -> None:
    told = {"database": str(connection.settings_dict["NAME"]), "settings": places, "job": job.pk}
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORKER, json.dumps(told)],
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env=environment,
        start_new_session=True,
    )
    assert worker.stdout
    assert worker.stdout.readline() == b"ready\n"
    time.sleep(after)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.communicate()


def stored_files(places: dict[str, str], number: str) -> list[str]:
    return sorted(row.name for row in Path(places["MEDIA_ROOT"]).glob(f"dossiers/*/{number}-*.pdf"))


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_random_moments_leaves_nothing_half_done(
    facility: Facility, manager: User, places: dict[str, str]
) -> None:
    dossier = issue_dossier(facility, on=ON, by=manager, at=AT)
    job = RenderJob.objects.create(dossier=dossier, queued_at=AT)
    moments = sorted(random.uniform(0, LONGEST_SECONDS) for _ in range(MOMENTS))
    for moment in moments:
        RenderJob.objects.filter(pk=job.pk).update(state="queued", attempts=0)  # as the message server sends it again
        kill_a_worker(job, places, after=moment)
        found = Dossier.objects.get(pk=dossier.pk)
        # Either nothing is registered, or a whole file is.
        assert not found.pdf_sha256 or sha256(found.pdf.open().read()).hexdigest() == found.pdf_sha256, moments
    recover_stuck_jobs(at=AT + timedelta(days=30))  # the task runs at once in tests
    dossier.refresh_from_db()
    assert stored_files(places, dossier.number) == [Path(str(dossier.pdf.name)).name], moments
    assert AuditEvent.objects.filter(verb="dossier.rendered").count() == 1, moments
    assert RenderJob.objects.get().state == "done", moments
