"""Operators, facilities and buildings: the subjects that the law binds."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.language import in_language
from registry.people.models import User


class OperatorQuerySet(models.QuerySet["Operator"]):
    def visible_to(self, user: User) -> Self:
        """Managers see their own operator; platform admins and auditors see all; nobody else sees any."""
        if user.sees_everything:
            return self
        return self.filter(pk=user.operator_id) if user.is_manager else self.none()


class Operator(models.Model):
    """사업자: the company or body that runs facilities."""

    slug = models.SlugField(_("ID"), unique=True, max_length=80)
    name_ko = models.CharField(_("이름"), max_length=150)
    name_en = models.CharField(_("영문 이름"), max_length=200, blank=True)

    objects = OperatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("사업자")
        verbose_name_plural = pgettext_lazy("plural", "사업자")
        ordering = ["name_ko"]

    def __str__(self) -> str:
        return in_language(self, "name")


class FacilityQuerySet(models.QuerySet["Facility"]):
    def visible_to(self, user: User) -> Self:
        """Managers see their operator's facilities; platform admins and auditors see all.

        Officers see facilities only through the dossiers submitted to their ministry.
        """
        if user.sees_everything:
            return self
        return self.filter(operator=user.operator_id) if user.is_manager else self.none()

    def editable_by(self, user: User) -> Self:
        """Managers of the operator and platform admins may change facts, answers and dossiers."""
        if user.is_platform_admin:
            return self
        return self.filter(operator=user.operator_id) if user.is_manager else self.none()


class Facility(models.Model):
    """데이터센터: one site."""

    operator = models.ForeignKey(Operator, models.PROTECT, related_name="facilities", verbose_name=_("사업자"))
    slug = models.SlugField(_("ID"), unique=True, max_length=80)
    name_ko = models.CharField(_("이름"), max_length=150)
    name_en = models.CharField(_("영문 이름"), max_length=200, blank=True)
    is_illustrative = models.BooleanField(_("예시"), default=False)
    note = models.TextField(_("설명"), blank=True)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("데이터센터")
        verbose_name_plural = pgettext_lazy("plural", "데이터센터")
        ordering = ["name_ko"]

    def __str__(self) -> str:
        return in_language(self, "name")


class BuildingQuerySet(models.QuerySet["Building"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(facility__in=Facility.objects.visible_to(user))


class Building(models.Model):
    """건축물(동): one building of a site; fire and building law bind it by itself."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="buildings", verbose_name=_("데이터센터"))
    name = models.CharField(_("이름"), max_length=100)
    order = models.PositiveSmallIntegerField(default=0)

    objects = BuildingQuerySet.as_manager()

    class Meta:
        verbose_name = _("건축물")
        verbose_name_plural = pgettext_lazy("plural", "건축물")
        ordering = ["facility", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "name"],
                name="building_name_is_unique_on_site",
                violation_error_message=_("이 데이터센터에 같은 이름의 동이 있습니다. 다른 이름을 쓰십시오."),
            )
        ]

    def __str__(self) -> str:
        return self.name
