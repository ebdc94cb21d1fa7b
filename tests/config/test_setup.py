"""bin/setup on a machine where parts are missing: a folder of stubs is its whole PATH."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
TOOLS = ["bash", "cat", "dirname", "env", "flock", "grep", "mkdir", "tail"]
MISSING = "fontconfig fonts-nanum gettext"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A project folder with the set-up script, and a PATH without fontconfig, gettext, apt-get and sudo."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "path").mkdir()
    shutil.copy(PROJECT / "bin/setup", tmp_path / "bin/setup")
    for tool in TOOLS:
        (tmp_path / "path" / tool).symlink_to(shutil.which(tool) or tool)
    stub(tmp_path, "id", "echo 1000")
    return tmp_path


def stub(machine: Path, name: str, script: str) -> None:
    path = machine / "path" / name
    path.write_text(f"#!{machine}/path/bash\n{script}\n")
    path.chmod(0o755)


def set_up(machine: Path, *arguments: str, PYTHON: str = sys.executable) -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(machine / "path"), "PYTHON": PYTHON, "HOME": str(machine)}
    return subprocess.run(
        ["bash", str(machine / "bin/setup"), *arguments], env=env, capture_output=True, text=True, check=False
    )


def test_without_the_right_to_install_it_prints_the_exact_command_and_stops(machine: Path) -> None:
    result = set_up(machine, "run")
    assert result.returncode == 1
    assert f"sudo apt-get update && sudo apt-get install --no-install-recommends {MISSING}\n" in result.stderr
    assert not (machine / ".venv").exists()


def test_root_installs_what_is_missing_with_one_update_and_no_question(machine: Path) -> None:
    stub(machine, "id", "echo 0")
    stub(machine, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {machine}/calls')
    set_up(machine, "run")
    update, install = (machine / "calls").read_text().splitlines()
    assert update.startswith("noninteractive") and update.endswith("update")
    assert install.endswith(f"install -y --no-install-recommends {MISSING}")


def test_an_ordinary_user_installs_through_sudo_that_asks_no_password(machine: Path) -> None:
    stub(machine, "sudo", '[ "$1" = -n ] && shift && exec "$@"')
    stub(machine, "true", "exit 0")
    stub(machine, "apt-get", f'echo "$*" >> {machine}/calls')
    set_up(machine, "run")
    assert (machine / "calls").read_text().count("install -y") == 1


def test_an_installation_that_changes_nothing_is_not_taken_for_success(machine: Path) -> None:
    stub(machine, "id", "echo 0")
    stub(machine, "apt-get", "exit 0")
    result = set_up(machine, "run")
    assert result.returncode == 1
    assert f"still missing after the installation: {MISSING}" in result.stderr


def test_a_failed_installation_shows_what_apt_said(machine: Path) -> None:
    stub(machine, "id", "echo 0")
    stub(machine, "apt-get", "echo E: no space left; exit 100")
    result = set_up(machine, "run")
    assert result.returncode == 1
    assert "E: no space left" in result.stderr
    assert f"apt-get install --no-install-recommends {MISSING}" in result.stderr


def test_a_python_that_is_too_old_counts_as_missing(machine: Path) -> None:
    stub(machine, "python3", "exit 1")
    result = set_up(machine, "run", PYTHON="")
    assert result.returncode == 1
    assert f"--no-install-recommends python3 python3-venv {MISSING}\n" in result.stderr


def test_a_named_python_that_cannot_be_used_is_said_to_be_the_reason(machine: Path) -> None:
    result = set_up(machine, "run", PYTHON="python2")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "set-up: PYTHON=python2 is not a Python 3.11 or newer that has venv.\n"


def test_an_unknown_level_is_refused(machine: Path) -> None:
    assert set_up(machine, "everything").returncode == 2


def test_make_setup_leaves_the_python_that_runs_these_tests() -> None:
    assert os.access(PROJECT / ".venv/bin/python", os.X_OK)
