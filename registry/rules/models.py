"""Topics, rules, rule versions and their citations."""

from datetime import date
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registry.facilities.fact_models import FactDefinition
from registry.language import in_language
from registry.people.models import User
from registry.statutes.models import Ministry, Statute


class ImmutableVersionError(Exception):
    """Someone tried to change or delete a published rule version."""


class TopicGroup(models.Model):
    """Chapter of the unified checklist."""

    slug = models.SlugField(_("ID"), unique=True)
    name_ko = models.CharField(_("이름"), max_length=100)
    name_en = models.CharField(_("영문 이름"), max_length=100)
    order = models.PositiveSmallIntegerField(_("순서"), default=0)

    class Meta:
        verbose_name = _("점검 분야")
        verbose_name_plural = pgettext_lazy("plural", "점검 분야")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return in_language(self, "name")


class Topic(models.Model):
    """점검 주제: the question under which provisions of several ministries meet."""

    slug = models.SlugField(_("ID"), unique=True, max_length=60)
    group = models.ForeignKey(TopicGroup, models.PROTECT, related_name="topics", verbose_name=_("분야"))
    order = models.PositiveSmallIntegerField(_("순서"), default=0)
    name_ko = models.CharField(_("이름"), max_length=100)
    name_en = models.CharField(_("영문 이름"), max_length=150)
    question_ko = models.TextField(_("질문"))
    question_en = models.TextField(_("영문 질문"))
    subject = models.CharField(_("단위 주체"), max_length=10, choices=FactDefinition.Level.choices)

    class Meta:
        verbose_name = _("점검 주제")
        verbose_name_plural = pgettext_lazy("plural", "점검 주제")
        ordering = ["group__order", "order", "slug"]

    def __str__(self) -> str:
        return in_language(self, "name")


