"""On-site inspections and the acknowledgements of both sides."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.checklists.evidence_models import Evidence
from compliance.reviews.models import Finding, Review
from registry.models import User


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(review__in=Review.objects.visible_to(user))


class Inspection(models.Model):
    """현장 점검: planned by a ministry for one review, held on site, recorded, and acknowledged by both sides."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="inspections")
    planned_on = models.DateField(_("점검일"))
    place = models.CharField(_("장소"), max_length=200)
    purpose = models.TextField(_("점검 내용"))
    officers = models.TextField(_("부처 참석자"))  # one person per line
    hosts = models.TextField(_("사업자 참석자"), blank=True)
    held_on = models.DateField(_("실시일"), null=True, blank=True)
    result = models.TextField(_("점검 결과"), blank=True)
    findings = models.ManyToManyField(Finding, blank=True, related_name="inspections")
    photos = models.ManyToManyField(Evidence, blank=True, related_name="inspections")
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("현장 점검")
        verbose_name_plural = _("현장 점검")
        ordering = ["planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="inspection_result_has_a_date",
                condition=Q(held_on__isnull=True, result="") | (Q(held_on__isnull=False) & ~Q(result="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.review} {self.planned_on}"


class InspectionSignature(models.Model):
    """One side's acknowledgement: a typed name, the account and the time. Not a cryptographic signature."""

    class Side(models.TextChoices):
        MINISTRY = "ministry", _("부처")
        OPERATOR = "operator", _("사업자")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=Side.choices)
    name = models.CharField(_("성명"), max_length=100)
    record_sha256 = models.CharField(max_length=64)  # of the record as it was acknowledged
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("현장 점검 확인")
        verbose_name_plural = _("현장 점검 확인")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "signed_by"], name="inspectionsignature_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_side_display()})"
