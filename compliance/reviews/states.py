"""Where a dossier stands, worked out from its reviews and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from compliance.dossiers.models import Dossier
from compliance.reviews.models import Finding, Review


class Waiting(TextChoices):
    """Whose move it is in one review."""

    MINISTRY = "ministry", _("부처 검토 중")
    MANAGER = "manager", _("사업자 답변 대기")
    NOBODY = "nobody", _("결정됨")


@dataclass(frozen=True)
class Standing:
    """What matters of one review: its decision (empty while open) and what its ministry still waits for."""

    decision: str = ""
    open_supplements: int = 0
    open_findings: int = 0  # supplements included

    @property
    def waiting(self) -> Waiting:
        if self.decision:
            return Waiting.NOBODY
        return Waiting.MANAGER if self.open_findings else Waiting.MINISTRY


def dossier_state(standings: Sequence[Standing]) -> Dossier.State:
    """The state that follows from all reviews of one dossier.

    One return decides at once, because the operator needs a next round whatever the others say; their reviews stay
    open, so that the next round can answer every ministry. An open supplement request waits for the manager and names
    the state before "under review" does. Acceptance needs every ministry; one with conditions makes all conditional.
    """
    decisions = {standing.decision for standing in standings}
    if not standings:
        return Dossier.State.ISSUED
    if Review.Decision.RETURNED in decisions:
        return Dossier.State.RETURNED
    if any(standing.open_supplements and not standing.decision for standing in standings):
        return Dossier.State.SUPPLEMENT
    if "" in decisions:
        return Dossier.State.UNDER_REVIEW
    return Dossier.State.CONDITIONAL if Review.Decision.CONDITIONAL in decisions else Dossier.State.ACCEPTED


def state_of(dossier: Dossier) -> Dossier.State:
    """`dossier_state` of the reviews in the database (2 queries)."""
    return dossier_state([standing_of(review) for review in dossier.reviews.prefetch_related("findings")])


def standing_of(review: Review) -> Standing:
    """The standing of a review; reads its findings once, or not at all when they are prefetched."""
    waiting = [finding for finding in review.findings.all() if finding.state == Finding.State.OPEN]
    supplements = [finding for finding in waiting if finding.kind == Finding.Kind.SUPPLEMENT]
    return Standing(review.decision, open_supplements=len(supplements), open_findings=len(waiting))
