"""Everything that changes a review. `Dossier.state` is written here and nowhere else."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from compliance.checklists.commitment_actions import Duty, make_commitments
from compliance.checklists.evidence_actions import add_evidence
from compliance.checklists.evidence_models import Evidence
from compliance.dossiers import snapshot
from compliance.dossiers.actions import submit_dossier
from compliance.dossiers.models import Dossier
from compliance.reviews.access import require_manager, require_officer
from compliance.reviews.models import DueExtension, Finding, FindingMessage, Review
from compliance.reviews.rounds import later_round_of
from compliance.reviews.states import state_of
from registry.audit.actions import record
from registry.models import User


class ReviewError(Exception):
    """A step that the review does not allow now; the message names the reason and the way out."""


@transaction.atomic
def submit_for_review(dossier: Dossier, *, by: User, at: datetime) -> list[Review]:
    """Hand the dossier in and open one review per ministry concerned, all at once.

    Raises DossierRefused when the dossier cannot be submitted (any more).
    """
    require_manager(dossier, by)
    submit_dossier(dossier, by=by, at=at)
    reviews = [Review(dossier=dossier, ministry=ministry, opened_at=at) for ministry in dossier.ministries.all()]
    Review.objects.bulk_create(reviews)
    _write_state(dossier)
    record(
        "reviews.opened",
        by=by,
        target=dossier,
        data={"ministries": [review.ministry.slug for review in reviews]},
        facility_id=dossier.facility_id,
        at=at,
    )
    return reviews


@transaction.atomic
def raise_finding(
    review: Review,
    *,
    obligation_key: str = "",
    kind: str,
    text: str,
    documents: str = "",
    due_on: date | None = None,
    by: User,
    at: datetime,
) -> Finding:
    """Ask about one obligation of the ministry's part, or about the whole part when the key is empty."""
    require_officer(review, by)
    _require_text(text)
    _require_due_date(kind, due_on, at)
    _require_own_obligation(review, obligation_key)
    move(review)
    finding = Finding.objects.create(
        review=review,
        obligation_key=obligation_key,
        kind=kind,
        text=text,
        documents=documents,
        due_on=due_on,
        raised_at=at,
        raised_by=by,
    )
    _write_state(review.dossier)
    tell("finding.raised", review, finding, by, at, kind=kind, obligation=obligation_key, due_on=due_on)
    return finding


@transaction.atomic
def reply_to_finding(
    finding: Finding,
    *,
    text: str,
    evidence: Iterable[Evidence] = (),
    file: "UploadedFile[bytes] | None" = None,
    by: User,
    at: datetime,
) -> FindingMessage:
    """The operator's answer, with documents of his or a new one; it is the ministry's move then."""
    review = finding.review
    require_manager(review.dossier, by)
    _require_text(text)
    _require_unresolved(finding)
    move(review)
    shown = _documents_of(review.dossier, evidence, file, by, at)
    message = _say(finding, text, by, at)
    message.evidence.set(shown)
    _set_finding(finding, state=Finding.State.ANSWERED)
    _write_state(review.dossier)
    shown_pks = [row.pk for row in shown]
    tell("finding.answered", review, finding, by, at, message=message.pk, evidence=shown_pks)
    return message


@transaction.atomic
def reopen_finding(finding: Finding, *, text: str, due_on: date | None = None, by: User, at: datetime) -> None:
    """The answer does not do: say why, and wait for the operator again (with a new due date if one is given).

    Words added to a finding that is still open are told as such.
    """
    review = finding.review
    verb = "finding.added_to" if finding.state == Finding.State.OPEN else "finding.reopened"
    require_officer(review, by)
    _require_text(text)
    if due_on is not None or finding.state == Finding.State.RESOLVED:
        _require_due_date(finding.kind, due_on or finding.due_on, at)
    move(review)
    _say(finding, text, by, at)
    _set_finding(finding, state=Finding.State.OPEN, resolved_at=None, due_on=due_on or finding.due_on)
    _write_state(review.dossier)
    tell(verb, review, finding, by, at, due_on=finding.due_on)


