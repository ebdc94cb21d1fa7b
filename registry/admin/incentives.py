"""Incentives. A programme that ends gets a last day; it is not deleted, because facilities have planned with it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.admin.audited import AuditedAdmin
from registry.admin.fields import CheckedJSONField, LinesField
from registry.admin.forms import ConditionForm
from registry.admin.schemas import flaws_by_schema
from registry.admin.widgets import ConditionField
from registry.conditions import Kind
from registry.incentives.models import Incentive

TAX_MODES = [
    ("", "---------"),
    ("credit", _("세액공제")),
    ("reduction", _("감면")),
    ("exemption", _("면제")),
    ("deferral", _("과세이연")),
]
EXCLUSIVE_RULES = [
    ("", "---------"),
    ("choose_one", _("과세연도마다 하나를 고름")),
    ("largest_only", _("가장 큰 것만")),
]


def formula(label: Any) -> ConditionField:
    return ConditionField(label=label, required=False, kind=Kind.NUMBER, level="facility")


class IncentiveForm(ConditionForm):
    eligibility = ConditionField(label=_("대상 조건"), level="facility")
    benefit_formula = formula(_("혜택 산식(원)"))
    benefit_formula_additional = formula(_("추가 혜택 산식(원)"))
    quantity_formula = formula(_("수량 산식"))
    tax_mode = forms.ChoiceField(label=_("세제 방식"), choices=TAX_MODES, required=False)
    exclusive_rule = forms.ChoiceField(label=_("중복 규칙"), choices=EXCLUSIVE_RULES, required=False)
    exclusive_with = LinesField(label=_("중복 배제 대상"), help_text=_("다른 특례의 ID를 한 줄에 하나씩 씁니다."))
    obligations_ko = LinesField(label=_("지켜야 할 조건"))
    open_points_ko = LinesField(label=_("열린 문제"))
    benefit_parameters = CheckedJSONField(label=_("매개변수"), empty={}, example={"rate": 0.03})
    surtax = CheckedJSONField(
        label=_("농어촌특별세"),
        empty=None,
        example={
            "instrument": "농어촌특별세법",
            "article": "제5조제1항제1호",
            "rate": 0.2,
            "applies_to": "감면·공제세액",
        },
        flaws=flaws_by_schema("incentive", "surtax_on_benefit"),
    )
    application = CheckedJSONField(
        label=_("신청"),
        empty={},
        example={"authority_ko": "과학기술정보통신부장관", "window": "2027-03-10부터", "documents_ko": ["신청서"]},
        flaws=flaws_by_schema("incentive", "application"),
    )
    statutory_clock = CheckedJSONField(
        label=_("법정 기간"),
        empty=None,
        example={"starts_on": "요청을 받은 다음 날", "fire_consent": "P40D", "extension_once_max": "P30D"},
        flaws=flaws_by_schema("incentive", "statutory_clock"),
    )
    bill = CheckedJSONField(
        label=_("법안"),
        empty=None,
        example={"number": None, "sponsor": "…", "proposed_on": "2025-07-21", "status": "…", "outcome": "dropped"},
        flaws=flaws_by_schema("incentive", "bill"),
    )
    legal_basis = CheckedJSONField(
        label=_("근거"),
        empty=[],
        rows=8,
        example=[{"instrument": "조세특례제한법", "kind": "법률", "law_id": "001584", "article": "제24조"}],
        flaws=flaws_by_schema("incentive", "legal_basis"),
    )
    related_duties = CheckedJSONField(
        label=_("관련 의무(법령)"),
        empty=[],
        example=[{"instrument": "도시교통정비 촉진법", "article": "제17조", "duty_ko": "교통영향평가서 심의"}],
        flaws=flaws_by_schema("incentive", "related_rules"),
    )

    class Meta:
        model = Incentive
        fields = "__all__"

    def condition_level(self) -> str:
        return "facility"


class StatusFilter(admin.SimpleListFilter):
    """By the status that follows from the dates today, not by the one that was recorded."""

    title = _("오늘의 상태")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Incentive.Status.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incentive]) -> QuerySet[Incentive]:
        if not self.value():
            return queryset
        today = localdate()
        return queryset.filter(pk__in=[row.pk for row in queryset if row.status_on(today) == self.value()])


@admin.register(Incentive)
class IncentiveAdmin(AuditedAdmin[Incentive]):
    form = IncentiveForm
    list_display = ["title_ko", "kind", "ministry", "status_today", "in_force_from", "expires_on", "confidence"]
    list_select_related = ["ministry"]
    list_filter = ["kind", StatusFilter, "ministry", "confidence"]
    search_fields = ["slug", "title_ko", "title_en", "benefit_ko"]
    search_help_text = _("제목, 혜택, ID로 찾습니다.")
    list_per_page = 70
    autocomplete_fields = ["related_rules"]
    fieldsets = (
        (None, {"fields": ["slug", "title_ko", "title_en", ("kind", "ministry"), "order"]}),
        (_("상태와 기간"), {
            "fields": ["recorded_status", ("in_force_from", "expires_on"), "bill", "replaced_by"],
            "description": _("공포된 제도는 시행일이 오면 저절로 ‘시행 중’이, 마지막 날이 지나면 ‘종료’가 됩니다."),
        }),
        (pgettext_lazy("heading", "대상"), {"fields": ["eligibility", "eligibility_note_ko"]}),
        (_("혜택"), {"fields": [
            "benefit_ko", "benefit_en", "benefit_formula", "benefit_formula_additional", "quantity_formula",
            "quantity_unit", "benefit_parameters", "surtax", "net_note_ko", "tax_mode",
        ]}),
        (_("중복"), {"fields": ["exclusive_rule", "exclusive_with"]}),
        (_("신청과 의무"), {"fields": ["application", "statutory_clock", "obligations_ko"]}),
        (_("근거와 출처"), {"fields": [
            "legal_basis", "related_rules", "related_duties", "open_points_ko", "confidence", "source_note",
        ]}),
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Incentive | None = None) -> list[str]:
        return ["slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Incentive | None = None) -> bool:
        return False

    @admin.display(description=_("오늘의 상태"), ordering="recorded_status")
    def status_today(self, incentive: Incentive) -> str:
        return str(incentive.status_on(localdate()).label)
