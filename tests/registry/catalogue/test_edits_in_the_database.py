"""What rule admins edited stands until the catalogue itself says something new."""

from pathlib import Path

import pytest
from django.utils import timezone

from registry.catalogue.loading import note_revision
from registry.models import AuditEvent, CatalogueRevision, Incentive, Legislation, LegislativeEvent
from tests.registry.catalogue.small import INCENTIVES, load, small_documents

pytestmark = pytest.mark.django_db


def edit_the_incentive() -> None:
    Incentive.objects.update(title_ko="손으로 고친 제목")


def test_an_edited_row_survives_the_next_load(tmp_path: Path) -> None:
    load(small_documents(), tmp_path)
    edit_the_incentive()
    report = load(small_documents(), tmp_path)
    assert Incentive.objects.get().title_ko == "손으로 고친 제목"
    assert (report.kept["incentive"], report.updated["incentive"]) == (1, 0)


def test_an_edited_row_survives_every_later_load(tmp_path: Path) -> None:
    load(small_documents(), tmp_path)
    edit_the_incentive()
    for _ in range(3):
        load(small_documents(), tmp_path)
    assert Incentive.objects.get().title_ko == "손으로 고친 제목"


def test_a_changed_entry_is_taken_and_the_edit_is_kept_in_the_audit_trail(tmp_path: Path) -> None:
    documents = small_documents()
    load(documents, tmp_path)
    edit_the_incentive()
    documents[INCENTIVES][0]["title_ko"] = "새 목록의 제목"
    load(documents, tmp_path)
    assert Incentive.objects.get().title_ko == "새 목록의 제목"
    event = AuditEvent.objects.get(verb="incentive.updated")
    assert "손으로 고친 제목" in str(event.data)


def test_an_added_step_of_an_act_survives_the_next_load(tmp_path: Path) -> None:
    load(small_documents(), tmp_path)
    LegislativeEvent.objects.create(
        legislation=Legislation.objects.get(),
        order=99,
        stage="decree_notice",
        event_ko="입법예고",
        confidence="unverified",
    )
    load(small_documents(), tmp_path)
    assert LegislativeEvent.objects.filter(event_ko="입법예고").exists()


def test_what_was_changed_by_hand_gets_a_revision_of_its_own(tmp_path: Path) -> None:
    load(small_documents(), tmp_path)
    first = CatalogueRevision.objects.get()
    assert note_revision(by=None, at=timezone.now()) == first
    edit_the_incentive()
    second = note_revision(by=None, at=timezone.now())
    assert (second.number, second.digest != first.digest) == (2, True)
