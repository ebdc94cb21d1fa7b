"""`make run` before it serves anything: one line says what is wrong."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def serve(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "bin/serve.py"],
        cwd=PROJECT,
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = serve(str(port))
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"make run: port {port} cannot be used (Address already in use). Take another: make run PORT={port + 1}\n"
    )


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_one_clear_line(port: str) -> None:
    result = serve(port)
    assert (result.returncode, result.stderr) == (1, f"make run: PORT={port} is not a port number.\n")
