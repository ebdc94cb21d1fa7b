"""The throw-away PostgreSQL: it answers while the command runs, and nothing of it is left."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

PROJECT = Path(__file__).parents[2]
WITH_POSTGRES = [sys.executable, str(PROJECT / "bin/with_postgres.py")]
ASK_FOR_VERSION = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(os.environ["DATABASE_URL"], connection.execute("show server_encoding").fetchone())
"""


def folder_in(url: str) -> Path:
    return Path(unquote(urlsplit(url).netloc.partition("@")[2]))


def test_the_command_finds_an_empty_unicode_database() -> None:
    result = subprocess.run(
        [*WITH_POSTGRES, sys.executable, "-c", ASK_FOR_VERSION], capture_output=True, text=True, check=True
    )
    url, answer = result.stdout.split(maxsplit=1)
    assert answer == "('UTF8',)\n"
    assert not folder_in(url).exists()


def test_the_exit_status_is_that_of_the_command() -> None:
    assert subprocess.run([*WITH_POSTGRES, "sh", "-c", "exit 7"], check=False).returncode == 7


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_when_it_is_interrupted(how: signal.Signals) -> None:
    command = [*WITH_POSTGRES, "sh", "-c", "echo $$ $DATABASE_URL; exec sleep 600"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child, url = process.stdout.readline().split()
        process.send_signal(how)
        assert process.wait(30) == 130
    assert not folder_in(url).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(child), 0)
