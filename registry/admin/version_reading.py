"""How a version is read by those who cannot change it: lists as lines, JSON as pairs, the condition as a sentence."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registry.conditions import ConditionError, sentence
from registry.facilities.vocabulary import current_vocabulary
from registry.language import active_language
from registry.rules.assessment import condition_of
from registry.rules.models import RuleVersion

# Column -> what stands in its place.
READABLE = {
    "stages": "stages_text",
    "evidence_ko": "evidence_text",
    "condition": "condition_text",
    "thresholds": "thresholds_text",
    "measure": "measure_text",
    "recurrence": "recurrence_text",
    "deadline": "deadline_text",
    "penalty": "penalty_text",
    "upcoming": "upcoming_text",
}


def readable(fields: Iterable[Any]) -> list[Any]:
    return [READABLE.get(name, name) if isinstance(name, str) else name for name in fields]


def lines(values: Iterable[object]) -> SafeString | str:
    rows = format_html_join("", "<li>{}</li>", ((value,) for value in values))
    return format_html('<ul class="lines">{}</ul>', rows) if rows else "-"


def pairs(value: Any) -> SafeString | str:
    """A JSON object, or a list of them, as names and values."""
    objects = value if isinstance(value, list) else [value] if value else []
    return lines(format_html_join("", '<span class="datum"><code>{}</code> {}</span>', row.items()) for row in objects)


def confidence_mark(confidence: str) -> SafeString:
    """How sure the text is, in a colour and in words."""
    return format_html('<span class="mark mark--{}">{}</span>', confidence, RuleVersion.Confidence(confidence).label)


class ReadableVersion:
    """The readable forms, mixed into the admin page of versions."""

    @admin.display(description=_("단계"))
    def stages_text(self, version: RuleVersion) -> str:
        return ", ".join(str(RuleVersion.Stage(stage).label) for stage in version.stages) or "-"

    @admin.display(description=_("증빙"))
    def evidence_text(self, version: RuleVersion) -> str:
        return lines(version.evidence_ko)

    @admin.display(description=_("적용 조건"))
    def condition_text(self, version: RuleVersion) -> str:
        try:
            said = sentence(condition_of(version, current_vocabulary()), active_language())
        except ConditionError as error:
            said = error.describe(active_language())
        return format_html("<code>{}</code><br>{}", version.condition, said)

    @admin.display(description=_("기준값"))
    def thresholds_text(self, version: RuleVersion) -> str:
        return pairs(version.thresholds)

    @admin.display(description=_("측정 한도"))
    def measure_text(self, version: RuleVersion) -> str:
        return pairs(version.measure)

    @admin.display(description=_("주기"))
    def recurrence_text(self, version: RuleVersion) -> str:
        return pairs(version.recurrence)

    @admin.display(description=_("기한"))
    def deadline_text(self, version: RuleVersion) -> str:
        return pairs(version.deadline)

    @admin.display(description=_("벌칙"))
    def penalty_text(self, version: RuleVersion) -> str:
        return pairs(version.penalty)

    @admin.display(description=_("예정된 변경"))
    def upcoming_text(self, version: RuleVersion) -> str:
        return pairs(version.upcoming)
