"""What people type about on-site inspections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.reviews.inspection_actions import Plan
from compliance.reviews.inspection_models import Inspection
from compliance.reviews.models import Finding

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_SHORT = forms.Textarea(attrs={"rows": 2})
_ONE_PER_LINE = _("한 줄에 한 사람씩 소속과 성명을 적습니다.")


class PlanForm(forms.Form):
    planned_on = forms.DateField(label=_("점검일"), widget=_DAY)
    place = forms.CharField(label=_("장소"), max_length=200)
    purpose = forms.CharField(label=_("점검 내용"), widget=_SHORT)
    officers = forms.CharField(label=_("부처 참석자"), widget=_SHORT, help_text=_ONE_PER_LINE)
    hosts = forms.CharField(label=_("사업자 참석자"), widget=_SHORT, required=False, help_text=_ONE_PER_LINE)

    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class RecordForm(forms.Form):
    """What was found on site."""

    held_on = forms.DateField(label=_("실시일"), widget=_DAY)
    officers = forms.CharField(label=_("부처 참석자"), widget=_SHORT, help_text=_ONE_PER_LINE)
    hosts = forms.CharField(label=_("사업자 참석자"), widget=_SHORT, help_text=_ONE_PER_LINE)
    result = forms.CharField(label=_("점검 결과"), widget=forms.Textarea(attrs={"rows": 5}))
    findings = forms.ModelMultipleChoiceField(
        label=_("이 점검에서 나온 지적"),
        queryset=Finding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, inspection: Inspection) -> None:
        given = {name: getattr(inspection, name) for name in ("officers", "hosts", "result")}
        day = inspection.held_on or inspection.planned_on
        super().__init__(data, initial={**given, "held_on": day, "findings": inspection.findings.all()})
        field = self.fields["findings"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = inspection.review.findings.all()


class PhotoForm(forms.Form):
    file = forms.FileField(label=_("사진"), widget=forms.ClearableFileInput(attrs={"accept": "image/*"}))


class SignatureForm(forms.Form):
    name = forms.CharField(label=_("성명"), max_length=100)
