"""The commands around dossiers, as scripts rely on them."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from compliance.models import Dossier
from registry.models import Facility
from tests.compliance.dossiers.conftest import Printed


def exit_status(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=out)
    except SystemExit as leaving:
        return int(leaving.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_a_built_dossier_verifies(facility: Facility, tmp_path: Path) -> None:
    target = tmp_path / "campus.pdf"
    target.write_text("an older file")
    call_command("build_dossier", "campus", "--output", str(target), "--on", "2026-11-23", stdout=io.StringIO())
    status, said = exit_status("verify_dossier", str(target))
    assert (status, said.split()[0]) == (0, "valid")


def test_an_altered_file_is_invalid(registered: Dossier, printed: Printed, tmp_path: Path) -> None:
    target = tmp_path / "campus.pdf"
    target.write_bytes(printed.content + b"%")
    status, said = exit_status("verify_dossier", str(target))
    assert (status, said.split()[0]) == (1, "invalid")
    assert "file_altered" in said


def test_a_missing_file_is_status_2(db: None, tmp_path: Path) -> None:
    assert exit_status("verify_dossier", str(tmp_path / "none.pdf"))[0] == 2


def test_an_unknown_facility_names_those_that_look_alike(facility: Facility, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="campsu: no facility has this slug. Did you mean: campus"):
        call_command("build_dossier", "campsu", "--output", str(tmp_path / "a.pdf"))


def test_help_names_a_facility_of_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("build_dossier", "--help")
    assert "demo:portal-sejong-campus" in capsys.readouterr().out


def test_a_whole_audit_trail_is_valid(facility: Facility) -> None:
    assert exit_status("verify_audit")[0] == 0
