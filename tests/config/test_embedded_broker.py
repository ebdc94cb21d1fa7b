"""Messages as files: complete or not there."""

from pathlib import Path
from typing import Any

import pytest
from kombu import Connection


@pytest.fixture
def connection(tmp_path: Path) -> Any:
    folders = dict.fromkeys(("data_folder_in", "data_folder_out"), str(tmp_path))
    options = {**folders, "control_folder": str(tmp_path / "control")}
    with Connection(transport="config.embedded_broker:Transport", transport_options=options) as connection:
        yield connection


def test_messages_arrive_in_the_order_they_were_sent(connection: Connection) -> None:
    with connection.SimpleQueue("work") as queue:
        for number in range(12):
            queue.put({"number": number})
        received = [queue.get(timeout=1) for _ in range(12)]
    assert [message.payload["number"] for message in received] == list(range(12))


def test_a_half_written_message_is_not_taken(connection: Connection, tmp_path: Path) -> None:
    (tmp_path / "1_half.work.draft").write_text('{"body": ')
    with connection.SimpleQueue("work") as queue, pytest.raises(queue.Empty):
        queue.get(block=False)