class Rule(models.Model):
    """의무: an obligation with a stable slug; what it says stands in its versions."""

    class Domain(models.TextChoices):
        FIRE = "fire", _("소방")
        BUILDING = "building", _("건축")
        ENERGY = "energy", _("에너지")
        ICT = "ict", _("정보통신")
        ENVIRONMENT = "environment", _("환경")
        SAFETY = "safety", _("안전")

    slug = models.SlugField(_("ID"), unique=True, max_length=100)
    domain = models.CharField(_("분야"), max_length=20, choices=Domain.choices)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="rules", verbose_name=_("점검 주제"))
    merged_from = models.JSONField(_("합쳐진 의무"), default=list, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("rule", "의무")
        verbose_name_plural = pgettext_lazy("plural of rule", "의무")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def published(self) -> Self:
        return self.exclude(status=RuleVersion.Status.DRAFT)

    def in_force(self, on: date) -> Self:
        """Published and binding on `on`: effective_from is inside the period, effective_until is outside.

        A version without effective_from began at an unknown day in the past and counts as in force.
        """
        begun = Q(effective_from__isnull=True) | Q(effective_from__lte=on)
        return self.published().filter(begun).exclude(effective_until__lte=on)

    def upcoming(self, on: date) -> Self:
        """Published versions that begin after `on`."""
        return self.published().filter(effective_from__gt=on)

    def update(self, **kwargs: Any) -> int:
        """Bulk updates could bypass the guard of `save`, so only drafts may be updated that way."""
        if self.published().exists():
            raise ImmutableVersionError("Published rule versions never change: close the version and open the next.")
        return super().update(**kwargs)


class RuleVersion(models.Model):
    """의무 개정본: dated law. Draft -> published -> closed; what is published never changes."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("초안")
        PUBLISHED = "published", _("공표")
        CLOSED = "closed", _("마감")

    class Binding(models.TextChoices):
        MANDATORY = "mandatory", pgettext_lazy("binding", "의무")
        EFFORT = "effort", _("노력 의무")
        VOLUNTARY = "voluntary", _("자율")

    class Confidence(models.TextChoices):
        VERIFIED_TEXT = "verified_text", _("조문 확인")
        SECONDARY_SOURCE = "secondary_source", _("2차 자료")
        UNVERIFIED = "unverified", _("미확인")

    class ObligationKind(models.TextChoices):
        INSTALL = "install", _("설치")
        DESIGN = "design", _("설계")
        PERMIT = "permit", _("허가·승인")
        APPOINT = "appoint", _("선임")
        NOTIFY = "notify", _("신고·통지")
        INSPECT = "inspect", _("점검·검사")
        MAINTAIN = "maintain", _("유지·관리")
        REPORT = "report", _("보고")
        DISCLOSE = "disclose", _("공시")
        TRAIN = "train", _("교육·훈련")
        PLAN = "plan", _("계획")
        INSURE = "insure", _("보험")
        PAY = "pay", _("납부")
        CERTIFY = "certify", _("인증")
        MEASURE = "measure", _("측정")

    class Stage(models.TextChoices):
        SITING = "siting", _("입지")
        DESIGN = "design", _("설계")
        CONSTRUCTION = "construction", _("공사")
        USE_APPROVAL = "use_approval", _("사용승인")
        OPERATION = "operation", _("운영")
        CHANGE = "change", _("변경")
        CLOSURE = "closure", _("폐쇄")

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions", verbose_name=pgettext_lazy("rule", "의무"))
    number = models.PositiveSmallIntegerField(_("판"), default=1)
    status = models.CharField(_("상태"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    title_ko = models.CharField(_("제목"), max_length=200)
    title_en = models.CharField(_("영문 제목"), max_length=250)
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="rule_versions", verbose_name=_("소관부처"))
    subject = models.CharField(_("단위 주체"), max_length=10, choices=FactDefinition.Level.choices)
    binding = models.CharField(_("구속력"), max_length=10, choices=Binding.choices)
    obligation_kind = models.CharField(_("의무 종류"), max_length=10, choices=ObligationKind.choices)
    stages = models.JSONField(_("단계"), default=list)
    condition = models.TextField(_("적용 조건"))
    applies_note_ko = models.TextField(_("적용 설명"), blank=True)
    requirement_ko = models.TextField(_("요구사항"))
    requirement_en = models.TextField(_("영문 요구사항"))
    thresholds = models.JSONField(_("기준값"), default=list, blank=True)
    measure = models.JSONField(_("측정 한도"), null=True, blank=True)
    recurrence = models.JSONField(_("주기"), null=True, blank=True)
    deadline = models.JSONField(_("기한"), null=True, blank=True)
    evidence_ko = models.JSONField(_("증빙"), default=list, blank=True)
    authority_ko = models.CharField(_("관할 기관"), max_length=300)
    penalty = models.JSONField(_("벌칙"), null=True, blank=True)
    confidence = models.CharField(_("확신도"), max_length=20, choices=Confidence.choices)
    condition_confidence = models.CharField(_("조건 확신도"), max_length=20, choices=Confidence.choices, blank=True)
    upcoming = models.JSONField(_("예정된 변경"), default=list, blank=True)
    source_note = models.TextField(_("출처"), blank=True)
    note_ko = models.TextField(_("이 판의 설명"), blank=True)
    source = models.TextField(_("이 판의 근거"), blank=True)
    effective_from = models.DateField(_("시행일"), null=True, blank=True)
    effective_until = models.DateField(_("실효일"), null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("공표 시각"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("공표한 사람")
    )
    closed_at = models.DateTimeField(_("마감 시각"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("마감한 사람")
    )

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("의무 개정본")
        verbose_name_plural = pgettext_lazy("plural", "의무 개정본")
        ordering = ["rule", "number"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="ruleversion_number_is_unique"),
            models.UniqueConstraint(
                fields=["rule"],
                condition=Q(status="published"),
                name="ruleversion_one_open_published_per_rule",
            ),
            models.CheckConstraint(
                name="ruleversion_period_is_not_empty",
                condition=Q(effective_until__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
            ),
            models.CheckConstraint(
                name="ruleversion_closed_iff_it_ends",
                condition=Q(status="draft")
                | Q(status="published", effective_until__isnull=True)
                | Q(status="closed", effective_until__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["status", "effective_from", "effective_until"], name="ruleversion_in_force")]

    def __str__(self) -> str:
        return gettext("%(title)s (제%(number)s판)") % {"title": in_language(self, "title"), "number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change published content; closing goes through `update_fields` of `close_version`."""
        allowed = {"status", "effective_until", "closed_at", "closed_by"}
        was_draft = self._state.adding or RuleVersion.objects.filter(pk=self.pk, status=self.Status.DRAFT).exists()
        if not was_draft and not (kwargs.get("update_fields") and set(kwargs["update_fields"]) <= allowed):
            raise ImmutableVersionError(
                f"Version {self.number} of this rule is published and never changes: close it and open the next."
            )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        if self.status != self.Status.DRAFT:
            raise ImmutableVersionError("A published rule version is never deleted: close it with a date.")
        return super().delete(*args, **kwargs)

    def is_in_force(self, on: date) -> bool:
        """Published and binding on `on` (half-open period)."""
        begun = self.effective_from is None or self.effective_from <= on
        return (
            self.status != self.Status.DRAFT and begun and (self.effective_until is None or on < self.effective_until)
        )


class Citation(models.Model):
    """근거 조문: one provision that a rule version rests on."""

    version = models.ForeignKey(RuleVersion, models.CASCADE, related_name="citations")
    order = models.PositiveSmallIntegerField(_("순서"), default=0)
    statute = models.ForeignKey(Statute, models.PROTECT, related_name="citations", verbose_name=_("법령"))
    article = models.CharField(_("조"), max_length=100, blank=True)
    paragraph = models.CharField(_("항"), max_length=100, blank=True)
    item = models.CharField(_("호·목"), max_length=150, blank=True)
    annex = models.CharField(_("별표"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("근거 조문")
        verbose_name_plural = pgettext_lazy("plural", "근거 조문")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="citation_order_is_unique")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.statute.title_ko, self.place) if part)

    @property
    def place(self) -> str:
        """`제23조 제1항 제2호 별표 4`, without the statute."""
        return " ".join(part for part in (self.article, self.paragraph, self.item, self.annex) if part)


class CatalogueRevision(models.Model):
    """One load of the catalogue that changed something; the newest names the state of the law data."""

    number = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    summary = models.JSONField(default=dict)
    entries = models.JSONField(default=dict)  # "kind:id" -> hash of the entry as the loaded files had it

    class Meta:
        verbose_name = _("규정집 판")
        verbose_name_plural = pgettext_lazy("plural", "규정집 판")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} ({self.digest[:12]})"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableVersionError("Catalogue revisions are history and are never deleted.")
