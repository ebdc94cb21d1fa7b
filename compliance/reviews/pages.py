"""What the pages of reviews show, gathered with a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from compliance.checklists.commitment_models import Commitment
from compliance.dossiers import snapshot
from compliance.dossiers.models import Dossier
from compliance.dossiers.rounds import frozen_difference
from compliance.reviews.access import answers_for, reviews_for
from compliance.reviews.forms import DecisionForm, LineFilterForm, offered_evidence
from compliance.reviews.models import Finding, Review
from compliance.reviews.parts import by_topic, lines_of, threads_in
from compliance.reviews.rounds import earlier_rounds_of, later_round_of
from compliance.reviews.states import Standing, Waiting, standing_of
from registry.models import User


@dataclass(frozen=True)
class ReviewRow:
    """A review in a list: where it stands and how long it has been waiting on `on`."""

    review: Review
    standing: Standing
    due_on: date | None
    on: date

    @property
    def age(self) -> int:
        """Days since it was opened."""
        return (self.on - localdate(self.review.opened_at)).days

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < self.on

    @property
    def unresolved(self) -> int:
        return sum(row.state != Finding.State.RESOLVED for row in self.review.findings.all())

    @property
    def answered(self) -> int:
        """Findings that the operator answered and the ministry has not settled yet."""
        return sum(row.state == Finding.State.ANSWERED for row in self.review.findings.all())

    @property
    def days_waiting(self) -> int | None:
        """Days that the side whose move it is has let the other wait; messages should be prefetched."""
        since = waiting_since(self.review, self.standing)
        return (self.on - localdate(since)).days if since else None


def waiting_since(review: Review, standing: Standing) -> datetime | None:
    """When it became the move of whoever is waited for; None when nobody is.

    The operator's turn began with the oldest question still open, the ministry's with the last step that anybody took.
    """
    findings = list(review.findings.all())
    if standing.waiting == Waiting.MANAGER:
        return min(_last_word(row) for row in findings if row.state == Finding.State.OPEN)
    if standing.waiting == Waiting.MINISTRY:
        settled = [row.resolved_at for row in findings if row.resolved_at]
        return max([review.opened_at, *settled, *(_last_word(row) for row in findings)])
    return None


def _last_word(finding: Finding) -> datetime:
    return max((row.written_at for row in finding.messages.all()), default=finding.raised_at)


def review_rows(reviews: Iterable[Review], on: date) -> list[ReviewRow]:
    """Rows in the order of the reviews; findings should be prefetched."""
    return [ReviewRow(review, standing_of(review), next_due_of(review), on) for review in reviews]


def next_due_of(review: Review) -> date | None:
    """The earliest due date that somebody still has to answer; none once the review is decided."""
    days = [row.due_on for row in review.findings.all() if row.state == Finding.State.OPEN and row.due_on]
    return min(days, default=None) if not review.decision else None


def listed(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Reviews with what a row names; snapshots stay in the database."""
    return (
        reviews.select_related("dossier__facility", "ministry").defer("dossier__snapshot").prefetch_related("findings")
    )


def siblings_of(dossier: Dossier, on: date) -> list[ReviewRow]:
    """All ministries' reviews of one dossier side by side (3 queries)."""
    reviews = dossier.reviews.select_related("ministry", "decided_by").prefetch_related("findings__messages")
    return review_rows(reviews.order_by("ministry__order", "ministry__slug"), on)


@dataclass(frozen=True)
class JointStanding:
    """Who waits for whom, over all ministries of one dossier."""

    on_manager: list[ReviewRow]
    on_ministry: list[ReviewRow]
    decided: list[ReviewRow]


def joint_standing(rows: Iterable[ReviewRow]) -> JointStanding:
    by_turn: dict[Waiting, list[ReviewRow]] = {turn: [] for turn in Waiting}
    for row in rows:
        by_turn[row.standing.waiting].append(row)
    return JointStanding(by_turn[Waiting.MANAGER], by_turn[Waiting.MINISTRY], by_turn[Waiting.NOBODY])


def findings_of(review: Review) -> list[Finding]:
    """The review's findings with what was written, shown and extended, settled ones last (6 queries)."""
    rows = review.findings.select_related("raised_by").prefetch_related(
        "messages__written_by", "messages__evidence", "extensions__extended_by"
    )
    return sorted(rows, key=lambda row: row.state == Finding.State.RESOLVED)


def commitments_of(review: Review) -> list[Commitment]:
    """What became of the conditions; none before the decision (1 query)."""
    if review.decision != Review.Decision.CONDITIONAL:
        return []
    rows = review.dossier.facility.commitments.filter(source=review.dossier.number, ministry=review.ministry)
    return list(rows.select_related("evidence", "done_by"))


def review_page(review: Review, user: User, query: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Everything that the page of one review shows."""
    frozen = snapshot.load(review.dossier.snapshot)
    findings = findings_of(review)
    earlier = earlier_rounds_of(review, frozen, user)
    lines = lines_of(frozen, review.ministry.slug, findings, [row.finding for each in earlier for row in each.threads])
    form = LineFilterForm(query)
    wanted = form.line_filter()
    shown = [line for line in lines if wanted.admits(line)]
    later = later_round_of(review.dossier)
    own = reviews_for(review, user)
    is_open = not review.decision and later is None
    may_reply = is_open and answers_for(review.dossier, user)
    return {
        "review": review,
        "dossier": review.dossier,
        "snapshot": frozen,
        "siblings": siblings_of(review.dossier, on),
        "filter_form": form,
        "parts": by_topic(frozen, shown),
        "shown": len(shown),
        "total": len(lines),
        "threads": threads_in(frozen, findings),
        "unresolved": sum(finding.state != Finding.State.RESOLVED for finding in findings),
        "commitments": commitments_of(review),
        "inspections": list(review.inspections.prefetch_related("signatures")),
        "compared": frozen.previous,
        "difference": frozen_difference(frozen).of_ministry(review.ministry.slug),
        "earlier_rounds": earlier,
        "later_round": later,
        "decision_form": DecisionForm(initial={"row_version": review.row_version}),
        "may_review": own and is_open,
        "may_reply": may_reply,
        "offered": offered_evidence(review.dossier.facility.operator_id) if may_reply else (),
        "may_download": own or not user.is_officer,
        "today": on,
    }
