"""Two officers at the same moment."""

from collections.abc import Callable

import pytest

from compliance.models import Dossier, Review
from compliance.reviews import actions
from registry.audit.actions import broken_links
from tests.compliance.checklists.test_at_once import (
    at_once,
    guards_let_the_test_clean_up,  # noqa: F401  # a fixture that works by being here
)
from tests.compliance.reviews.review_builders import AT, make_submitted_dossier, officer_of, review_of

pytestmark = pytest.mark.django_db(transaction=True)


def deciding(review: Review, decision: str, reason: str = "") -> Callable[[], None]:
    by = officer_of(review.ministry.slug)

    def work() -> None:
        actions.decide(review, decision=decision, reason=reason, by=by, at=AT, row_version=review.row_version)

    return work


def test_two_ministries_that_accept_at_once_make_the_dossier_accepted() -> None:
    dossier = make_submitted_dossier()
    results = at_once(*[deciding(review_of(dossier, slug), "accepted") for slug in ("nfa", "mcee")])
    assert results == [None, None]
    assert Dossier.objects.get(pk=dossier.pk).state == Dossier.State.ACCEPTED
    assert list(broken_links()) == []


def test_of_two_officers_of_one_ministry_one_decides_and_the_other_is_told() -> None:
    dossier = make_submitted_dossier()
    accept = deciding(review_of(dossier, "nfa"), "accepted")
    give_back = deciding(review_of(dossier, "nfa"), "returned", "미비")
    results = at_once(accept, give_back)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "ReviewError"]
    decided = review_of(dossier, "nfa")
    assert decided.decision == ("accepted" if results[0] is None else "returned")
