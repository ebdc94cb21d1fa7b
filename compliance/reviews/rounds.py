"""What the rounds of one facility have to do with each other."""

from dataclasses import dataclass

from compliance.dossiers.contents import Snapshot
from compliance.dossiers.models import Dossier
from compliance.reviews.models import Finding, Review
from compliance.reviews.parts import Thread, threads_in
from registry.models import User


@dataclass(frozen=True)
class EarlierRound:
    """What the same ministry decided and asked about in a round before."""

    review: Review
    threads: tuple[Thread, ...]


def later_round_of(dossier: Dossier) -> Dossier | None:
    """The newest round submitted after this one; the reviews of this one end with it."""
    later = Dossier.objects.submitted().filter(facility=dossier.facility_id, round__gt=dossier.round)
    return later.defer("snapshot").order_by("-round").first()


def earlier_rounds_of(review: Review, snapshot: Snapshot, user: User) -> list[EarlierRound]:
    """The ministry's earlier reviews of this facility that the user may see, newest first.

    Findings are tied to the obligations of `snapshot`, the present round's (5 queries).
    """
    earlier = (
        Review.objects.visible_to(user)
        .filter(
            ministry=review.ministry_id,
            dossier__facility=review.dossier.facility_id,
            dossier__round__lt=review.dossier.round,
        )
        .select_related("dossier")
        .defer("dossier__snapshot")
        .prefetch_related("findings__messages__written_by", "findings__raised_by")
        .order_by("-dossier__round")
    )
    return [EarlierRound(row, threads_in(snapshot, _with_review(row))) for row in earlier]


def _with_review(review: Review) -> list[Finding]:
    """The findings, each knowing its review without asking for it again."""
    findings = list(review.findings.all())
    for row in findings:
        row.review = review
    return findings
