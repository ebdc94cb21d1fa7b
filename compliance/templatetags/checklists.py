"""Template filters of the checklist: law in words, states and numbers."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.checklists.measures import Judgement
from compliance.checklists.models import AnswerStatus
from registry.language import active_language
from registry.models import RuleVersion
from registry.rules import wording

register = template.Library()

register.filter("recurrence_in_words", wording.recurrence_words)
register.filter("deadline_in_words", wording.deadline_words)
register.filter("penalty_in_words", wording.penalty_words)

_STATES: dict[str, str | Promise] = {
    **dict(AnswerStatus.choices),
    "": _("미답변"),
    "unanswered": _("미답변"),
    "reconfirm": _("재확인 필요"),
    "undetermined": _("판단 불가"),
}
_JUDGEMENTS: dict[str, str | Promise] = {
    Judgement.MEETS: _("한도 준수"),
    Judgement.EXCEEDS: _("한도 위반"),
    Judgement.UNKNOWN: _("측정값 없음"),
}
_SIGNS = {"<=": "≤", ">=": "≥", "==": "=", "<": "<", ">": ">"}


@register.filter
def state_label(state: str) -> str:
    """The label of an answer's status or of a state of `statistics.STATES`."""
    return str(_STATES.get(state, state))


@register.filter
def judgement_label(judgement: str) -> str:
    return str(_JUDGEMENTS.get(judgement, judgement))


@register.filter
def sign(op: str) -> str:
    """`<=` as `≤`."""
    return _SIGNS.get(op, op)


@register.filter
def figure(number: float) -> str:
    """A limit or a measured value without needless digits: 45, 12.2."""
    return f"{number:g}" if abs(number) < 1_000_000 else f"{number:,.0f}"


@register.filter
def confidence_label(slug: str) -> str:
    return str(dict(RuleVersion.Confidence.choices).get(slug, slug))


@register.filter
def trace_line(node: dict[str, str]) -> str:
    """The line of a stored trace in the active language."""
    return node.get(active_language()) or node.get("ko") or ""


@register.filter
def stage_label(slug: str) -> str:
    return str(dict(RuleVersion.Stage.choices).get(slug, slug))
