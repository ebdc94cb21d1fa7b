"""Issuing and submitting: numbers, rounds, and what stands in the way."""

from datetime import timedelta

import pytest

from compliance.dossiers.actions import DossierRefused, issue_dossier, submit_dossier
from compliance.models import Dossier, Item
from registry.models import AuditEvent, Facility, User
from tests.compliance.dossiers.conftest import AT, ON, answer_item
from tests.factories import make_facility


def issued(facility: Facility, by: User) -> Dossier:
    return issue_dossier(facility, on=ON, by=by, at=AT)


def test_the_first_dossier_of_a_year_has_number_one(facility: Facility, manager: User) -> None:
    dossier = issued(facility, manager)
    assert (dossier.number, dossier.round, dossier.previous) == ("ILW-2026-00001", 1, None)


def test_numbers_go_on_across_facilities(facility: Facility, manager: User) -> None:
    issued(facility, manager)
    assert issued(make_facility(), manager).number == "ILW-2026-00002"


def test_an_unchanged_checklist_gives_the_same_dossier(facility: Facility, manager: User) -> None:
    first = issued(facility, manager)
    assert issue_dossier(facility, on=ON, by=manager, at=AT + timedelta(hours=1)) == first
    assert Dossier.objects.count() == 1


def test_a_changed_answer_gives_the_next_round(facility: Facility, manager: User) -> None:
    first = issued(facility, manager)
    answer_item(Item.objects.get(topic__slug="sprinklers"), manager, status="partly")
    second = issued(facility, manager)
    assert (second.round, second.previous) == (2, first)


def test_an_unchanged_but_submitted_dossier_is_not_issued_again(facility: Facility, manager: User) -> None:
    submit_dossier(issued(facility, manager), by=manager, at=AT)
    assert issued(facility, manager).round == 2


def test_submission_addresses_the_ministries_with_obligations(facility: Facility, manager: User) -> None:
    dossier = issued(facility, manager)
    submit_dossier(dossier, by=manager, at=AT)
    assert set(dossier.ministries.values_list("slug", flat=True)) == {"nfa", "mcee"}


def test_submission_tells_what_is_open(facility: Facility, manager: User) -> None:
    points = submit_dossier(issued(facility, manager), by=manager, at=AT)
    assert {point.code: point.count for point in points} == {"unanswered": 1, "undetermined": 1}


def test_a_dossier_is_submitted_once(facility: Facility, manager: User) -> None:
    dossier = issued(facility, manager)
    submit_dossier(dossier, by=manager, at=AT)
    with pytest.raises(DossierRefused, match="이미 제출"):
        submit_dossier(dossier, by=manager, at=AT)


def test_a_round_waits_for_the_review_of_the_one_before(facility: Facility, manager: User) -> None:
    first = issued(facility, manager)
    submit_dossier(first, by=manager, at=AT)
    Dossier.objects.filter(pk=first.pk).update(state=Dossier.State.UNDER_REVIEW)
    with pytest.raises(DossierRefused, match=first.number):
        submit_dossier(issued(facility, manager), by=manager, at=AT)


def test_an_outdated_round_is_not_submitted(facility: Facility, manager: User) -> None:
    first = issued(facility, manager)
    answer_item(Item.objects.get(topic__slug="sprinklers"), manager, status="partly")
    issued(facility, manager)
    with pytest.raises(DossierRefused, match="더 새로운"):
        submit_dossier(first, by=manager, at=AT)


def test_each_step_is_in_the_audit_trail(facility: Facility, manager: User) -> None:
    submit_dossier(issued(facility, manager), by=manager, at=AT)
    verbs = list(AuditEvent.objects.filter(object_type="dossier").values_list("verb", flat=True))
    assert verbs == ["dossier.issued", "dossier.submitted"]
