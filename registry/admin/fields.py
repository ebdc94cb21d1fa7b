"""Form fields for the JSON columns of the law: check boxes, lines, and JSON that is checked before it is kept."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

Example = dict[str, Any] | list[Any]


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, *, required: bool = False, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("한 줄에 하나씩 씁니다."))
        widget = forms.Textarea(attrs={"rows": rows, "cols": 90})
        super().__init__(required=required, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        text = value if isinstance(value, str) else "\n".join(value or [])
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class ChecksField(forms.MultipleChoiceField):
    """A list of slugs, ticked in the order in which the choices stand."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        order = [slug for slug, _label in list(self.choices)]  # type: ignore[arg-type]  # iterable, say the docs
        return sorted(chosen, key=order.index)


class CheckedJSONField(forms.JSONField):
    """JSON as text, with an example to write after; `flaws` says what is wrong with a value."""

    def __init__(
        self,
        *,
        example: Example,
        empty: Any,
        flaws: Callable[[Any], Iterable[str]] = lambda value: (),
        rows: int = 4,
        **kwargs: Any,
    ) -> None:
        self.empty, self.flaws = empty, flaws
        widget = forms.Textarea(attrs={"rows": rows, "cols": 90, "class": "json", "spellcheck": "false"})
        kwargs.setdefault("help_text", _("예: %(example)s") % {"example": json.dumps(example, ensure_ascii=False)})
        super().__init__(required=False, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, forms.fields.InvalidJSONInput):
            return value
        return "" if value in (None, [], {}) else json.dumps(value, ensure_ascii=False, indent=2)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                json.loads(value or "null")
            except ValueError as error:
                raise ValidationError(_("JSON으로 읽을 수 없습니다: %(reason)s") % {"reason": error}) from None
        known = super().to_python(value)
        return self.empty if known in (None, [], {}) else known

    def validate(self, value: Any) -> None:
        if value != self.empty and (flaws := list(self.flaws(value))):
            raise ValidationError(flaws)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or self.empty) != self.to_python(data))
        except ValidationError:
            return True
