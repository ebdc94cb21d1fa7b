"""Settings: production refuses to guess, one machine makes its own key."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from config.settings.databases import database_from_url
from config.settings.secret_key import secret_key_in

PROJECT = Path(__file__).parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopqrstuv",
    "ALLOWED_HOSTS": "ilwon.example",
}


def manage(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("module", sorted((PROJECT / "config/settings").glob("*.py")), ids=lambda path: path.name)
def test_settings_modules_stay_short(module: Path) -> None:
    assert len(module.read_text().splitlines()) < 200


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(name: str) -> None:
    result = manage("check", env={key: value for key, value in PRODUCTION.items() if key != name})
    assert result.returncode != 0
    assert f"Set the {name} environment variable" in result.stderr


def test_production_passes_the_deployment_check() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", "--tag", "security", env=PRODUCTION)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    key = secret_key_in(path)
    assert len(key) > 50
    assert secret_key_in(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_sqlite_writers_wait_for_each_other() -> None:
    options = database_from_url("sqlite:////tmp/ilwon.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_a_database_url_may_name_a_unix_socket() -> None:
    database = database_from_url("postgres://ilwon@%2Fvar%2Frun%2Fpostgresql/register")
    assert (database["HOST"], database["NAME"]) == ("/var/run/postgresql", "register")


def test_korean_is_the_first_language_and_english_the_second() -> None:
    assert settings.LANGUAGE_CODE == "ko"
    assert [code for code, _ in settings.LANGUAGES] == ["ko", "en"]


@pytest.mark.django_db
def test_pages_may_not_run_inline_or_foreign_scripts(client: Client) -> None:
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy  # scripts fall under default-src: own files only
