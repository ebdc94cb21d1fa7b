"""Commitments: dated duties of one facility that no rule states."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.checklists.evidence_models import Evidence
from registry.models import Facility, Ministry, User


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(facility__in=Facility.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(done_on__isnull=True)


class Commitment(models.Model):
    """이행 조건: what a ministry made a condition of its acceptance, due on a date.

    It lives beside occurrences, because the calendar shows both; who makes one is not known here. Reviews, a layer
    above, make them through `commitment_actions`, so that the calendar needs no extension point.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="commitments")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="commitments")
    source = models.CharField(_("보고서"), max_length=30)  # number of the dossier
    text = models.TextField(_("조건"))
    due_on = models.DateField(_("기한"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_on = models.DateField(_("완료일"), null=True, blank=True)
    note = models.TextField(_("설명"), blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="commitments")
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("이행 조건")
        verbose_name_plural = _("이행 조건")
        ordering = ["due_on", "pk"]
        constraints = [models.CheckConstraint(name="commitment_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:80]

    def is_overdue(self, on: date) -> bool:
        """Due before `on` and not done."""
        return self.done_on is None and self.due_on < on
