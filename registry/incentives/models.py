"""Incentive programmes."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.language import in_language
from registry.rules.models import Rule, RuleVersion
from registry.statutes.models import Ministry


class Incentive(models.Model):
    """특례·지원: a dated programme with its legal basis, eligibility and benefit."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("발표")
        BILL = "bill", _("법안")
        ENACTED = "enacted", _("공포(시행 전)")
        IN_FORCE = "in_force", _("시행 중")
        EXPIRED = "expired", _("종료")

    class Kind(models.TextChoices):
        COMPUTE_SUPPORT = "compute_support", _("연산자원 지원")
        DEEMED_APPROVAL = "deemed_approval", _("처리 간주")
        EXEMPTION = "exemption", _("면제·특례")
        FAST_TRACK = "fast_track", _("신속 처리")
        GRID = "grid", _("전력·계통")
        LEVY_REDUCTION = "levy_reduction", _("부담금 감면")
        LOAN = "loan", _("융자·보증")
        SUBSIDY = "subsidy", _("보조금")
        TARIFF = "tariff", _("요금")
        TAX_CREDIT = "tax_credit", _("세제")
        ZONE_DESIGNATION = "zone_designation", _("특구 지정")
        ZONING_BONUS = "zoning_bonus", _("건축 기준 완화")

    slug = models.SlugField(_("ID"), unique=True, max_length=100)
    title_ko = models.CharField(_("제목"), max_length=200)
    title_en = models.CharField(_("영문 제목"), max_length=250)
    kind = models.CharField(_("종류"), max_length=20, choices=Kind.choices)
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="incentives", verbose_name=_("소관부처"))
    recorded_status = models.CharField(_("기록된 상태"), max_length=10, choices=Status.choices)
    in_force_from = models.DateField(_("시행일"), null=True, blank=True)
    expires_on = models.DateField(_("마지막 날"), null=True, blank=True)
    eligibility = models.TextField(_("대상 조건"))
    eligibility_note_ko = models.TextField(_("대상 설명"), blank=True)
    benefit_ko = models.TextField(_("혜택"))
    benefit_en = models.TextField(_("영문 혜택"))
    benefit_formula = models.TextField(_("혜택 산식(원)"), blank=True)
    benefit_formula_additional = models.TextField(_("추가 혜택 산식(원)"), blank=True)
    quantity_formula = models.TextField(_("수량 산식"), blank=True)
    quantity_unit = models.CharField(_("수량 단위"), max_length=30, blank=True)
    benefit_parameters = models.JSONField(_("매개변수"), default=dict, blank=True)
    surtax = models.JSONField(_("농어촌특별세"), null=True, blank=True)
    net_note_ko = models.TextField(_("순이익 설명"), blank=True)
    tax_mode = models.CharField(_("세제 방식"), max_length=20, blank=True)
    exclusive_rule = models.CharField(_("중복 규칙"), max_length=20, blank=True)
    exclusive_with = models.JSONField(_("중복 배제 대상"), default=list, blank=True)
    obligations_ko = models.JSONField(_("지켜야 할 조건"), default=list, blank=True)
    application = models.JSONField(_("신청"), default=dict, blank=True)
    statutory_clock = models.JSONField(_("법정 기간"), null=True, blank=True)
    bill = models.JSONField(_("법안"), null=True, blank=True)
    legal_basis = models.JSONField(_("근거"), default=list, blank=True)
    related_duties = models.JSONField(_("관련 의무"), default=list, blank=True)
    related_rules = models.ManyToManyField(Rule, blank=True, related_name="incentives", verbose_name=_("관련 의무"))
    open_points_ko = models.JSONField(_("열린 문제"), default=list, blank=True)
    replaced_by = models.CharField(_("대체한 제도"), max_length=100, blank=True)
    confidence = models.CharField(_("확신도"), max_length=20, choices=RuleVersion.Confidence.choices)
    source_note = models.TextField(_("출처"), blank=True)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(_("순서"), default=0)

    class Meta:
        verbose_name = pgettext_lazy("singular", "특례·지원")
        verbose_name_plural = pgettext_lazy("plural", "특례·지원")
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(
                name="incentive_period_is_not_empty",
                condition=Q(expires_on__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(expires_on__gte=F("in_force_from")),
            )
        ]

    def __str__(self) -> str:
        return in_language(self, "title")

    def status_on(self, on: date) -> "Incentive.Status":
        """The status that follows from the dates: enacted becomes in force, and in force expires, by itself.

        Bills and announcements stay what they are: no date makes them law.
        """
        status = self.Status(self.recorded_status)
        if status in (self.Status.BILL, self.Status.ANNOUNCED):
            return status
        if self.expires_on is not None and on > self.expires_on:  # "2026-12-31까지": the last day still counts
            return self.Status.EXPIRED
        if self.in_force_from is not None:
            return self.Status.IN_FORCE if on >= self.in_force_from else self.Status.ENACTED
        return status


class Legislation(models.Model):
    """An act whose making is followed: 법률 제21759호."""

    slug = models.SlugField(_("ID"), unique=True)
    name_ko = models.CharField(_("이름"), max_length=200)
    name_en = models.CharField(_("영문 이름"), max_length=250)
    number = models.CharField(_("공포 번호"), max_length=50)
    law_id = models.CharField(_("법령ID"), max_length=6, blank=True)
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+", verbose_name=_("소관부처"))
    promulgated_on = models.DateField(_("공포일"), null=True, blank=True)
    in_force_from = models.DateField(_("시행일"), null=True, blank=True)
    checked_on = models.DateField(_("확인일"), null=True, blank=True)
    url = models.URLField(_("주소"), max_length=500, blank=True)
    confidence = models.CharField(_("확신도"), max_length=20, choices=RuleVersion.Confidence.choices)
    note_ko = models.TextField(_("설명"), blank=True)
    data = models.JSONField(
        _("부속 자료"), default=dict
    )  # one-stop clocks, bills, features, delegated parameters, open questions

    class Meta:
        verbose_name = _("추적 법률")
        verbose_name_plural = pgettext_lazy("plural", "추적 법률")

    def __str__(self) -> str:
        return f"{in_language(self, 'name')} ({self.number})"


class LegislativeEvent(models.Model):
    """One step of the making of an act, with its source."""

    legislation = models.ForeignKey(Legislation, models.CASCADE, related_name="events", verbose_name=_("추적 법률"))
    order = models.PositiveSmallIntegerField(_("순서"), default=0)
    date = models.DateField(_("날짜"), null=True, blank=True)
    date_window = models.JSONField(_("날짜 범위"), null=True, blank=True)
    stage = models.CharField(_("단계"), max_length=30)
    body = models.CharField(_("기관"), max_length=100, blank=True)
    event_ko = models.TextField(_("내용"))
    event_en = models.TextField(_("영문 내용"), blank=True)
    source = models.TextField(_("출처"), blank=True)
    confidence = models.CharField(_("확신도"), max_length=20, choices=RuleVersion.Confidence.choices)

    class Meta:
        verbose_name = _("입법 경과")
        verbose_name_plural = pgettext_lazy("plural", "입법 경과")
        ordering = ["legislation", "order"]

    def __str__(self) -> str:
        return in_language(self, "event")[:80]