@transaction.atomic
def extend_due_date(finding: Finding, *, due_on: date, reason: str, by: User, at: datetime) -> DueExtension:
    """Give the operator more time; the reason stays beside the finding."""
    review = finding.review
    require_officer(review, by)
    _require_unresolved(finding)
    _require_later(finding, due_on, at)
    if not reason.strip():
        raise ReviewError(_("연장하는 사유를 적으십시오."))
    move(review)
    assert finding.due_on is not None  # see _require_later
    extension = DueExtension.objects.create(
        finding=finding,
        previous_due_on=finding.due_on,
        due_on=due_on,
        reason=reason,
        extended_at=at,
        extended_by=by,
    )
    tell("finding.extended", review, finding, by, at, before=finding.due_on, due_on=due_on, reason=reason)
    _set_finding(finding, due_on=due_on)
    return extension


@transaction.atomic
def resolve_finding(finding: Finding, *, text: str = "", by: User, at: datetime) -> None:
    """The matter is settled."""
    review = finding.review
    require_officer(review, by)
    _require_unresolved(finding)
    move(review)
    if text.strip():
        _say(finding, text, by, at)
    _set_finding(finding, state=Finding.State.RESOLVED, resolved_at=at)
    _write_state(review.dossier)
    tell("finding.resolved", review, finding, by, at)


@transaction.atomic
def decide(
    review: Review,
    *,
    decision: str,
    reason: str = "",
    conditions: Sequence[Duty] = (),
    by: User,
    at: datetime,
    row_version: int,
) -> None:
    """Settle the ministry's part. `row_version` is what the officer saw: a part that moved since is not decided.

    Conditions of a conditional acceptance become commitments on the facility's calendar.
    """
    require_officer(review, by)
    _require_grounds(decision, reason, conditions)
    duties = conditions if decision == Review.Decision.CONDITIONAL else ()
    _require_days_to_come(duties, at)
    if decision != Review.Decision.RETURNED:
        _require_no_unresolved(review)
    move(
        review,
        seen=row_version,
        decision=decision,
        reason=reason,
        conditions="\n".join(f"{duty.text} (~{duty.due_on})" for duty in duties),
        decided_at=at,
        decided_by=by,
    )
    _write_state(review.dossier)
    tell("review.decided", review, review, by, at, decision=decision)
    dossier, ministry = review.dossier, review.ministry
    make_commitments(dossier.facility, duties, ministry=ministry, source=dossier.number, by=by, at=at)


def move(review: Review, *, seen: int | None = None, **changes: Any) -> None:
    """Count one step of an open review, in one statement, so that two steps at once cannot pass each other."""
    _require_open(review)
    rows = Review.objects.undecided().filter(pk=review.pk)
    if seen is not None:
        rows = rows.filter(row_version=seen)
    if not rows.update(row_version=models.F("row_version") + 1, **changes):
        raise ReviewError(_("그사이 다른 사람이 이 검토를 바꾸었습니다. 화면을 새로 열어 확인한 뒤 다시 하십시오."))
    review.refresh_from_db(fields=["row_version", *changes])


def _write_state(dossier: Dossier) -> None:
    """Recompute the state under a lock: two ministries that decide at once must see each other."""
    Dossier.objects.select_for_update().only("pk").get(pk=dossier.pk)
    dossier.state = state_of(dossier)
    dossier.save(update_fields=["state"])


def _say(finding: Finding, text: str, by: User, at: datetime) -> FindingMessage:
    return FindingMessage.objects.create(finding=finding, text=text, written_at=at, written_by=by)


def _documents_of(
    dossier: Dossier, evidence: Iterable[Evidence], file: "UploadedFile[bytes] | None", by: User, at: datetime
) -> list[Evidence]:
    """What is shown with a reply: documents of the operator that are not withdrawn, and the one that is new."""
    shown = list(evidence)
    if any(row.operator_id != dossier.facility.operator_id or row.withdrawn_at for row in shown):
        raise ReviewError(_("이 사업자의 증빙 가운데 철회하지 않은 것만 낼 수 있습니다."))
    if file is not None:
        try:
            shown.append(add_evidence(file, facility=dossier.facility, by=by, at=at))
        except ValidationError as error:
            raise ReviewError(" ".join(error.messages)) from error
    return shown


