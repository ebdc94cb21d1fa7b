"""Ministries and statutes."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.language import in_language


class MinistryQuerySet(models.QuerySet["Ministry"]):
    def in_charge(self, on: date) -> Self:
        """Existing on `on`: since is inside the period, until is outside."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=on)).exclude(until__lte=on)


class Ministry(models.Model):
    """소관부처: a ministry or agency in charge of rules."""

    slug = models.SlugField(_("ID"), unique=True)
    name_ko = models.CharField(_("이름"), max_length=100)
    name_en = models.CharField(_("영문 이름"), max_length=150)
    short_ko = models.CharField(_("줄임말"), max_length=50)
    since = models.DateField(_("설치일"), null=True, blank=True)
    until = models.DateField(_("폐지일"), null=True, blank=True)
    formerly = models.CharField(_("이전 이름"), max_length=200, blank=True)
    agencies = models.JSONField(_("소속·산하 기관"), default=list, blank=True)
    succeeded_by = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("뒤를 이은 부처")
    )
    order = models.PositiveSmallIntegerField(_("순서"), default=0)

    objects = MinistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("소관부처")
        verbose_name_plural = pgettext_lazy("plural", "소관부처")
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(
                name="ministry_period_is_not_empty",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gt=models.F("since")),
            )
        ]

    def __str__(self) -> str:
        return in_language(self, "name")


class Statute(models.Model):
    """법령: an act, decree, ministry rule, notice or standard that rules cite."""

    title_ko = models.CharField(_("법령명"), max_length=200)
    kind = models.CharField(_("종류"), max_length=50)
    law_id = models.CharField(_("법령ID"), max_length=6, blank=True)
    file = models.CharField(_("원문 경로"), max_length=300, blank=True)
    url = models.URLField(_("주소"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("법령")
        verbose_name_plural = pgettext_lazy("plural", "법령")
        ordering = ["title_ko", "kind"]
        constraints = [models.UniqueConstraint(fields=["title_ko", "kind"], name="statute_title_and_kind_are_unique")]

    def __str__(self) -> str:
        return self.title_ko
