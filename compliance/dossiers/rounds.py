"""The rounds of one facility: which one the next is compared with, and what is frozen of it.

What ministries said is known to `compliance.reviews`, a layer above this one. It is asked for through a source that
`compliance.apps` sets once at start-up. A parameter of `issue_dossier` would leave it to each of its callers (page,
command, demo) to remember; forgotten once, a dossier would be silent about open findings, and silence looks like
compliance.
"""

from collections.abc import Callable
from dataclasses import replace

from compliance.dossiers.contents import Snapshot
from compliance.dossiers.models import Dossier
from compliance.dossiers.round_contents import EarlierReview, PreviousRound
from compliance.dossiers.round_difference import RoundDifference, difference
from registry.models import Facility

ReviewSource = Callable[[Dossier, Snapshot], tuple[EarlierReview, ...]]

_source: list[ReviewSource] = []


def tell_reviews_from(source: ReviewSource) -> None:
    """Name the function that knows what the ministries said about a dossier."""
    _source[:] = [source]


def round_seen_before(facility: Facility, round: int) -> Dossier | None:
    """The newest round before `round` that was submitted: what the ministries know."""
    return facility.dossiers.submitted().filter(round__lt=round).order_by("-round").first()


def round_compared_with(dossier: Dossier) -> Dossier | None:
    """What a page compares a dossier with: the round that ministries saw last, else simply the one before."""
    seen = round_seen_before(dossier.facility, dossier.round)
    return seen or dossier.facility.dossiers.filter(round__lt=dossier.round).order_by("-round").first()


def with_previous(new: Snapshot, before: Dossier, old: Snapshot) -> Snapshot:
    """The snapshot with what it has to say about the round before."""
    reviews = _source[0](before, old) if _source else ()
    previous = PreviousRound(
        number=before.number,
        round=before.round,
        on=before.as_of,
        snapshot_sha256=before.snapshot_sha256,
        changes=difference(old, new).changes,
        reviews=reviews,
    )
    mentioned = {row.ministry for row in reviews} | {slug for row in previous.changes for slug in row.ministries}
    lacking = mentioned - {row.slug for row in new.ministries}
    return replace(
        new,
        previous=previous,
        ministries=(*new.ministries, *(row for row in old.ministries if row.slug in lacking)),
    )


def frozen_difference(snapshot: Snapshot) -> RoundDifference:
    """The list of changes that the snapshot itself carries; empty in the first round."""
    return RoundDifference(snapshot.previous.changes if snapshot.previous else ())
