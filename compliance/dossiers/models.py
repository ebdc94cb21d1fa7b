"""Dossiers and the jobs that render them."""

from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.models import Facility, Ministry, User


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: User) -> Self:
        """Managers see their operator's; officers see what was submitted to their ministry; admins and auditors all."""
        if user.sees_everything:
            return self
        if user.is_manager:
            return self.filter(facility__operator=user.operator_id)
        if user.is_officer:
            return self.filter(submitted_at__isnull=False, ministries=user.ministry_id)
        return self.none()

    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)


class Dossier(models.Model):
    """적합성 보고서: a canonical snapshot with its hash. Never edited; the next round is a new row."""

    class State(models.TextChoices):
        """Computed from the reviews and written by `reviews.actions` alone."""

        ISSUED = "issued", _("작성됨")
        UNDER_REVIEW = "under_review", _("검토 중")
        SUPPLEMENT = "supplement", _("보완 요구")
        ACCEPTED = "accepted", _("수리")
        CONDITIONAL = "conditional", _("조건부 수리")
        RETURNED = "returned", _("반려")

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="dossiers", verbose_name=_("데이터센터"))
    number = models.CharField(_("번호"), max_length=30, unique=True)
    round = models.PositiveSmallIntegerField(_("차수"), default=1)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_rounds")
    as_of = models.DateField(_("기준일"))
    snapshot = models.TextField(editable=False)  # canonical JSON, see docs/snapshot.md
    snapshot_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("작성 시각"))
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("작성자"))
    submitted_at = models.DateTimeField(_("제출 시각"), null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ministries = models.ManyToManyField(Ministry, blank=True, related_name="dossiers")  # addressed on submission
    state = models.CharField(_("상태"), max_length=20, choices=State.choices, default=State.ISSUED)
    pdf = models.FileField(upload_to="dossiers/%Y/", max_length=300, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)  # of what the pages show, same snapshot -> same hash
    pages = models.PositiveIntegerField(null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("적합성 보고서")
        verbose_name_plural = pgettext_lazy("plural", "적합성 보고서")
        ordering = ["-issued_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["facility", "round"], name="dossier_round_is_unique")]

    def __str__(self) -> str:
        return self.number

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValueError("Dossiers are records and are never deleted.")


class RenderJob(models.Model):
    """The rendering of one edition of one dossier, with progress that a page can show."""

    REGISTERED = "ko"  # the edition that the dossier's number stands for; its file belongs to the dossier

    class State(models.TextChoices):
        QUEUED = "queued", _("대기")
        RUNNING = "running", _("생성 중")
        DONE = "done", _("완료")
        FAILED = "failed", _("실패")
        CANCELLED = "cancelled", _("취소됨")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="render_jobs")
    edition = models.CharField(max_length=60, default=REGISTERED)  # "en"; "ko:molit" is an extract for one ministry
    file = models.FileField(upload_to="dossiers/editions/%Y/", max_length=300, blank=True)  # of other editions
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    step = models.CharField(max_length=40, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    chapter = models.PositiveSmallIntegerField(default=0)  # finished ones, while the step is "chapters"
    chapters = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, blank=True)  # last sign of life, to find jobs of killed workers
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("보고서 생성 작업")
        verbose_name_plural = pgettext_lazy("plural", "보고서 생성 작업")
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "edition"],
                condition=Q(state__in=["queued", "running"]),
                name="renderjob_one_open_per_edition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)
