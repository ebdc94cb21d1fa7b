"""Legal holds."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.dossiers.models import Dossier
from registry.models import User


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def in_force(self) -> Self:
        """Placed and not lifted."""
        return self.filter(lifted_at__isnull=True)


class LegalHold(models.Model):
    """보존 조치: a dossier that must be kept whatever its retention period says, from placing to lifting."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="holds")
    reason = models.TextField(_("사유"))
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lift_reason = models.TextField(_("해제 사유"), blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("보존 조치")
        verbose_name_plural = _("보존 조치")
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(lifted_at__isnull=True), name="legalhold_one_in_force_per_dossier"
            ),
            models.CheckConstraint(name="legalhold_states_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="legalhold_lift_states_reason", condition=Q(lifted_at__isnull=True) | ~Q(lift_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.reason[:60]}"
