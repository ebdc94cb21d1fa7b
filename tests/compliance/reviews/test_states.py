"""Where a dossier stands, case by case."""

import pytest

from compliance.models import Dossier
from compliance.reviews.states import Standing, Waiting, dossier_state, state_of
from tests.compliance.reviews.review_builders import DUE, decide, make_submitted_dossier, raise_finding, review_of

OPEN = Standing()
SUPPLEMENT = Standing(open_supplements=1, open_findings=1)
ACCEPTED, CONDITIONAL, RETURNED = Standing("accepted"), Standing("conditional"), Standing("returned")


@pytest.mark.parametrize(
    ("standings", "state"),
    [
        ([], "issued"),
        ([OPEN], "under_review"),
        ([ACCEPTED, OPEN], "under_review"),
        ([OPEN, Standing(open_findings=2)], "under_review"),
        ([SUPPLEMENT, OPEN], "supplement"),
        ([ACCEPTED, SUPPLEMENT], "supplement"),
        ([RETURNED, OPEN], "returned"),
        ([RETURNED, SUPPLEMENT], "returned"),
        ([RETURNED, ACCEPTED], "returned"),
        ([ACCEPTED, ACCEPTED], "accepted"),
        ([ACCEPTED, CONDITIONAL], "conditional"),
        ([CONDITIONAL, OPEN], "under_review"),
    ],
)
def test_state_follows_from_the_reviews(standings: list[Standing], state: str) -> None:
    assert dossier_state(standings) == Dossier.State(state)


@pytest.mark.parametrize(
    ("standing", "waiting"),
    [(OPEN, Waiting.MINISTRY), (SUPPLEMENT, Waiting.MANAGER), (Standing("returned", 1, 1), Waiting.NOBODY)],
)
def test_a_review_says_whose_move_it_is(standing: Standing, waiting: Waiting) -> None:
    assert standing.waiting == waiting


def test_a_supplement_left_open_in_a_decided_review_waits_for_nobody() -> None:
    decided = Standing("conditional", open_supplements=1, open_findings=1)
    assert dossier_state([decided, ACCEPTED]) == Dossier.State.CONDITIONAL


@pytest.mark.django_db
def test_state_of_reads_decisions_and_open_supplements_from_the_database() -> None:
    dossier = make_submitted_dossier()
    assert state_of(dossier) == Dossier.State.UNDER_REVIEW
    raise_finding(review_of(dossier, "nfa"), kind="supplement", due_on=DUE)
    assert state_of(dossier) == Dossier.State.SUPPLEMENT
    decide(review_of(dossier, "mcee"), "returned", reason="자료 부족")
    assert state_of(dossier) == Dossier.State.RETURNED
