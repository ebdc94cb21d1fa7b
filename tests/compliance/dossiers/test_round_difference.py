"""What changed between two rounds, found from their snapshots alone."""

import json
from dataclasses import replace

import jsonschema
import pytest

from compliance.dossiers.contents import Snapshot
from compliance.dossiers.pages import DossierPages
from compliance.dossiers.pdf import Issue, dossier_html
from compliance.dossiers.round_difference import RoundDifference, difference
from compliance.dossiers.rounds import frozen_difference
from compliance.dossiers.snapshot import load
from compliance.models import Dossier
from compliance.reviews import actions
from registry.models import Facility
from tests.compliance.dossiers.test_snapshot import SCHEMA
from tests.compliance.reviews.review_builders import (
    AT,
    decide,
    make_answered_facility,
    make_submitted_dossier,
    manager_of,
    raise_finding,
    review_of,
)
from tests.compliance.reviews.round_builders import change_much, next_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def facility() -> Facility:
    return make_answered_facility()


@pytest.fixture
def first(facility: Facility) -> Dossier:
    """The first round: the fire ministry asked, was answered, and returned it."""
    dossier = make_submitted_dossier(facility)
    review = review_of(dossier, "nfa")
    key = load(dossier.snapshot).obligations_of("nfa")[0].key
    finding = raise_finding(review, obligation_key=key)
    actions.reply_to_finding(finding, text="새 도면을 냅니다.", by=manager_of(facility), at=AT)
    decide(review, "returned", reason="도면이 현황과 다릅니다.")
    return dossier


def kinds(found: RoundDifference) -> set[str]:
    return {row.kind for row in found.changes}


def changed(first: Dossier, facility: Facility) -> tuple[Snapshot, Snapshot]:
    change_much(facility)
    return load(first.snapshot), load(next_round(facility).snapshot)


def test_a_snapshot_does_not_differ_from_itself(first: Dossier) -> None:
    assert not difference(load(first.snapshot), load(first.snapshot))


def test_answers_evidence_facts_and_outcomes_that_changed_are_named(first: Dossier, facility: Facility) -> None:
    found = difference(*changed(first, facility))
    assert {"status", "note", "evidence_added", "fact", "outcome"} <= kinds(found)


def test_a_change_of_the_items_answer_is_told_once_not_for_each_obligation(first: Dossier, facility: Facility) -> None:
    found = difference(*changed(first, facility))
    (status,) = found.of_kind("status")
    assert (status.scope, status.before_ko, status.after_ko) == ("item", "compliant", "partly")


def test_the_way_back_swaps_before_and_after(first: Dossier, facility: Facility) -> None:
    old, new = changed(first, facility)
    there, back = difference(old, new).of_kind("fact"), difference(new, old).of_kind("fact")
    assert [(row.before_ko, row.after_ko) for row in there] == [(row.after_ko, row.before_ko) for row in back]
    assert there[0].after_ko


def test_an_obligation_that_went_has_ended_and_one_that_came_has_appeared(first: Dossier) -> None:
    old = load(first.snapshot)
    gone = old.obligations[0]
    items = tuple(
        replace(row, obligations=tuple(key for key in row.obligations if key != gone.key)) for row in old.items
    )
    new = replace(old, obligations=old.obligations[1:], items=items)
    assert [row.about for row in difference(old, new).ended] == [gone.key]
    assert [row.about for row in difference(new, old).appeared] == [gone.key]


def test_a_new_version_of_a_rule_is_a_change_of_its_obligation(first: Dossier) -> None:
    old = load(first.snapshot)
    row = old.obligations[0]
    amended = replace(row, rule=replace(row.rule, number=row.rule.number + 1), needs_reconfirm=True)
    found = difference(old, replace(old, obligations=(amended, *old.obligations[1:])))
    assert kinds(found) == {"version", "reconfirm"}


def test_an_obligation_that_lost_its_answer_is_not_silent(first: Dossier) -> None:
    old = load(first.snapshot)
    row = next(row for row in old.obligations if row.status)
    silent = tuple(replace(each, answer=None) if each.key == row.key else each for each in old.obligations)
    (status, *_rest) = difference(old, replace(old, obligations=silent)).of_kind("status")
    assert (status.about, status.after_ko) == (row.key, "unanswered")


def test_a_ministry_hears_of_its_own_obligations_and_of_facts(first: Dossier, facility: Facility) -> None:
    found = difference(*changed(first, facility)).of_ministry("mcee")
    assert {row.kind for row in found.changes if row.scope != "fact"} == {"outcome"}
    assert found.facts


def test_the_first_round_carries_no_previous_one(first: Dossier) -> None:
    assert load(first.snapshot).previous is None


def test_the_next_round_freezes_the_changes_since_the_last(first: Dossier, facility: Facility) -> None:
    old, new = changed(first, facility)
    assert new.previous
    assert (new.previous.number, new.previous.snapshot_sha256) == (first.number, first.snapshot_sha256)
    assert frozen_difference(new) == difference(old, new)


def test_the_next_round_freezes_findings_replies_and_decisions(first: Dossier, facility: Facility) -> None:
    previous = load(next_round(facility).snapshot).previous
    assert previous
    review = next(row for row in previous.reviews if row.ministry == "nfa")
    assert (review.decision, review.findings[0].state) == ("returned", "answered")
    assert [turn.text for turn in review.findings[0].turns] == ["새 도면을 냅니다."]


def test_a_snapshot_with_a_previous_round_has_the_documented_shape(first: Dossier, facility: Facility) -> None:
    change_much(facility)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(next_round(facility).snapshot))


def test_a_round_that_nobody_saw_is_not_the_previous_one(facility: Facility) -> None:
    next_round(facility)
    change_much(facility)
    assert load(next_round(facility).snapshot).previous is None


def test_issuing_again_without_a_change_returns_the_same_round(first: Dossier, facility: Facility) -> None:
    assert next_round(facility) == next_round(facility)


def test_the_printed_dossier_tells_the_changes_and_the_earlier_talk(first: Dossier, facility: Facility) -> None:
    change_much(facility)
    second = next_round(facility)
    issue = Issue(second.number, AT, "manager", second.snapshot_sha256, True)
    html = dossier_html(second.snapshot, issue, "ko")
    expected = ("도면이 현황과 다릅니다.", "새 도면을 냅니다.", 'id="changes"', 'id="earlier-findings"')
    assert all(text in html for text in expected)
    assert DossierPages(load(second.snapshot)).fact_changes
