"""Reviews, findings and the talk about them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compliance.checklists.evidence_models import Evidence
from compliance.dossiers.models import Dossier
from registry.models import Ministry, User


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> Self:
        """Officers see every ministry's review of a dossier that was submitted to their ministry too (read-only)."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def decidable_by(self, user: User) -> Self:
        """Only an officer of the review's own ministry decides, and only while it is open."""
        if not user.is_officer:
            return self.none()
        return self.visible_to(user).open().filter(ministry=user.ministry_id)

    def undecided(self) -> Self:
        return self.filter(decision="")

    def superseded(self) -> Self:
        """Undecided when a later round of the facility was submitted: the matter goes on there."""
        return self.undecided().filter(_later_round())

    def open(self) -> Self:
        """Waiting for somebody: neither decided nor superseded."""
        return self.undecided().exclude(_later_round())

    def closed(self) -> Self:
        """Decided or superseded."""
        return self.filter(~Q(decision="") | Q(_later_round()))

    def about(self, words: str) -> Self:
        """Reviews whose dossier's number or facility carries every one of the words."""
        for word in words.split():
            facility = Q(dossier__facility__name_ko__icontains=word) | Q(dossier__facility__name_en__icontains=word)
            self = self.filter(facility | Q(dossier__number__icontains=word))
        return self


def _later_round() -> Exists:
    later = Dossier.objects.submitted().filter(
        facility=OuterRef("dossier__facility"), round__gt=OuterRef("dossier__round")
    )
    return Exists(later)


class Review(models.Model):
    """검토: one ministry's part of one dossier."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("수리")
        CONDITIONAL = "conditional", _("조건부 수리")
        RETURNED = "returned", _("반려")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reviews")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="reviews")
    opened_at = models.DateTimeField()
    decision = models.CharField(_("결정"), max_length=20, choices=Decision.choices, blank=True)
    reason = models.TextField(_("사유"), blank=True)
    conditions = models.TextField(_("조건"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    row_version = models.PositiveIntegerField(default=0)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("검토")
        verbose_name_plural = pgettext_lazy("plural", "검토")
        ordering = ["dossier", "ministry__order"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "ministry"], name="review_once_per_ministry"),
            models.CheckConstraint(
                name="review_decision_has_a_date",
                condition=Q(decision="", decided_at__isnull=True) | (~Q(decision="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="review_conditional_states_conditions",
                condition=~Q(decision="conditional") | ~Q(conditions=""),
            ),
            models.CheckConstraint(
                name="review_return_states_reason",
                condition=~Q(decision="returned") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.ministry}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(review__in=Review.objects.visible_to(user))

    def unresolved(self) -> Self:
        return self.exclude(state=Finding.State.RESOLVED)

    def overdue(self, on: date) -> Self:
        return self.filter(state=Finding.State.OPEN, due_on__lt=on)


class Finding(models.Model):
    """보완 요구: what a ministry asks about one obligation (or about the dossier as a whole)."""

    class Kind(models.TextChoices):
        FINDING = "finding", _("지적")
        SUPPLEMENT = "supplement", _("보완 요구")

    class State(models.TextChoices):
        OPEN = "open", _("답변 대기")
        ANSWERED = "answered", _("답변함")
        RESOLVED = "resolved", _("해결")

    review = models.ForeignKey(Review, models.CASCADE, related_name="findings")
    obligation_key = models.CharField(
        max_length=200, blank=True
    )  # key of the obligation in the snapshot; empty = whole
    kind = models.CharField(_("종류"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("내용"))
    documents = models.TextField(_("요청 서류"), blank=True)  # one document per line
    due_on = models.DateField(_("기한"), null=True, blank=True)
    state = models.CharField(_("상태"), max_length=10, choices=State.choices, default=State.OPEN)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("보완 요구")
        verbose_name_plural = pgettext_lazy("plural", "보완 요구")
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="finding_supplement_has_due_date",
                condition=~Q(kind="supplement") | Q(due_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def documents_asked(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.documents.splitlines() if line.strip())

    def is_overdue(self, on: date) -> bool:
        """Whether the operator's answer is late."""
        return self.state == Finding.State.OPEN and self.due_on is not None and self.due_on < on


class FindingMessage(models.Model):
    """One turn in the thread of a finding."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="messages")
    text = models.TextField(_("내용"))
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="finding_messages")  # shown with the reply

    class Meta:
        verbose_name = _("보완 요구 대화")
        verbose_name_plural = pgettext_lazy("plural", "보완 요구 대화")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class DueExtension(models.Model):
    """기한 연장: a ministry gave more time for one finding."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="extensions")
    previous_due_on = models.DateField()
    due_on = models.DateField(_("새 기한"))
    reason = models.TextField(_("연장 사유"))
    extended_at = models.DateTimeField()
    extended_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("기한 연장")
        verbose_name_plural = _("기한 연장")
        ordering = ["extended_at", "pk"]
        constraints = [
            models.CheckConstraint(name="dueextension_gives_time", condition=Q(due_on__gt=models.F("previous_due_on"))),
            models.CheckConstraint(name="dueextension_states_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.previous_due_on} → {self.due_on}"
