"""Fact definitions. What a fact is called may change; what it means may not, once somebody relies on it."""

import re
from collections.abc import Iterator
from copy import copy
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.audited import AuditedAdmin
from registry.admin.fields import CheckedJSONField, LinesField
from registry.admin.forms import AdminForm
from registry.admin.schemas import flaws_by_schema
from registry.admin.widgets import ConditionWidget
from registry.conditions import ConditionError, FactType, Kind, Level, Vocabulary, VocabularyError, parse
from registry.facilities.fact_models import FactDefinition, FactGroup
from registry.facilities.vocabulary import spec_of
from registry.incentives.models import Incentive
from registry.language import active_language
from registry.rules.models import RuleVersion

FORMULAS = ("eligibility", "benefit_formula", "benefit_formula_additional", "quantity_formula")
TYPE_NAMES = {
    FactType.BOOLEAN: _("예/아니요"),
    FactType.INTEGER: _("정수"),
    FactType.NUMBER: _("수"),
    FactType.TEXT: _("글"),
    FactType.CHOICE: _("선택"),
    FactType.DATE: _("날짜"),
}


def is_used(definition: FactDefinition) -> bool:
    """Whether a value is recorded, or a condition or formula names the fact."""
    if definition.values.exists():
        return True
    key = definition.key
    named = re.compile(rf"\b{re.escape(key)}\b")
    return any(named.search(text) for text in _texts_with(key))


def _texts_with(key: str) -> Iterator[str]:
    yield from RuleVersion.objects.filter(condition__contains=key).values_list("condition", flat=True)
    yield from FactDefinition.objects.filter(derived__contains=key).values_list("derived", flat=True)
    wanted = Q()
    for name in FORMULAS:
        wanted |= Q(**{f"{name}__contains": key})
    for row in Incentive.objects.filter(wanted).values_list(*FORMULAS):
        yield from row


class FactForm(AdminForm):
    """The definition is tried out before it is saved: with it, every condition must still be readable."""

    type = forms.ChoiceField(label=_("형식"), choices=[(kind.value, name) for kind, name in TYPE_NAMES.items()])
    derived = forms.CharField(label=_("계산식"), required=False, widget=ConditionWidget(kind=Kind.NUMBER))
    aliases = LinesField(label=_("다른 이름"), rows=2)
    choices = CheckedJSONField(
        label=_("선택지"),
        empty=[],
        rows=6,
        example=[{"value": "owned", "ko": "자가", "en": "Owned"}],
        flaws=flaws_by_schema("fact", "choices"),
    )

    class Meta:
        model = FactDefinition
        fields = [
            "key", "level", "type", "unit", "label_ko", "label_en", "help_ko", "group", "order", "choices", "minimum",
            "maximum", "derived", "used_for", "aliases",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors:
            for name, flaw in self._flaws():
                self.add_error(name if name in self.fields else None, flaw)
        return cleaned

    def _flaws(self) -> Iterator[tuple[str, str]]:
        candidate = copy(self.instance)
        for name, value in self.cleaned_data.items():
            setattr(candidate, name, value)
        others = FactDefinition.objects.exclude(pk=self.instance.pk)
        try:
            vocabulary = Vocabulary(spec_of(row) for row in [*others, candidate])
        except VocabularyError as error:
            yield ("derived" if candidate.derived else "choices"), str(error)
            return
        for slug, reason in _broken_conditions(candidate.key, vocabulary):
            names = {"rule": slug, "reason": reason}
            yield "choices", gettext("이렇게 바꾸면 의무 %(rule)s의 조건을 읽을 수 없습니다: %(reason)s") % names


def _broken_conditions(key: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for version in RuleVersion.objects.published().filter(condition__contains=key).select_related("rule"):
        try:
            parse(version.condition, vocabulary, level=Level(version.subject), result="boolean")
        except ConditionError as error:
            yield version.rule.slug, error.describe(active_language())


@admin.register(FactGroup)
class FactGroupAdmin(AuditedAdmin[FactGroup]):
    list_display = ["name_ko", "name_en", "slug", "order"]
    fields = ["slug", "name_ko", "name_en", "order"]


@admin.register(FactDefinition)
class FactDefinitionAdmin(AuditedAdmin[FactDefinition]):
    form = FactForm
    list_display = ["key", "label_ko", "level", "kind_of_value", "unit", "group", "is_derived"]
    list_display_links = ["key", "label_ko"]
    list_select_related = ["group"]
    list_filter = ["level", "type", "group"]
    search_fields = ["key", "label_ko", "label_en", "help_ko"]
    search_help_text = _("키, 이름, 도움말로 찾습니다.")
    list_per_page = 100
    fieldsets = (
        (None, {"fields": ["key", ("level", "type", "unit"), ("group", "order")]}),
        (_("이름과 도움말"), {"fields": ["label_ko", "label_en", "help_ko", "aliases", "used_for"]}),
        (_("값"), {"fields": ["choices", ("minimum", "maximum"), "derived"]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[FactDefinition]:
        return super().get_queryset(request).select_related("group")

    def get_readonly_fields(self, request: HttpRequest, obj: FactDefinition | None = None) -> list[str]:
        return ["key", "level", "type"] if obj and is_used(obj) else []

    def has_delete_permission(self, request: HttpRequest, obj: FactDefinition | None = None) -> bool:
        return self.may_edit(request) and (obj is None or not is_used(obj))

    @admin.display(description=_("형식"), ordering="type")
    def kind_of_value(self, definition: FactDefinition) -> str:
        return str(TYPE_NAMES[FactType(definition.type)])

    @admin.display(description=_("파생"), ordering="derived")
    def is_derived(self, definition: FactDefinition) -> str:
        return str(_("파생")) if definition.derived else ""
