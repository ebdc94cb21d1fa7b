"""`manage.py assess`: a contract that scripts rely on."""

import json
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from registry.catalogue.law import law_in_database
from registry.models import AuditEvent, FactValue
from tests.catalogue import load_shipped_catalogue
from tests.factories import make_rule, make_version
from tests.law.lawbook import shipped_law

pytestmark = pytest.mark.django_db
ALL_RULES = {rule.slug for rule in shipped_law().rules}
SITE = {
    "name_ko": "시험 캠퍼스",
    "operator": {"operator_is_public": False},
    "facility": {
        "new_power_demand_kw": 12000,
        "contract_power_kw": 0,
        "status": "planned",
        "region_class": "non_capital",
    },
    "buildings": [{"name": "A동", "facts": {"floors_above": 6}}, {"name": "B동", "facts": {"floors_above": 5}}],
}


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return _profile(tmp_path, SITE)


def _profile(folder: Path, document: object) -> Path:
    path = folder / "profile.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return path


def _json(path: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("assess", path, "--on", "2026-11-24", "--format", "json", *options, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def _outcomes(answer: dict[str, Any], rule: str) -> dict[str, str]:
    return {row["subject_name"]: row["outcome"] for row in answer["rules"] if row["rule"] == rule}


def test_every_rule_and_every_incentive_has_an_outcome(profile: Path) -> None:
    answer = _json(profile)
    assert {row["rule"] for row in answer["rules"]} == ALL_RULES
    assert {row["outcome"] for row in answer["rules"]} <= {"applies", "does_not_apply", "undetermined"}
    assert len(answer["incentives"]) == 63
    assert {row["outcome"] for row in answer["incentives"]} <= {"eligible", "not_eligible", "undetermined"}


def test_buildings_are_judged_one_by_one(profile: Path) -> None:
    outcomes = _outcomes(_json(profile), "fire-sprinkler-all-floors")
    assert outcomes == {"A동": "applies", "B동": "does_not_apply"}


def test_a_rule_says_why_and_where_it_stands(profile: Path) -> None:
    (row,) = (row for row in _json(profile)["rules"] if row["rule"] == "energy-grid-impact-assessment")
    assert (row["subject"], row["subject_name"], row["outcome"]) == ("facility", "시험 캠퍼스", "applies")
    assert "12,000kW ≥ 10,000kW" in row["because"]
    assert (row["ministry"], row["topic"], row["status"]) == ("mcee", "grid-connection", "in_force")
    assert row["citations"][0] == "분산에너지 활성화 특별법 제23조 ①"
    assert (row["version"], row["effective_until"]) == (1, "2027-03-10")
    assert {"binding", "confidence", "condition_confidence", "penalty", "upcoming", "missing"} <= row.keys()


def test_english_is_spoken_on_request(profile: Path) -> None:
    (row,) = (
        row for row in _json(profile, "--language", "en")["rules"] if row["rule"] == "energy-grid-impact-assessment"
    )
    assert row["title"] == "Grid impact assessment for large power users"
    assert "12,000 kW ≥ 10,000 kW" in row["because"]


@pytest.mark.parametrize("document", [None, {"facts": {}}])
def test_silence_never_looks_like_compliance(tmp_path: Path, document: object) -> None:
    answer = _json(_profile(tmp_path, document))
    conditions = {rule.slug: rule.version.condition for rule in shipped_law().rules_on(date(2026, 11, 24))}
    for row in answer["rules"]:
        assert row["outcome"] == ("applies" if conditions[row["rule"]] == "true" else "undetermined"), row["rule"]
        assert bool(row["missing"]) == (row["outcome"] == "undetermined")


@pytest.mark.parametrize(("on", "outcome"), [("2027-05-27", "does_not_apply"), ("2027-05-28", "applies")])
def test_a_rule_to_come_names_its_day(tmp_path: Path, on: str, outcome: str) -> None:
    facts = {"building_use": "data_center", "gross_floor_area_m2": 47000, "status": "planned"}
    out = StringIO()
    call_command("assess", _profile(tmp_path, {"facts": facts}), "--on", on, "--format", "json", stdout=out)
    (row,) = (row for row in json.loads(out.getvalue())["rules"] if row["rule"] == "building-project-reporting")
    assert row["outcome"] == outcome
    assert row["because"].startswith("2027-05-28부터 시행됩니다.") == (outcome == "does_not_apply")


def test_the_text_lists_obligations_by_outcome(profile: Path) -> None:
    out = StringIO()
    call_command("assess", profile, "--on", "2026-11-24", stdout=out)
    text = out.getvalue()
    assert text.startswith("기준일 2026-11-24 · shipped catalogue")
    assert all(rule in text for rule in ALL_RULES)
    assert (
        text.index("의무 · 적용")
        < text.index("의무 · 판단 불가")
        < text.index("의무 · 비적용")
        < text.index("특례·지원")
    )


def test_nothing_is_written(profile: Path) -> None:
    load_shipped_catalogue()
    events = AuditEvent.objects.count()
    assert _json(profile)["source"] == "revision 1"
    assert (AuditEvent.objects.count(), FactValue.objects.count()) == (events, 0)


def test_database_and_files_say_the_same(profile: Path) -> None:
    from_files = _json(profile)
    load_shipped_catalogue()
    from_database = _json(profile)
    assert from_database["rules"] == from_files["rules"]
    assert sorted(row["incentive"] for row in from_database["incentives"]) == sorted(
        row["incentive"] for row in from_files["incentives"]
    )


def test_a_rule_made_by_hand_is_assessed(profile: Path) -> None:
    load_shipped_catalogue()
    make_version(make_rule("fire-local-ordinance"), condition="floors_above >= 5")
    assert _outcomes(_json(profile), "fire-local-ordinance") == {"A동": "applies", "B동": "applies"}


def test_without_a_catalogue_the_database_is_not_asked() -> None:
    assert law_in_database() is None


def test_a_bad_profile_is_told_in_one_line_with_status_2(tmp_path: Path) -> None:
    path = _profile(tmp_path, {"facts": {"floor_above": 6}})
    with pytest.raises(CommandError) as caught:
        call_command("assess", path)
    assert caught.value.returncode == 2
    assert "facts.floor_above: unknown fact; did you mean floors_above" in str(caught.value)


def test_the_process_ends_with_status_2_and_one_line_on_standard_error(tmp_path: Path) -> None:
    path = _profile(tmp_path, {"facility": {"status": "open"}})
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), "assess", str(path)]
    done = subprocess.run(manage, capture_output=True, text=True, cwd=settings.BASE_DIR, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "facility.status: 'open' is not one of planned" in done.stderr


def test_a_missing_profile_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("assess", tmp_path / "nowhere.yaml")
