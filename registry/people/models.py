"""Accounts. One person has one role; a manager belongs to an operator, an officer to a ministry."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class User(AbstractUser):
    """A person who signs in."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("시설 관리자")
        OFFICER = "officer", _("담당 공무원")
        RULE_ADMIN = "rule_admin", _("규정 관리자")
        PLATFORM_ADMIN = "platform_admin", _("플랫폼 관리자")
        AUDITOR = "auditor", _("감사(읽기 전용)")

    role = models.CharField(_("역할"), max_length=20, choices=Role.choices)
    display_name = models.CharField(_("이름"), max_length=100, blank=True)
    operator = models.ForeignKey(
        "registry.Operator", models.PROTECT, null=True, blank=True, related_name="managers", verbose_name=_("사업자")
    )
    ministry = models.ForeignKey(
        "registry.Ministry", models.PROTECT, null=True, blank=True, related_name="officers", verbose_name=_("소관부처")
    )

    REQUIRED_FIELDS = ["email", "role"]

    class Meta:
        verbose_name = _("사용자")
        verbose_name_plural = pgettext_lazy("plural", "사용자")
        constraints = [
            models.CheckConstraint(
                name="user_operator_iff_manager",
                condition=Q(role="manager", operator__isnull=False) | (~Q(role="manager") & Q(operator__isnull=True)),
                violation_error_message=_("시설 관리자는 사업자가 있어야 하고, 다른 역할은 사업자가 없어야 합니다."),
            ),
            models.CheckConstraint(
                name="user_ministry_iff_officer",
                condition=Q(role="officer", ministry__isnull=False) | (~Q(role="officer") & Q(ministry__isnull=True)),
                violation_error_message=_(
                    "담당 공무원은 소관부처가 있어야 하고, 다른 역할은 소관부처가 없어야 합니다."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def is_manager(self) -> bool:
        return self.role == self.Role.MANAGER

    @property
    def is_officer(self) -> bool:
        return self.role == self.Role.OFFICER

    @property
    def is_rule_admin(self) -> bool:
        return self.role == self.Role.RULE_ADMIN

    @property
    def is_platform_admin(self) -> bool:
        return self.role == self.Role.PLATFORM_ADMIN

    @property
    def is_auditor(self) -> bool:
        return self.role == self.Role.AUDITOR

    @property
    def sees_everything(self) -> bool:
        """Platform admins and auditors read every facility; only the former may change anything."""
        return self.role in (self.Role.PLATFORM_ADMIN, self.Role.AUDITOR)
