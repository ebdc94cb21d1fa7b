"""Words for what a snapshot holds as slugs, cycles and amounts, in the active language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from compliance.checklists.models import AnswerStatus, Obligation
from compliance.dossiers.contents import JsonValue
from compliance.dossiers.round_contents import RoundChange
from registry.conditions import FactSpec
from registry.language import in_language
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
    "change": {
        "appeared": gettext_lazy("새로 적용"),
        "ended": gettext_lazy("더는 적용되지 않음"),
        "version": gettext_lazy("규정 판"),
        "outcome": gettext_lazy("적용 여부"),
        "reconfirm": gettext_lazy("재확인 필요"),
        "status": gettext_lazy("답변"),
        "note": gettext_lazy("설명"),
        "justification": gettext_lazy("해당 없음 사유"),
        "responsible": gettext_lazy("담당"),
        "target_date": gettext_lazy("목표일"),
        "measured": gettext_lazy("측정"),
        "done": gettext_lazy("이행한 기한"),
        "evidence_added": gettext_lazy("더한 증빙"),
        "evidence_removed": gettext_lazy("뺀 증빙"),
        "fact": gettext_lazy("제원"),
    },
    "finding_kind": {"finding": gettext_lazy("지적"), "supplement": gettext_lazy("보완 요구")},
    "finding_state": {
        "open": gettext_lazy("답변 대기"),
        "answered": gettext_lazy("답변함"),
        "resolved": gettext_lazy("해결"),
    },
    "decision": {
        "": gettext_lazy("결정 없음"),
        "accepted": gettext_lazy("수리"),
        "conditional": gettext_lazy("조건부 수리"),
        "returned": gettext_lazy("반려"),
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


def change_words(change: RoundChange) -> tuple[str, str]:
    """Before and after in words; what was not there before, or is not any more, is a dash."""
    kind = {"status": "standing", "outcome": "outcome", "appeared": "outcome", "ended": "outcome"}.get(change.kind)
    sides = in_language(change, "before"), in_language(change, "after")
    words = [word_for(side, kind) if kind and side else side for side in sides]
    return words[0] or "–", words[1] or "–"


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
