"""Words for what a snapshot holds as slugs, cycles and amounts, in the active language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from compliance.checklists.models import AnswerStatus, Obligation
from compliance.dossiers.contents import JsonValue
from registry.conditions import FactSpec
from registry.models import FactDefinition, Incentive, RuleVersion, User
from registry.rules.wording import deadline_words, penalty_words, recurrence_words, won

_STANDINGS: dict[str, str | Promise] = {
    **dict(AnswerStatus.choices),
    "unanswered": gettext_lazy("미답변"),
    "undetermined": gettext_lazy("판단 불가"),
}
_CHOICES: Mapping[str, Mapping[str, str | Promise]] = {
    "standing": _STANDINGS,
    "outcome": {
        **dict(Obligation.Outcome.choices),
        "eligible": pgettext_lazy("incentive", "대상"),
        "not_eligible": gettext_lazy("비대상"),
    },
    "binding": dict(RuleVersion.Binding.choices),
    "confidence": dict(RuleVersion.Confidence.choices),
    "obligation_kind": dict(RuleVersion.ObligationKind.choices),
    "stage": dict(RuleVersion.Stage.choices),
    "level": dict(FactDefinition.Level.choices),
    "role": dict(User.Role.choices),
    "incentive_kind": dict(Incentive.Kind.choices),
    "incentive_status": dict(Incentive.Status.choices),
    "verdict": {
        "meets": gettext_lazy("한도 준수"),
        "exceeds": gettext_lazy("한도 위반"),
        "unknown": gettext_lazy("판정 없음"),
    },
}


def word_for(slug: str, kind: str) -> str:
    """The label of a slug; an unknown slug stands for itself."""
    return str(_CHOICES[kind].get(slug, slug))


def amount(won_or_none: JsonValue) -> str:
    """`3,000,000원`; a dash for an amount that nobody can know yet."""
    return won(won_or_none) if isinstance(won_or_none, int | float) else "–"


def recurrence(words: JsonValue, specs: Mapping[str, FactSpec]) -> str:
    """`1년마다, 사용승인일부터. 특급은 6개월`."""
    return _with_note(recurrence_words(words, specs), words) if isinstance(words, dict) else ""


def deadline(words: JsonValue) -> str:
    """`선임일부터 14일 안. 특급은 10일`."""
    return _with_note(deadline_words(words), words) if isinstance(words, dict) else ""


def penalty(words: JsonValue) -> str:
    """`과태료 3,000,000원 이하 (소방시설법 제61조제1항제1호)`."""
    if not isinstance(words, dict):
        return ""
    said, basis = penalty_words(words), str(words.get("basis") or "")
    return _with_note(f"{said} ({basis})" if basis else said, words)


def _with_note(text: str, data: Mapping[str, JsonValue]) -> str:
    note = str(data.get("note") or data.get("note_ko") or "")
    return f"{text}. {note}" if note and text else text or note
