"""What the condition field asks while one types: is this a condition, and which facts are there?"""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from registry.conditions import Condition, ConditionError, Kind, Level, parse, sentence
from registry.facilities.fact_models import FactDefinition
from registry.facilities.vocabulary import current_vocabulary
from registry.language import active_language, in_language

AGGREGATES = {"boolean": ["any_of"], "integer": ["sum_of", "max_of"], "number": ["sum_of", "max_of"]}


@require_POST
def check_condition(request: HttpRequest) -> JsonResponse:
    """`{"ok": true, "sentence": …}` or `{"ok": false, "message": …, "position": …, "suggestions": […]}`.

    Positions count UTF-16 units, as browsers do.
    """
    text, level = request.POST.get("text", ""), request.POST.get("level", "")
    kind = request.POST.get("kind", Kind.BOOLEAN.value)
    if kind not in (Kind.BOOLEAN, Kind.NUMBER) or level not in ("", *Level):
        return JsonResponse({"ok": False, "message": _("단위 주체를 먼저 고르십시오."), "position": None}, status=400)
    try:
        condition = parse(text, current_vocabulary(), level=Level(level) if level else None, result=kind)
    except ConditionError as error:
        return JsonResponse(_flaw(error))
    return JsonResponse(_reading(condition))


def _flaw(error: ConditionError) -> dict[str, Any]:
    position = len(error.text[: error.position].encode("utf-16-le")) // 2
    return {
        "ok": False,
        "message": error.describe(active_language()),
        "position": position,
        "suggestions": list(error.suggestions),
    }


def _reading(condition: Condition) -> dict[str, Any]:
    specs = [condition.vocabulary[key] for key in condition.facts]
    return {
        "ok": True,
        "sentence": sentence(condition, active_language()),
        "facts": [{"key": spec.key, "label": in_language(spec, "label"), "unit": spec.unit or ""} for spec in specs],
    }


@require_GET
def list_facts(request: HttpRequest) -> JsonResponse:
    """Every fact with what is needed to choose it, in the order of the entry forms."""
    definitions = FactDefinition.objects.select_related("group")
    return JsonResponse({"facts": [_fact(definition) for definition in definitions]})


def _fact(definition: FactDefinition) -> dict[str, Any]:
    return {
        "key": definition.key,
        "label": in_language(definition, "label"),
        "also": f"{definition.label_ko} {definition.label_en} {' '.join(definition.aliases)}",
        "group": in_language(definition.group, "name"),
        "level": definition.level,
        "level_label": definition.get_level_display(),
        "type": definition.type,
        "unit": definition.unit,
        "derived": bool(definition.derived),
        "aggregates": AGGREGATES.get(definition.type, []),
        "choices": [{"value": row["value"], "label": row.get(active_language(), "")} for row in definition.choices],
    }
