"""One form field per fact: what may be typed, in the reader's language, and what comes of it.

Empty always means "not recorded". Each field carries its first value along, so that only what was changed is recorded.
"""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.facilities.fact_models import FactDefinition
from registry.language import active_language, in_language


class NumberFactField(forms.CharField):
    """A number as people write it: `45,000` and `0.35` are fine, `four` is not."""

    def __init__(self, definition: FactDefinition, **kwargs: Any) -> None:
        self.definition = definition
        mode = "numeric" if definition.type == "integer" else "decimal"
        widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off", "class": "num"})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = str(value if value is not None else "").replace(",", "").replace(" ", "")
        if not text:
            return None
        number = self._number(text)
        if self.definition.type == "integer" and number != int(number):
            raise ValidationError(_("정수로 적으십시오. 소수점 아래는 쓸 수 없습니다."))
        self._check_bounds(number)
        return int(number) if number == int(number) else float(number)

    def _number(self, text: str) -> Decimal:
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValidationError(_("숫자로 적으십시오. 예: 45,000")) from None
        if not number.is_finite() or abs(number) >= Decimal("1e18"):
            raise ValidationError(_("쓸 수 있는 숫자가 아닙니다."))
        return number

    def _check_bounds(self, number: Decimal) -> None:
        low, high = self.definition.minimum, self.definition.maximum
        if low is not None and number < Decimal(repr(low)):
            raise ValidationError(_("%(limit)s 이상이어야 합니다.") % {"limit": grouped(low)})
        if high is not None and number > Decimal(repr(high)):
            raise ValidationError(_("%(limit)s 이하여야 합니다.") % {"limit": grouped(high)})

    def prepare_value(self, value: Any) -> Any:
        return grouped(value) if isinstance(value, int | float) else value


def grouped(number: float) -> str:
    """`45,000` or `0.35`: without an exponent and without rounding."""
    decimal = Decimal(repr(number))
    return f"{int(decimal):,}" if decimal == int(decimal) else f"{decimal:,f}"


class YesNoFactField(forms.ChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [
            ("true", gettext_lazy("예")),
            ("false", gettext_lazy("아니요")),
            ("", gettext_lazy("모름")),
        ]
        super().__init__(choices=choices, widget=forms.RadioSelect, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, bool):
            return value
        return {"": None, "None": None, "true": True, "false": False}.get(str(value), value)

    def validate(self, value: Any) -> None:
        if not (value is None or isinstance(value, bool)):
            raise ValidationError(_("예, 아니요, 모름 가운데 고르십시오."))

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false", None: ""}.get(value, value)


class ChoiceFactField(forms.ChoiceField):
    """One of the choices of the catalogue, in the reader's language."""

    def __init__(self, definition: FactDefinition, **kwargs: Any) -> None:
        language = active_language()
        choices = [("", _("기록 없음")), *((row["value"], row[language] or row["ko"]) for row in definition.choices)]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value: Any) -> Any:
        return super().clean(value) or None


class DateFactField(forms.DateField):
    """A day, picked or typed as 2026-11-24."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


class TextFactField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, empty_value=None, **kwargs)


def fact_field(definition: FactDefinition, initial: object) -> forms.Field:
    """The field for this fact, optional and aware of its first value."""
    kinds: dict[str, Callable[..., forms.Field]] = {
        "number": lambda **kw: NumberFactField(definition, **kw),
        "integer": lambda **kw: NumberFactField(definition, **kw),
        "boolean": YesNoFactField,
        "choice": lambda **kw: ChoiceFactField(definition, **kw),
        "date": DateFactField,
    }
    return kinds.get(definition.type, TextFactField)(
        label=in_language(definition, "label"),
        help_text=definition.help_ko,
        required=False,
        initial=initial,
        show_hidden_initial=True,
    )
