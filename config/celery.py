"""The background worker's application: `celery -A config worker`."""

import os
from pathlib import Path

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("ilwon")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def make_embedded_broker_folders(sender: Celery, **kwargs: object) -> None:
    """The embedded broker keeps messages in folders; make them before the first message."""
    options = sender.conf.broker_transport_options or {}
    for name in ("data_folder_in", "processed_folder", "control_folder"):
        if folder := options.get(name):
            Path(folder).mkdir(parents=True, exist_ok=True)
