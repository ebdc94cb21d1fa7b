"""Audit events and the head of their hash chain."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AppendOnlyError(Exception):
    """Someone tried to change or delete a row that may only be added."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that can be read and added, never changed or removed."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are append-only: record a new one instead.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are append-only and are never deleted.")


class AuditEvent(models.Model):
    """One step in the history of the system."""

    sequence = models.PositiveBigIntegerField(_("번호"), primary_key=True)
    at = models.DateTimeField(_("시각"))
    actor = models.ForeignKey("registry.User", models.PROTECT, null=True, related_name="+", verbose_name=_("행위자"))
    actor_label = models.CharField(_("행위자 계정"), max_length=150)
    verb = models.CharField(_("행위"), max_length=60)
    object_type = models.CharField(_("대상 종류"), max_length=60)
    object_id = models.CharField(_("대상 번호"), max_length=80)
    facility_id = models.PositiveBigIntegerField(_("데이터센터 번호"), null=True, db_index=True)
    data = models.JSONField(_("내용"), default=dict)
    previous_hash = models.CharField(_("앞 해시"), max_length=64)
    hash = models.CharField(_("해시"), max_length=64, unique=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("감사 기록")
        verbose_name_plural = pgettext_lazy("plural", "감사 기록")
        ordering = ["sequence"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="auditevent_object")]

    def __str__(self) -> str:
        return f"#{self.sequence} {self.verb} {self.object_type}:{self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("AuditEvent rows are append-only: record a new one instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("AuditEvent rows are append-only and are never deleted.")


class AuditHead(models.Model):
    """The single row that names the newest event; locking it orders writers."""

    sequence = models.PositiveBigIntegerField(_("번호"), default=0)
    hash = models.CharField(_("해시"), max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("감사 사슬 끝")

    def __str__(self) -> str:
        return f"#{self.sequence}"
