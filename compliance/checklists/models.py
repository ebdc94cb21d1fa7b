"""Checklist, items, obligations and answers."""

from datetime import date
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registry.models import (
    Building,
    CatalogueRevision,
    Facility,
    FactDefinition,
    Operator,
    Rule,
    RuleVersion,
    Topic,
    User,
)


class AnswerStatus(models.TextChoices):
    """What a manager says about an item or an obligation."""

    COMPLIANT = "compliant", _("적합")
    PARTLY = "partly", _("일부 적합")
    NON_COMPLIANT = "non_compliant", _("부적합")
    NOT_APPLICABLE = "not_applicable", _("해당 없음")
    IN_PROGRESS = "in_progress", _("조치 중")


class Checklist(models.Model):
    """통합 점검표: the one checklist of a facility; its items hang on the subjects themselves."""

    facility = models.OneToOneField(Facility, models.CASCADE, related_name="checklist")
    opened_on = models.DateField(_("개설일"))
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reconciled_on = models.DateField(_("기준일"), null=True, blank=True)
    reconciled_at = models.DateTimeField(null=True, blank=True)
    catalogue_revision = models.ForeignKey(CatalogueRevision, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("통합 점검표")
        verbose_name_plural = pgettext_lazy("plural", "통합 점검표")

    def __str__(self) -> str:
        return gettext("%(facility)s 통합 점검표") % {"facility": self.facility}


class ItemQuerySet(models.QuerySet["Item"]):
    def of_facility(self, facility: Facility) -> Self:
        """Items of the facility, its buildings and its operator.

        Buildings are looked up apart: with a join, PostgreSQL took minutes where its statistics were not fresh.
        """
        buildings = Building.objects.filter(facility=facility).values("pk")
        return self.filter(Q(facility=facility) | Q(building__in=buildings) | Q(operator=facility.operator_id))

    def visible_to(self, user: User) -> Self:
        facilities = Facility.objects.visible_to(user)
        operators = Operator.objects.visible_to(user)
        return self.filter(
            Q(facility__in=facilities) | Q(building__facility__in=facilities) | Q(operator__in=operators)
        )

    def editable_by(self, user: User) -> Self:
        return self.visible_to(user) if user.is_manager or user.is_platform_admin else self.none()

    def active(self) -> Self:
        """Items with at least one obligation that binds or may bind now."""
        return self.filter(is_active=True)

    def overdue(self, on: date) -> Self:
        """Items with a due date before `on` that is not done."""
        return self.filter(next_due_on__lt=on)


class Item(models.Model):
    """점검 항목: one topic for one subject (an operator, a facility or a building), answered once."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="items")
    operator = models.ForeignKey(Operator, models.CASCADE, null=True, blank=True, related_name="items")
    facility = models.ForeignKey(Facility, models.CASCADE, null=True, blank=True, related_name="items")
    building = models.ForeignKey(Building, models.CASCADE, null=True, blank=True, related_name="items")
    is_active = models.BooleanField(default=True)
    answer = models.ForeignKey("Answer", models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(_("상태"), max_length=20, choices=AnswerStatus.choices, blank=True)  # of `answer`
    responsible = models.CharField(_("담당자"), max_length=100, blank=True)
    target_date = models.DateField(_("목표일"), null=True, blank=True)
    needs_reconfirm = models.BooleanField(_("재확인 필요"), default=False)
    next_due_on = models.DateField(_("다음 기한"), null=True, blank=True)
    row_version = models.PositiveIntegerField(default=0)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("점검 항목")
        verbose_name_plural = pgettext_lazy("plural", "점검 항목")
        constraints = [
            models.CheckConstraint(
                name="item_has_one_subject",
                condition=(
                    Q(operator__isnull=False, facility__isnull=True, building__isnull=True)
                    | Q(operator__isnull=True, facility__isnull=False, building__isnull=True)
                    | Q(operator__isnull=True, facility__isnull=True, building__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                fields=["topic", "operator"], condition=Q(operator__isnull=False), name="item_once_per_operator"
            ),
            models.UniqueConstraint(
                fields=["topic", "facility"], condition=Q(facility__isnull=False), name="item_once_per_facility"
            ),
            models.UniqueConstraint(
                fields=["topic", "building"], condition=Q(building__isnull=False), name="item_once_per_building"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} · {self.subject}"

    @property
    def level(self) -> str:
        """`operator`, `facility` or `building`."""
        if self.building_id:
            return FactDefinition.Level.BUILDING.value
        return FactDefinition.Level.FACILITY.value if self.facility_id else FactDefinition.Level.OPERATOR.value

    @property
    def subject(self) -> Operator | Facility | Building:
        subject = self.building or self.facility or self.operator
        assert subject is not None  # item_has_one_subject
        return subject


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def active(self) -> Self:
        """Binding or undecided now."""
        return self.filter(ended_on__isnull=True)

    def of_facility(self, facility: Facility) -> Self:
        return self.filter(item__in=Item.objects.of_facility(facility))

    def visible_to(self, user: User) -> Self:
        return self.filter(item__in=Item.objects.visible_to(user))


class Obligation(models.Model):
    """적용 의무: one rule for one subject, in the version that binds it now."""

    class Outcome(models.TextChoices):
        APPLIES = "applies", _("적용")
        UNDETERMINED = "undetermined", _("판단 불가")
        DOES_NOT_APPLY = "does_not_apply", _("비적용")

    item = models.ForeignKey(Item, models.CASCADE, related_name="obligations")
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="obligations")
    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="obligations")
    outcome = models.CharField(_("적용 여부"), max_length=20, choices=Outcome.choices)
    because_ko = models.TextField(blank=True)
    because_en = models.TextField(blank=True)
    trace = models.JSONField(default=dict, blank=True)
    missing = models.JSONField(default=list, blank=True)  # keys of the facts that could still decide
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=30, blank=True)  # "facts_changed" | "rule_closed"
    answer = models.ForeignKey("Answer", models.PROTECT, null=True, blank=True, related_name="+")  # answered apart
    # The version that the effective answer covered; empty while no answer covers this obligation.
    answered_version = models.ForeignKey(RuleVersion, models.PROTECT, null=True, blank=True, related_name="+")
    needs_reconfirm = models.BooleanField(_("재확인 필요"), default=False)
    next_due_on = models.DateField(_("다음 기한"), null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("적용 의무")
        verbose_name_plural = pgettext_lazy("plural", "적용 의무")
        ordering = ["item", "rule"]
        constraints = [models.UniqueConstraint(fields=["item", "rule"], name="obligation_once_per_item")]

    def __str__(self) -> str:
        return f"{self.rule} · {self.item}"

    @property
    def effective_answer(self) -> "Answer | None":
        """The answer given apart, else the item's answer if it covered this obligation; None is unanswered.

        An obligation that appeared, or turned out to apply, after the item was answered is not covered: silence is
        not compliance.
        """
        return self.answer or (self.item.answer if self.answered_version_id else None)

    @property
    def is_undetermined(self) -> bool:
        return self.outcome == self.Outcome.UNDETERMINED


class Answer(models.Model):
    """One answer as it was given; a newer answer never overwrites an older one.

    `obligation` is empty for the answer to the whole item. `versions` maps rule slugs to the version numbers
    that the answer covered. `measured` maps measure names to numbers.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="answers")
    obligation = models.ForeignKey(Obligation, models.CASCADE, null=True, blank=True, related_name="answers")
    status = models.CharField(_("상태"), max_length=20, choices=AnswerStatus.choices)
    note = models.TextField(_("설명"), blank=True)
    justification = models.TextField(_("해당 없음 사유"), blank=True)
    measured = models.JSONField(_("측정값"), default=dict, blank=True)
    responsible = models.CharField(_("담당자"), max_length=100, blank=True)
    target_date = models.DateField(_("목표일"), null=True, blank=True)
    versions = models.JSONField(default=dict)
    is_reconfirmation = models.BooleanField(default=False)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("답변")
        verbose_name_plural = pgettext_lazy("plural", "답변")
        ordering = ["answered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="answer_not_applicable_is_justified",
                condition=~Q(status="not_applicable") | ~Q(justification=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.answered_at:%Y-%m-%d})"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValueError("Answers are history and are never deleted: give a new answer.")
