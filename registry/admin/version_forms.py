"""Forms of rule versions: the draft itself, its citations, and the questions asked before publishing and closing."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.fields import CheckedJSONField, ChecksField, LinesField
from registry.admin.forms import ConditionForm
from registry.admin.schemas import flaws_by_schema
from registry.admin.widgets import ConditionField
from registry.rules.models import Citation, Rule, RuleVersion

if TYPE_CHECKING:

    class _InlineFormSet(BaseInlineFormSet[Citation, RuleVersion, forms.ModelForm[Citation]]):
        pass

else:
    _InlineFormSet = BaseInlineFormSet

COLUMNS_OF_DRAFT = [
    "title_ko", "title_en", "ministry", "subject", "binding", "obligation_kind", "stages", "condition",
    "applies_note_ko", "requirement_ko", "requirement_en", "thresholds", "measure", "recurrence", "deadline",
    "evidence_ko", "authority_ko", "penalty", "confidence", "condition_confidence", "upcoming", "source_note",
    "note_ko", "source", "effective_from",
]  # fmt: skip


class DraftForm(ConditionForm):
    """Everything a draft says. Its number, status and end are never typed by hand."""

    condition = ConditionField(label=_("적용 조건"))
    stages = ChecksField(label=_("단계"), choices=RuleVersion.Stage.choices)
    evidence_ko = LinesField(label=_("증빙"))
    thresholds = CheckedJSONField(
        label=_("기준값"),
        empty=[],
        example=[{"name": "gross_floor_area_m2", "op": ">=", "value": 33, "unit": "㎡", "is_fact": True}],
        flaws=flaws_by_schema("rule", "thresholds"),
    )
    measure = CheckedJSONField(
        label=_("측정 한도"),
        empty=None,
        example={"name": "pue", "unit": "-", "limit": "<= 1.4", "op": "<=", "value": 1.4},
        flaws=flaws_by_schema("rule", "measure"),
    )
    recurrence = CheckedJSONField(
        label=_("주기"),
        empty=None,
        example={"every": "P1Y", "anchor": "calendar:02-28", "note": "2월 말까지 제출"},
        flaws=flaws_by_schema("rule", "recurrence"),
    )
    deadline = CheckedJSONField(
        label=_("기한"),
        empty=None,
        example={"within": "P30D", "of": "점검 완료"},
        flaws=flaws_by_schema("rule", "deadline"),
    )
    penalty = CheckedJSONField(
        label=_("벌칙"),
        empty=None,
        example={"kind": "과태료", "max_krw": 3000000, "basis": "소방시설법 제61조제1항제1호"},
        flaws=flaws_by_schema("rule", "penalty"),
    )
    upcoming = CheckedJSONField(
        label=_("예정된 변경"),
        empty=[],
        example=[{"on": "2026-07-01", "note_ko": "개정 본문이 시행된다.", "source": "건축법 2026-07-01 시행 본문"}],
        flaws=flaws_by_schema("rule", "upcoming"),
    )

    class Meta:
        model = RuleVersion
        fields = ["rule", *COLUMNS_OF_DRAFT]

    def changes(self) -> dict[str, Any]:
        """The columns as `create_draft` and `update_draft` take them."""
        return {name: self.cleaned_data[name] for name in COLUMNS_OF_DRAFT}


class CitationFormSet(_InlineFormSet):
    """The citations of a draft, in the order of their numbers."""

    def citations(self) -> list[Citation]:
        """Unsaved rows for the actions; what was struck out or left empty is not among them."""
        rows = [form for form in self.forms if form.cleaned_data.get("statute") and not form.cleaned_data.get("DELETE")]
        rows.sort(key=lambda form: form.cleaned_data.get("order") or 0)
        return [form.instance for form in rows]


class NextDraftForm(forms.Form):
    """Where the next version begins; it may be left open and said when publishing."""

    effective_from = forms.DateField(
        label=_("시행일"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("모르면 비웁니다."),
    )


class PublishForm(forms.Form):
    """The first day on which the draft binds."""

    effective_from = forms.DateField(label=_("시행일"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, rule: Rule, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = RuleVersion.objects.published().filter(rule=rule).exclude(number=number).exists()
        if not self.earlier:
            self.fields["effective_from"].help_text = gettext("첫 판은 시작일을 모르면 비울 수 있습니다.")

    def clean_effective_from(self) -> Any:
        starts = self.cleaned_data["effective_from"]
        if starts is None and self.earlier:
            raise forms.ValidationError(gettext("앞선 판이 있으므로 시행일을 적어야 합니다."))
        return starts


class CloseForm(forms.Form):
    """The end of the open version."""

    effective_until = forms.DateField(
        label=_("실효일"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("의무가 더는 적용되지 않는 첫날입니다. 마감은 되돌릴 수 없습니다."),
    )
