"""A ministry's part of a snapshot, laid out for its reviewer."""

import pytest

from compliance.dossiers import snapshot
from compliance.dossiers.contents import Snapshot
from compliance.models import Dossier
from compliance.reviews.counts import ministry_counts
from compliance.reviews.parts import LineFilter, by_topic, evidence_used_by, lines_of, threads_in
from tests.compliance.reviews.review_builders import evidence_named, make_submitted_dossier, raise_finding, review_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return make_submitted_dossier()


@pytest.fixture
def frozen(dossier: Dossier) -> Snapshot:
    return snapshot.load(dossier.snapshot)


def rules_admitted(frozen: Snapshot, wanted: LineFilter, ministry: str = "nfa") -> list[str]:
    return [line.obligation.rule.slug for line in lines_of(frozen, ministry, ()) if wanted.admits(line)]


def test_only_the_ministrys_obligations_are_its_part(frozen: Snapshot) -> None:
    assert {line.obligation.rule.slug for line in lines_of(frozen, "nfa", ())} == {"fire-sprinkler", "fire-inspection"}


def test_a_line_carries_the_evidence_of_its_item(frozen: Snapshot) -> None:
    titles = {file.title for line in lines_of(frozen, "nfa", ()) for file in line.evidence}
    assert titles == {"sprinklers.png"}


def test_a_ministry_may_open_only_what_its_obligations_use(frozen: Snapshot) -> None:
    assert set(evidence_used_by(frozen, "nfa")) == {evidence_named("sprinklers.png").pk}
    assert set(evidence_used_by(frozen, "mcee")) == {evidence_named("grid.png").pk}


def test_silence_has_its_own_status(frozen: Snapshot) -> None:
    assert {line.status for line in lines_of(frozen, "mcee", ())} == {"unanswered"}


def test_a_line_names_the_facts_that_are_missing(frozen: Snapshot) -> None:
    labels = {label for line in lines_of(frozen, "mcee", ()) for label in line.missing_labels}
    assert len(labels) == 2 and "" not in labels


def test_a_finding_stands_at_its_obligation(dossier: Dossier, frozen: Snapshot) -> None:
    key = frozen.obligations_of("nfa")[0].key
    finding = raise_finding(review_of(dossier, "nfa"), obligation_key=key)
    assert [line.obligation.key for line in lines_of(frozen, "nfa", [finding]) if line.findings] == [key]
    assert [thread.about and thread.about.key for thread in threads_in(frozen, [finding])] == [key]


def test_a_rule_is_told_once_for_all_its_subjects(frozen: Snapshot) -> None:
    (topic,) = by_topic(frozen, lines_of(frozen, "nfa", ()))
    assert [(part.rule.slug, len(part.lines)) for part in topic.rules] == [
        ("fire-inspection", 1),
        ("fire-sprinkler", 1),
    ]


@pytest.mark.parametrize(
    ("wanted", "ministry", "found"),
    [
        (LineFilter(), "nfa", ["fire-inspection", "fire-sprinkler"]),
        (LineFilter(words="sprinkler"), "nfa", ["fire-sprinkler"]),
        (LineFilter(words="sprinkler nonsense"), "nfa", []),
        (LineFilter(status="compliant"), "nfa", ["fire-inspection", "fire-sprinkler"]),
        (LineFilter(status="unanswered"), "nfa", []),
        (LineFilter(status="reconfirm"), "nfa", []),
        (LineFilter(outcome="undetermined"), "nfa", []),
        (LineFilter(with_findings=True), "nfa", []),
        (LineFilter(outcome="undetermined"), "mcee", ["ict-report", "energy-grid"]),
    ],
)
def test_filters_leave_what_was_asked_for(
    frozen: Snapshot, wanted: LineFilter, ministry: str, found: list[str]
) -> None:
    assert sorted(rules_admitted(frozen, wanted, ministry)) == sorted(found)


def test_counts_tell_each_ministry_what_is_open(frozen: Snapshot) -> None:
    counted = {row.ministry.slug: (row.total, row.unanswered, row.undetermined) for row in ministry_counts(frozen)}
    assert counted == {"nfa": (2, 0, 0), "mcee": (2, 2, 2)}
