"""Forms of answers, evidence and occurrences."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from compliance.checklists.actions import Entry
from compliance.checklists.evidence_actions import Description
from compliance.checklists.evidence_files import EXTENSIONS
from compliance.checklists.evidence_models import Evidence
from compliance.checklists.measures import Limit
from compliance.checklists.models import Answer, AnswerStatus

MEASURED = "measured-"


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AnswerForm(forms.Form):
    """What a manager says of an item or of one obligation; one number field per measured quantity."""

    status = forms.ChoiceField(label=_("상태"), choices=AnswerStatus.choices, widget=forms.RadioSelect)
    justification = forms.CharField(
        label=_("해당 없음 사유"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("‘해당 없음’일 때만 적습니다. 왜 우리에게 해당하지 않는지 밝힙니다."),
    )
    note = forms.CharField(label=_("설명"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    responsible = forms.CharField(label=_("담당자"), required=False, max_length=100)
    target_date = forms.DateField(label=_("목표일"), required=False, widget=day_input())
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        limits: Iterable[Limit] = (),
        answer: Answer | None = None,
        row_version: int = 0,
        name: str = "answer",
    ) -> None:
        measured: Mapping[str, Any] = answer.measured if answer else {}
        initial = {"row_version": row_version, **(vars(Entry.again(answer)) if answer else {})}
        initial |= {MEASURED + key: value for key, value in measured.items()}
        super().__init__(data, initial=initial, auto_id=f"{name}-%s")
        self.limits = {limit.name: limit for limit in limits}
        for key in self.limits:
            number = forms.FloatField(required=False, widget=forms.NumberInput(attrs={"step": "any"}))
            self.fields[MEASURED + key] = number

    def measured_fields(self) -> list[tuple[Limit, forms.BoundField]]:
        return [(limit, self[MEASURED + key]) for key, limit in self.limits.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "status" in cleaned:
            try:
                self._entry(cleaned).check()
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    @property
    def entry(self) -> Entry:
        return self._entry(self.cleaned_data)

    def _entry(self, cleaned: Mapping[str, Any]) -> Entry:
        measured = {key: cleaned.get(MEASURED + key) for key in self.limits}
        return Entry(
            status=cleaned["status"],
            note=cleaned.get("note", ""),
            justification=cleaned.get("justification", ""),
            measured={key: value for key, value in measured.items() if value is not None},
            responsible=cleaned.get("responsible", ""),
            target_date=cleaned.get("target_date"),
        )


class RowVersionForm(forms.Form):
    """The row version that a button was shown for."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class SeveralFilesField(forms.FileField):
    """One or more files; empty ones are judged with all others, so that each bad file has one clear error."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in files if file is not None]


class EvidenceForm(forms.Form):
    """Files with what is said of them. The camera has a field of its own, since `capture` rules out documents."""

    uploads = SeveralFilesField(
        label=_("파일"), required=False, widget=SeveralFilesInput(attrs={"accept": ",".join(EXTENSIONS)})
    )
    photos = SeveralFilesField(
        label=_("사진 찍기"),
        required=False,
        widget=SeveralFilesInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    title = forms.CharField(label=_("제목"), required=False, max_length=200, help_text=_("비우면 파일 이름을 씁니다."))
    valid_from = forms.DateField(label=_("유효 시작"), required=False, widget=day_input())
    valid_until = forms.DateField(label=_("유효 끝"), required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            Description(valid_from=cleaned.get("valid_from"), valid_until=cleaned.get("valid_until")).check()
        except ValidationError as error:
            self.add_error("valid_until", error)
        if not (cleaned.get("uploads") or cleaned.get("photos")):
            self.add_error("uploads", _("파일을 고르십시오."))
        return cleaned

    @property
    def chosen(self) -> "list[UploadedFile[bytes]]":
        return [*self.cleaned_data["uploads"], *self.cleaned_data["photos"]]

    @property
    def about(self) -> Description:
        cleaned = self.cleaned_data
        return Description(title=cleaned["title"], valid_from=cleaned["valid_from"], valid_until=cleaned["valid_until"])


class LinkForm(forms.Form):
    """A document that is there already."""

    evidence = forms.ModelChoiceField(label=_("이미 올린 증빙"), queryset=Evidence.objects.none())

    def __init__(self, data: Any = None, *, offered: Any) -> None:
        super().__init__(data, auto_id="link-%s")
        field = self.fields["evidence"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = offered


class CompletionForm(forms.Form):
    """That something recurring was done."""

    done_on = forms.DateField(label=_("완료일"), widget=day_input())
    note = forms.CharField(label=_("설명"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.ModelChoiceField(label=_("증빙"), queryset=Evidence.objects.none(), required=False)

    def __init__(self, data: Any = None, *, on: date, offered: Any) -> None:
        super().__init__(data, initial={"done_on": on})
        field = self.fields["evidence"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = offered
        self.fields["done_on"].widget.attrs["max"] = on.isoformat()
