"""What people type into the pages of a review."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compliance.checklists.commitment_actions import Duty
from compliance.checklists.evidence_models import Evidence
from compliance.checklists.models import AnswerStatus, Obligation
from compliance.reviews.models import Finding, Review
from compliance.reviews.parts import RECONFIRM, UNANSWERED, LineFilter
from compliance.reviews.states import Waiting


def offered_evidence(operator_id: int) -> QuerySet[Evidence]:
    """The documents that an operator may show with a reply."""
    return Evidence.objects.filter(operator=operator_id, withdrawn_at=None)


_TEXT = forms.Textarea(attrs={"rows": 3})
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _search(placeholder: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"type": "search", "placeholder": placeholder})


class FindingForm(forms.Form):
    """A question about one obligation or about the ministry's whole part."""

    kind = forms.ChoiceField(label=_("종류"), choices=Finding.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("내용"), widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}))
    documents = forms.CharField(
        label=_("요청 서류"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("보완할 때 낼 서류를 한 줄에 하나씩 적습니다."),
    )
    due_on = forms.DateField(
        label=_("기한"), required=False, widget=_DAY, help_text=_("보완 요구에는 반드시 있어야 합니다.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Finding.Kind.SUPPLEMENT and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("보완 요구에는 기한이 있어야 합니다. 기한을 정하십시오."))
        return cleaned


class MessageForm(forms.Form):
    """A turn in the thread of a finding."""

    text = forms.CharField(label=_("내용"), widget=_TEXT)


class ReplyForm(MessageForm):
    """The operator's answer: words, and documents of his or a new one."""

    evidence = forms.ModelMultipleChoiceField(
        label=_("보관 중인 증빙"), queryset=Evidence.objects.none(), required=False
    )
    file = forms.FileField(label=_("새 파일"), required=False)

    def __init__(self, *args: Any, operator_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = offered_evidence(operator_id)


class ExtendForm(forms.Form):
    """More time for one finding."""

    due_on = forms.DateField(label=_("새 기한"), widget=_DAY)
    reason = forms.CharField(label=_("연장 사유"), widget=_TEXT)


class ResolveForm(forms.Form):
    text = forms.CharField(label=_("맺음말"), required=False, widget=_TEXT)


class ReopenForm(MessageForm):
    due_on = forms.DateField(label=_("새 기한"), required=False, widget=_DAY)


class DecisionForm(forms.Form):
    """The decision of one ministry; `row_version` is what the officer looked at. Each condition has its due date."""

    CONDITIONS = 4

    decision = forms.ChoiceField(label=_("결정"), choices=Review.Decision.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("사유"), required=False, widget=_TEXT, help_text=_("반려일 때는 반드시 적습니다."))
    confirmed = forms.BooleanField(
        label=_("결정은 되돌릴 수 없고 사업자에게 바로 보입니다. 내용을 확인했습니다."),
        error_messages={"required": _("확인란에 표시해야 결정할 수 있습니다.")},
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, self.CONDITIONS + 1):
            words = forms.CharField(label=_("조건 %(number)s") % {"number": number}, required=False)
            self.fields[f"condition_{number}"] = words
            self.fields[f"condition_{number}_due_on"] = forms.DateField(label=_("기한"), required=False, widget=_DAY)

    @property
    def condition_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[name], self[f"{name}_due_on"]) for name in self._condition_names]

    @property
    def _condition_names(self) -> list[str]:
        return [f"condition_{number}" for number in range(1, self.CONDITIONS + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision = cleaned.get("decision")
        if decision == Review.Decision.CONDITIONAL:
            self._clean_conditions(cleaned)
        if decision == Review.Decision.RETURNED and not cleaned.get("reason"):
            self.add_error("reason", _("반려에는 사유를 적어야 합니다."))
        return cleaned

    def _clean_conditions(self, cleaned: dict[str, Any]) -> None:
        if not any(cleaned.get(name) for name in self._condition_names):
            self.add_error("condition_1", _("조건부 수리에는 조건을 적어야 합니다."))
        for name in self._condition_names:
            due = f"{name}_due_on"
            if cleaned.get(name) and not cleaned.get(due) and due not in self.errors:
                self.add_error(due, _("조건마다 이행할 기한이 있어야 합니다."))

    def wish(self) -> dict[str, Any]:
        """What `decide` takes."""
        given = self.cleaned_data
        duties = [Duty(given[name], given[f"{name}_due_on"]) for name in self._condition_names if given[name]]
        is_conditional = given["decision"] == Review.Decision.CONDITIONAL
        return {
            "decision": given["decision"],
            "reason": given["reason"],
            "conditions": duties if is_conditional else (),
            "row_version": given["row_version"],
        }


class ReviewFilterForm(forms.Form):
    """The filters above the list of reviews."""

    OPEN, CLOSED, ALL = "open", "closed", "all"

    q = forms.CharField(
        label=_("검색"),
        required=False,
        widget=_search(_("번호, 데이터센터")),
    )
    show = forms.ChoiceField(
        label=_("상태"), required=False, choices=[(OPEN, _("진행 중")), (CLOSED, _("끝난 검토")), (ALL, _("전체"))]
    )
    waiting = forms.ChoiceField(
        label=pgettext_lazy("whose turn", "차례"),
        required=False,
        choices=[("", _("모두")), (Waiting.MINISTRY.value, _("부처")), (Waiting.MANAGER.value, _("사업자"))],
    )


class LineFilterForm(forms.Form):
    """The filters above the obligations of a review."""

    q = forms.CharField(
        label=_("검색"),
        required=False,
        widget=_search(_("제목, 조문")),
    )
    status = forms.ChoiceField(
        label=_("답변"),
        required=False,
        choices=[("", _("모두")), (UNANSWERED, _("답변 없음")), *AnswerStatus.choices, (RECONFIRM, _("재확인 필요"))],
    )
    outcome = forms.ChoiceField(
        label=_("적용 여부"), required=False, choices=[("", _("모두")), *Obligation.Outcome.choices[:2]]
    )
    findings = forms.BooleanField(label=_("지적이 있는 의무만"), required=False)

    def line_filter(self) -> LineFilter:
        """The wish in the query; what it does not say, or says wrongly, does not filter."""
        self.is_valid()
        wish = self.cleaned_data
        return LineFilter(
            outcome=wish.get("outcome", ""),
            status=wish.get("status", ""),
            words=wish.get("q", ""),
            with_findings=wish.get("findings", False),
        )
