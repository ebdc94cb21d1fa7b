"""What the ministries said about a round, as values that the next round's snapshot freezes."""

from compliance.dossiers.contents import Person, Snapshot
from compliance.dossiers.models import Dossier
from compliance.dossiers.round_contents import EarlierFinding, EarlierReview, Turn
from compliance.reviews.models import Finding, FindingMessage, Review
from registry.models import User


def earlier_reviews(dossier: Dossier, snapshot: Snapshot) -> tuple[EarlierReview, ...]:
    """Every ministry's review of the dossier with its findings and the talk about them (5 queries)."""
    talk = "findings__messages"
    reviews = dossier.reviews.select_related("ministry").prefetch_related(
        "findings__raised_by", f"{talk}__written_by", f"{talk}__evidence"
    )
    return tuple(_review(row, snapshot) for row in reviews.order_by("ministry__order", "ministry__slug"))


def _review(review: Review, snapshot: Snapshot) -> EarlierReview:
    return EarlierReview(
        ministry=review.ministry.slug,
        decision=review.decision,
        reason=review.reason,
        conditions=review.conditions,
        decided_at=review.decided_at,
        findings=tuple(_finding(row, snapshot) for row in review.findings.all()),
    )


def _finding(finding: Finding, snapshot: Snapshot) -> EarlierFinding:
    about = snapshot.obligation(finding.obligation_key).rule if finding.obligation_key else None
    return EarlierFinding(
        obligation=finding.obligation_key,
        title_ko=about.title_ko if about else "",
        title_en=about.title_en if about else "",
        kind=finding.kind,
        state=finding.state,
        text=finding.text,
        documents=finding.documents_asked,
        due_on=finding.due_on,
        raised_at=finding.raised_at,
        raised_by=_person(finding.raised_by),
        turns=tuple(_turn(row) for row in finding.messages.all()),
    )


def _turn(message: FindingMessage) -> Turn:
    titles = sorted(row.title for row in message.evidence.all())
    return Turn(message.written_at, _person(message.written_by), message.text, tuple(titles))


def _person(user: User) -> Person:
    return Person(user.username, str(user), user.role)
