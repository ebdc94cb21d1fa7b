"""Fact definitions from the catalogue and the dated values recorded for subjects."""

from datetime import date
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.audit.models import AppendOnlyError
from registry.facilities.models import Building, Facility, Operator
from registry.language import in_language
from registry.people.models import User


class FactGroup(models.Model):
    """Theme under which facts are entered."""

    slug = models.SlugField(_("ID"), unique=True)
    name_ko = models.CharField(_("이름"), max_length=100)
    name_en = models.CharField(_("영문 이름"), max_length=100)
    order = models.PositiveSmallIntegerField(_("순서"), default=0)

    class Meta:
        verbose_name = _("제원 묶음")
        verbose_name_plural = pgettext_lazy("plural", "제원 묶음")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return in_language(self, "name")


class FactDefinition(models.Model):
    """제원: an attribute that conditions are written over."""

    class Level(models.TextChoices):
        OPERATOR = "operator", _("사업자")
        FACILITY = "facility", _("데이터센터")
        BUILDING = "building", _("건축물")

    key = models.CharField(_("키"), max_length=80, unique=True)
    level = models.CharField(_("단위 주체"), max_length=10, choices=Level.choices)
    type = models.CharField(_("형식"), max_length=10)
    unit = models.CharField(_("단위"), max_length=30, blank=True)
    label_ko = models.CharField(_("이름"), max_length=150)
    label_en = models.CharField(_("영문 이름"), max_length=200)
    help_ko = models.TextField(_("도움말"), blank=True)
    group = models.ForeignKey(FactGroup, models.PROTECT, related_name="facts", verbose_name=_("묶음"))
    choices = models.JSONField(_("선택지"), default=list, blank=True)
    minimum = models.FloatField(_("최소"), null=True, blank=True)
    maximum = models.FloatField(_("최대"), null=True, blank=True)
    derived = models.TextField(_("계산식"), blank=True)
    used_for = models.CharField(_("쓰임"), max_length=30, blank=True)
    aliases = models.JSONField(_("다른 이름"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("순서"), default=0)

    class Meta:
        verbose_name = _("제원 정의")
        verbose_name_plural = pgettext_lazy("plural", "제원 정의")
        ordering = ["group__order", "order", "key"]

    def __str__(self) -> str:
        return f"{in_language(self, 'label')} ({self.key})"


class FactValueQuerySet(models.QuerySet["FactValue"]):
    def on(self, day: date) -> Self:
        """Rows that had begun to hold by `day`, newest statement last."""
        return self.filter(valid_from__lte=day).order_by("valid_from", "pk")

    def about(self, facility: Facility) -> Self:
        """Rows about the facility, its buildings or its operator."""
        return self.filter(Q(facility=facility) | Q(building__facility=facility) | Q(operator=facility.operator_id))

    def visible_to(self, user: User) -> Self:
        facilities = Facility.objects.visible_to(user)
        operators = Operator.objects.visible_to(user)
        return self.filter(
            Q(facility__in=facilities) | Q(building__facility__in=facilities) | Q(operator__in=operators)
        )


class FactValue(models.Model):
    """One statement about one subject, holding from a day on until the next statement; never overwritten.

    `value` is a JSON scalar: true/false, number, string; dates as ISO strings; null withdraws what was known.
    """

    definition = models.ForeignKey(FactDefinition, models.PROTECT, related_name="values")
    operator = models.ForeignKey(Operator, models.CASCADE, null=True, blank=True, related_name="fact_values")
    facility = models.ForeignKey(Facility, models.CASCADE, null=True, blank=True, related_name="fact_values")
    building = models.ForeignKey(Building, models.CASCADE, null=True, blank=True, related_name="fact_values")
    value = models.JSONField(null=True)
    valid_from = models.DateField(_("기준일"))
    source_note = models.CharField(_("근거"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("기록 시각"))
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("기록자"))

    objects = FactValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("제원 값")
        verbose_name_plural = pgettext_lazy("plural", "제원 값")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="factvalue_has_one_subject",
                condition=(
                    Q(operator__isnull=False, facility__isnull=True, building__isnull=True)
                    | Q(operator__isnull=True, facility__isnull=False, building__isnull=True)
                    | Q(operator__isnull=True, facility__isnull=True, building__isnull=False)
                ),
            )
        ]
        indexes = [
            models.Index(fields=["operator", "definition", "valid_from"], name="factvalue_operator"),
            models.Index(fields=["facility", "definition", "valid_from"], name="factvalue_facility"),
            models.Index(fields=["building", "definition", "valid_from"], name="factvalue_building"),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id}={self.value!r} from {self.valid_from}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("Fact values are never overwritten: record a new one instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Fact values are never deleted: record a new one (null withdraws it).")