def _set_finding(finding: Finding, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(finding, name, value)
    finding.save(update_fields=list(changes))


def tell(verb: str, review: Review, target: Review | Finding, by: User, at: datetime, **data: Any) -> None:
    told = {"dossier": review.dossier.number, "ministry": review.ministry.slug, **data}
    record(verb, by=by, target=target, data=told, facility_id=review.dossier.facility_id, at=at)


def _require_open(review: Review) -> None:
    if review.decision:
        raise ReviewError(_("이미 결정된 검토입니다. 남은 문제는 다음 차수의 검토에서 다룹니다."))
    later = later_round_of(review.dossier)
    if later is not None:
        raise ReviewError(
            _("%(round)s차 보고서(%(number)s)가 제출되었습니다. 그 차수의 검토에서 계속하십시오.")
            % {"round": later.round, "number": later.number}
        )


def _require_text(text: str) -> None:
    if not text.strip():
        raise ReviewError(_("내용을 적으십시오."))


def _require_due_date(kind: str, due_on: date | None, at: datetime) -> None:
    if kind == Finding.Kind.SUPPLEMENT and due_on is None:
        raise ReviewError(_("보완 요구에는 기한이 있어야 합니다. 기한을 정하십시오."))
    if due_on is not None and due_on < localdate(at):
        raise ReviewError(_("기한 %(due)s은(는) 이미 지났습니다. 오늘 이후의 날짜를 정하십시오.") % {"due": due_on})


def _require_later(finding: Finding, due_on: date, at: datetime) -> None:
    if finding.due_on is None:
        raise ReviewError(_("기한이 없는 지적입니다. 기한은 보완 요구에 있습니다."))
    if due_on <= finding.due_on or due_on < localdate(at):
        raise ReviewError(
            _("새 기한은 지금 기한(%(due)s)보다 늦고 지나지 않은 날이어야 합니다.") % {"due": finding.due_on}
        )


def _require_own_obligation(review: Review, key: str) -> None:
    own = snapshot.load(review.dossier.snapshot).obligations_of(review.ministry.slug)
    if key and key not in {obligation.key for obligation in own}:
        raise ReviewError(
            _("의무 %(key)s은(는) 이 보고서에서 %(ministry)s 소관이 아닙니다. 목록에서 고르십시오.")
            % {"key": key, "ministry": review.ministry}
        )


def _require_unresolved(finding: Finding) -> None:
    if finding.state == Finding.State.RESOLVED:
        raise ReviewError(_("이미 해결된 지적입니다. 다시 다루려면 담당 공무원이 다시 열어야 합니다."))


def _require_no_unresolved(review: Review) -> None:
    unresolved = review.findings.unresolved().count()
    if unresolved:
        raise ReviewError(
            _("해결되지 않은 지적이 %(count)s건 있어 수리할 수 없습니다. 해결로 표시하거나 반려하십시오.")
            % {"count": unresolved}
        )


def _require_days_to_come(duties: Sequence[Duty], at: datetime) -> None:
    past = [duty.due_on for duty in duties if duty.due_on < localdate(at)]
    if past:
        raise ReviewError(_("기한 %(due)s은(는) 이미 지났습니다. 오늘 이후의 날짜를 정하십시오.") % {"due": min(past)})


def _require_grounds(decision: str, reason: str, conditions: Sequence[Duty]) -> None:
    if decision not in Review.Decision.values:
        raise ReviewError(_("결정을 고르십시오: 수리, 조건부 수리, 반려."))
    if decision == Review.Decision.CONDITIONAL and not any(duty.text.strip() for duty in conditions):
        raise ReviewError(_("조건부 수리에는 조건을 적어야 합니다."))
    if decision == Review.Decision.RETURNED and not reason.strip():
        raise ReviewError(_("반려에는 사유를 적어야 합니다."))
