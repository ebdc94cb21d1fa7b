"""What is exported loads back to the same law."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from registry.catalogue.database import catalogue_in_database
from registry.catalogue.exporting import export_catalogue
from registry.catalogue.loading import load_catalogue
from registry.catalogue.reading import SHIPPED, read_catalogue
from registry.models import RuleVersion
from registry.rules.actions import create_draft, new_citation, open_next_version
from tests.catalogue import load_shipped_catalogue
from tests.factories import make_statute
from tests.registry.catalogue.small import RULES, load, small_documents, version

pytestmark = pytest.mark.django_db


def test_the_shipped_catalogue_comes_out_byte_for_byte(tmp_path: Path) -> None:
    load_shipped_catalogue()
    export_catalogue(tmp_path)
    shipped = {path.relative_to(SHIPPED): path.read_bytes() for path in SHIPPED.rglob("*.yaml")}
    assert {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.yaml")} == shipped


def test_an_export_loads_into_an_empty_database_with_the_same_digest(tmp_path: Path) -> None:
    documents = small_documents()
    documents[RULES][0]["versions"] = [version("2027-03-10", applies_when="floors_above >= 5", confidence=None)]
    documents[RULES][0]["versions"][0]["changes"].pop("confidence")
    documents[RULES][1]["in_force_until"] = "2026-12-31"
    with transaction.atomic():
        load(documents, tmp_path / "in")
        digest, hashes = catalogue_in_database().catalogue.digest, _hashes()
        export_catalogue(tmp_path / "out")
        transaction.set_rollback(True)
    assert not RuleVersion.objects.exists()
    report = load_catalogue(read_catalogue(tmp_path / "out"), by=None, at=timezone.now())
    assert report.revision is not None
    assert (report.revision.digest, _hashes()) == (digest, hashes)


def _hashes() -> set[str]:
    return set(RuleVersion.objects.values_list("content_hash", flat=True))


def test_an_amendment_made_by_hand_is_exported_as_changes(tmp_path: Path) -> None:
    load(small_documents(), tmp_path / "in")
    open_version = RuleVersion.objects.get(rule__slug="fire-sprinkler")
    citation = new_citation(make_statute("건축법"), article="제49조")
    changes = {"condition": "floors_above >= 4", "recurrence": None}
    open_next_version(open_version, effective_from=date(2027, 1, 1), changes=changes, citations=[citation], by=None)
    export_catalogue(tmp_path / "out")
    exported = read_catalogue(tmp_path / "out")
    assert exported.digest == catalogue_in_database().catalogue.digest
    (entry,) = (entry for entry in exported if entry.id == "fire-sprinkler")
    (later,) = entry.data["versions"]
    assert later["changes"] == {
        "applies_when": "floors_above >= 4",
        "basis": [{"instrument": "건축법", "kind": "법률", "article": "제49조"}],
        "recurrence": None,
    }


def test_drafts_stay_behind(tmp_path: Path) -> None:
    load(small_documents(), tmp_path / "in")
    digest = catalogue_in_database().catalogue.digest
    open_version = RuleVersion.objects.get(rule__slug="fire-sprinkler")
    create_draft(open_version.rule, based_on=open_version, changes={"title_ko": "초안"}, by=None)
    assert catalogue_in_database().catalogue.digest == digest


def test_the_command_does_not_write_into_a_folder_with_files(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="is not an empty folder"):
        call_command("export_catalogue", tmp_path)
