"""The locks say exactly what is installed, and not where it came from."""

import json
import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PIN = re.compile(
    r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def pins(lock: str) -> set[tuple[str, str]]:
    return {(name, version) for name, version, _ in PIN.findall((PROJECT / lock).read_text())}


def required_by(*groups: str) -> set[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    wanted = list(project["project"]["dependencies"])
    for group in groups:
        wanted += project["dependency-groups"][group]
    return {re.match(r"[\w-]+", requirement).group().lower() for requirement in wanted}  # type: ignore[union-attr]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_one_version_and_hashes(lock: str) -> None:
    assert PIN.sub("", (PROJECT / lock).read_text()) == ""


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json", "package.json", ".npmrc"])
def test_a_lock_names_no_host(lock: str) -> None:
    assert not re.search(r"https?:|index-url|find-links|registry\s*=|resolved\"", (PROJECT / lock).read_text())


def test_the_locks_contain_what_the_project_asks_for() -> None:
    assert required_by("assets") <= {name for name, _ in pins("requirements.lock")}
    assert required_by("assets", "dev") <= {name for name, _ in pins("requirements-dev.lock")}


def test_what_runs_in_production_is_what_was_tested() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_npm_package_has_a_hash() -> None:
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    locked = {name: package for name, package in packages.items() if name}
    assert locked
    assert all(package["integrity"].startswith("sha512-") for package in locked.values())
