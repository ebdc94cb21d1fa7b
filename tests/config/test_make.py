"""The commands that people and scripts rely on."""

import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
CONTRACT = ["setup", "run", "test", "lint", "types", "bench", "docs", "migrations", "lock", "messages"]


@pytest.mark.parametrize("target", CONTRACT)
def test_make_knows(target: str) -> None:
    subprocess.run(["make", "--dry-run", target], cwd=PROJECT, check=True, capture_output=True)


def test_ci_runs_every_check() -> None:
    script = (PROJECT / ".ci/run").read_text()
    for check in ("make lint", "types", "make test", "makemigrations --check"):
        assert check in script
