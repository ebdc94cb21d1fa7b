"""Celery's messages as files in a folder, so that one machine needs no message server."""

import os
from pathlib import Path
from time import time_ns
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Kombu's file channel, with messages that appear only when they are complete."""

    # The stubs of Kombu's own classes disagree about this signature.
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        """Write beside, then rename: Kombu's own writer lets a worker pick up a file that is still empty."""
        file = Path(self.data_folder_out) / f"{time_ns()}_{uuid4()}.{queue}.msg"
        draft = file.with_suffix(".draft")
        draft.write_bytes(dumps(payload).encode())
        os.replace(draft, file)


class Transport(filesystem.Transport):
    """The transport that `CELERY_BROKER_URL=filesystem://` stands for."""

    Channel = Channel
