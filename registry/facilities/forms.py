"""Forms of sites, buildings and facts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.facilities.fact_models import FactDefinition, FactValue
from registry.facilities.facts import Facts, FactScalar, typed_value
from registry.facilities.fields import fact_field
from registry.facilities.models import Building, Facility, Operator
from registry.people.models import User

PREFIX = "fact-"


class FactForm(forms.Form):
    """Any subset of a section's facts, with the day they hold from and where they were taken from.

    Withdrawing a recorded value (emptying its field) has to be confirmed: a slip must not turn a known fact into an
    unknown one.
    """

    valid_from = forms.DateField(
        label=gettext_lazy("기준일"),
        help_text=gettext_lazy("이 날부터 맞는 값으로 기록합니다."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    source_note = forms.CharField(
        label=gettext_lazy("근거"),
        help_text=gettext_lazy("예: 건축물대장 2026-03, 수전 계약서"),
        max_length=300,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    confirm_withdrawal = forms.BooleanField(required=False)

    def __init__(
        self, definitions: Iterable[FactDefinition], known: Facts, *, on: date, seen: int, name: str, data: Any = None
    ) -> None:
        initial = {"valid_from": on, "seen": seen}
        super().__init__(data, initial=initial, auto_id=f"{name.replace(':', '-')}-%s")
        self.known = known
        self.definitions = {row.key: row for row in definitions}
        for key, definition in self.definitions.items():
            self.fields[PREFIX + key] = fact_field(definition, known.get(key))

    def fact(self, key: str) -> forms.BoundField:
        return self[PREFIX + key]

    def touched(self) -> set[str]:
        """Keys of the facts whose field no longer says what it said when the page was shown."""
        return {name.removeprefix(PREFIX) for name in self.changed_data if name.startswith(PREFIX)}

    def changes(self) -> dict[str, FactScalar]:
        """What is to be recorded: touched facts whose value differs from what is known."""
        values = {key: self.cleaned_data.get(PREFIX + key) for key in self.definitions if key in self.touched()}
        return {key: value for key, value in values.items() if value != self.known.get(key)}

    def withdrawals(self) -> list[FactDefinition]:
        """Recorded facts that this would make unknown."""
        return [self.definitions[key] for key, value in self.changes().items() if value is None]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and self.withdrawals() and not self.cleaned_data["confirm_withdrawal"]:
            raise ValidationError(_("지우려는 값을 확인하십시오."), code="unconfirmed_withdrawal")
        return cleaned

    @property
    def asks_to_confirm(self) -> bool:
        return self.has_error("__all__", "unconfirmed_withdrawal")


def merged_with(newer: Iterable[FactValue], data: Mapping[str, Any], touched: set[str], seen: int) -> dict[str, Any]:
    """What was posted, moved onto what others recorded meanwhile: their values where the author changed nothing."""
    merged = {name: data[name] for name in data}
    merged["seen"] = str(seen)
    for row in newer:
        name = PREFIX + row.definition.key
        value = typed_value(row.definition, row.value)
        shown = fact_field(row.definition, None).prepare_value("" if value is None else value)
        merged[f"initial-{name}"] = shown
        if row.definition.key not in touched:
            merged[name] = shown
    return merged


class FacilityForm(forms.Form):
    """A new site."""

    operator = forms.ModelChoiceField(Operator.objects.none(), label=gettext_lazy("사업자"))
    name_ko = forms.CharField(label=gettext_lazy("이름"), max_length=150)
    name_en = forms.CharField(
        label=gettext_lazy("영문 이름"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("주소(URL)에 쓰입니다. 예: Sejong Campus"),
    )
    buildings = forms.CharField(
        label=gettext_lazy("건축물(동)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        initial=gettext_lazy("본관"),
        help_text=gettext_lazy("한 줄에 한 동씩. 소방·건축 의무는 동마다 판단합니다. 나중에 더할 수 있습니다."),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        if user.is_manager:
            del self.fields["operator"]
        else:
            self.fields["operator"].queryset = Operator.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean_buildings(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["buildings"].splitlines() if line.strip()]
        if len(names) != len(set(names)):
            raise ValidationError(_("같은 이름의 동이 있습니다. 동마다 다른 이름을 쓰십시오."))
        if any(len(name) > 100 for name in names):
            raise ValidationError(_("동 이름은 100자까지 쓸 수 있습니다."))
        return names


class BuildingForm(forms.Form):
    """The name of a building, free on its site."""

    name = forms.CharField(label=gettext_lazy("동 이름"), max_length=100)

    def __init__(self, facility: Facility, building: Building | None = None, data: Any = None) -> None:
        super().__init__(data, initial={"name": building.name} if building else None)
        self.facility, self.building = facility, building

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.facility.buildings.filter(name=name)
        if others.exclude(pk=self.building.pk if self.building else 0).exists():
            raise ValidationError(_("이 데이터센터에 같은 이름의 동이 있습니다. 다른 이름을 쓰십시오."))
        return name
