"""Evidence files and the items they prove."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compliance.checklists.models import Item, Obligation
from registry.models import Facility, Operator, User


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(operator__in=Operator.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        return self.visible_to(user) if user.is_manager or user.is_platform_admin else self.none()

    def valid(self, on: date) -> Self:
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on)).exclude(valid_until__lt=on)


class Evidence(models.Model):
    """증빙: one file of an operator, kept by its hash; one document may serve many items."""

    operator = models.ForeignKey(Operator, models.PROTECT, related_name="evidence")
    facility = models.ForeignKey(Facility, models.CASCADE, null=True, blank=True, related_name="evidence")
    title = models.CharField(_("제목"), max_length=200)
    file = models.FileField(_("파일"), upload_to="evidence/%Y/%m/", max_length=300)
    original_name = models.CharField(_("파일 이름"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateField(_("유효 시작"), null=True, blank=True)
    valid_until = models.DateField(_("유효 끝"), null=True, blank=True)  # last day on which it proves anything
    note = models.TextField(_("설명"), blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # kept, but no longer offered
    items = models.ManyToManyField(Item, through="EvidenceLink", related_name="evidence")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("증빙")
        verbose_name_plural = pgettext_lazy("plural", "증빙")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["operator", "sha256"], name="evidence_once_per_operator"),
            models.CheckConstraint(
                name="evidence_period_is_not_empty",
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_valid_on(self, on: date) -> bool:
        """Whether the document still proves anything on `on`; both ends count."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )


class EvidenceLink(models.Model):
    """The use of one document for one item."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="links")
    item = models.ForeignKey(Item, models.CASCADE, related_name="evidence_links")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("증빙 연결")
        verbose_name_plural = pgettext_lazy("plural", "증빙 연결")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["evidence", "item"], name="evidencelink_is_unique")]

    def __str__(self) -> str:
        return f"{self.evidence} → {self.item}"


class Occurrence(models.Model):
    """정기 의무 회차: one due date of a recurring obligation."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="occurrences")
    due_on = models.DateField(_("기한"))
    done_on = models.DateField(_("완료일"), null=True, blank=True)
    note = models.TextField(_("설명"), blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="occurrences")
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("정기 의무 회차")
        verbose_name_plural = pgettext_lazy("plural", "정기 의무 회차")
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["obligation", "due_on"], name="occurrence_is_unique")]

    def __str__(self) -> str:
        return f"{self.obligation} {self.due_on}"

    def is_overdue(self, on: date) -> bool:
        """Due before `on` and not done."""
        return self.done_on is None and self.due_on < on
