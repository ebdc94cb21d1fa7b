"""The condition field: a text area that static/ilwon/admin.js brings to life."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from registry.conditions import Kind


class ConditionWidget(forms.Textarea):
    """Checked while one types, with the facts at hand. Without a script it is a text area that the server checks.

    `level` fixes the subject; without it the script reads the form's own `subject` field.
    """

    template_name = "admin/widgets/condition.html"

    class Media:
        css = {"all": ["ilwon/admin.css"]}
        js = ["ilwon/admin.js"]

    def __init__(self, *, kind: Kind = Kind.BOOLEAN, level: str = "") -> None:
        attrs = {"rows": 3, "cols": 100, "spellcheck": "false", "autocapitalize": "off", "class": "condition__text"}
        super().__init__(attrs)
        self.kind, self.level = kind, level

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["condition"] = {
            "kind": self.kind.value,
            "level": self.level,
            "check_url": reverse_lazy("admin:condition-check"),
            "facts_url": reverse_lazy("admin:condition-facts"),
        }
        return context

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """By the project's own templates; Django's form renderer knows only those of installed apps."""
        return mark_safe(render_to_string(self.template_name, self.get_context(name, value, attrs)))


class ConditionField(forms.CharField):
    """Text of a condition or formula. Whether it can be read is asked by the form, which knows the subject."""

    def __init__(self, *, kind: Kind = Kind.BOOLEAN, level: str = "", **kwargs: Any) -> None:
        if kind is Kind.BOOLEAN:
            kwargs.setdefault(
                "help_text", _("항상 적용되면 true라고 씁니다. 입력되지 않은 제원은 ‘판단 불가’가 됩니다.")
            )
        super().__init__(widget=ConditionWidget(kind=kind, level=level), **kwargs)
        self.kind = kind
