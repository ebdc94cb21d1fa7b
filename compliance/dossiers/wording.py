"""Words for what a snapshot holds as slugs, periods and numbers, in the active language."""

import re
from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from compliance.checklists.models import AnswerStatus, Obligation
from compliance.dossiers.contents import JsonValue
from registry.models import FactDefinition, Incentive, RuleVersion, User

_STANDINGS: dict[str, str | Promise] = {
    **dict(AnswerStatus.choices),
    "unanswered": gettext_lazy("미답변"),
    "undetermined": gettext_lazy("판단 불가"),
}
_CHOICES: Mapping[str, Mapping[str, str | Promise]] = {
    "standing": _STANDINGS,
    "outcome": {
        **dict(Obligation.Outcome.choices),
        "eligible": gettext_lazy("대상"),
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
    "penalty": {
        "과태료": gettext_lazy("과태료"),
        "벌금": gettext_lazy("벌금"),
        "징역": gettext_lazy("징역 또는 벌금"),
        "이행강제금": gettext_lazy("이행강제금"),
        "과징금": gettext_lazy("과징금"),
    },
}


def word_for(slug: str, kind: str) -> str:
    """The label of a slug; an unknown slug stands for itself."""
    return str(_CHOICES[kind].get(slug, slug))


def won(amount: JsonValue) -> str:
    """`3,000,000원`; nothing for an amount that is not a number."""
    if not isinstance(amount, int | float) or isinstance(amount, bool):
        return ""
    return _("{amount}원").format(amount=f"{round(amount):,}")


_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_UNITS: tuple[Callable[[int], str], ...] = (
    lambda n: ngettext("{n}년", "{n}년", n),
    lambda n: ngettext("{n}개월", "{n}개월", n),
    lambda n: ngettext("{n}주", "{n}주", n),
    lambda n: ngettext("{n}일", "{n}일", n),
    lambda n: ngettext("{n}시간", "{n}시간", n),
    lambda n: ngettext("{n}분", "{n}분", n),
    lambda n: ngettext("{n}초", "{n}초", n),
)


def period(text: JsonValue) -> str:
    """`P1Y6M` as `1년 6개월`; nothing for an empty period; other text stays as it is."""
    match = _PERIOD.fullmatch(str(text or ""))
    if match is None:
        return str(text or "")
    amounts = [int(number or 0) for number in match.groups()]
    return " ".join(say(n).format(n=n) for n, say in zip(amounts, _UNITS, strict=True) if n)


def recurrence_words(recurrence: JsonValue) -> str:
    """`1년마다 (특급은 6개월)`."""
    if not isinstance(recurrence, dict) or not (every := period(recurrence.get("every"))):
        return ""
    return _with_note(_("{every}마다").format(every=every), recurrence)


# Events that the catalogue names in English; the others are Korean already.
_EVENTS: Mapping[str, str | Promise] = {
    "absence_or_dismissal": gettext_lazy("부재 또는 해임"),
    "accident": gettext_lazy("사고 발생"),
    "appointment_dismissal_or_change": gettext_lazy("선임·해임 또는 변경"),
    "appointment_or_dismissal": gettext_lazy("선임 또는 해임"),
    "certificate_expiry": gettext_lazy("인증 만료일"),
    "compliance_year_end": gettext_lazy("이행연도 종료"),
    "detailed_design_fixed": gettext_lazy("실시설계 확정"),
    "dismissal_or_resignation": gettext_lazy("해임 또는 퇴직"),
    "energisation": gettext_lazy("전기 사용 개시"),
    "improvement_notice": gettext_lazy("개선 통보"),
    "improvement_order": gettext_lazy("개선 명령"),
    "inspection_date": gettext_lazy("검사일"),
    "installation_completed": gettext_lazy("설치 완료"),
    "period_or_year_start": gettext_lazy("기간 또는 연도 시작"),
    "permit_application": gettext_lazy("허가 신청"),
    "planned_energisation": gettext_lazy("전기 사용 예정일"),
    "succession": gettext_lazy("승계"),
    "transfer_or_lease": gettext_lazy("양도 또는 임대"),
}


def event_words(event: str) -> str:
    """`improvement_notice(착공)` as `개선 통보(착공)`."""
    name, bracket, rest = event.partition("(")
    return f"{_EVENTS.get(name, name)}{bracket}{rest}"


def deadline_words(deadline: JsonValue) -> str:
    """`선임일: 14일 이내`; a period of nothing means without delay."""
    if not isinstance(deadline, dict):
        return ""
    of, within = str(deadline.get("of") or ""), period(deadline.get("within"))
    before, event = of.startswith("before_"), event_words(of.removeprefix("before_"))
    if not within:
        said = (
            _("{event}: 그 전까지")
            if before
            else _("{event}: 지체 없이")
            if "T" in str(deadline["within"])
            else "{event}"
        )
        return _with_note(said.format(event=event), deadline)
    said = _("{event}: {within} 전까지") if before else _("{event}: {within} 이내")
    return _with_note(said.format(event=event, within=within), deadline)


def penalty_words(penalty: JsonValue) -> str:
    """`과태료 3,000,000원 이하 (소방시설법 제61조제1항제1호)`."""
    if not isinstance(penalty, dict):
        return ""
    kind, amount = word_for(str(penalty.get("kind") or ""), "penalty"), won(penalty.get("max_krw"))
    said = _("{kind} {amount} 이하").format(kind=kind, amount=amount) if amount else kind
    basis = str(penalty.get("basis") or "")
    return _with_note(f"{said} ({basis})" if basis else said, penalty)


def _with_note(text: str, data: Mapping[str, JsonValue]) -> str:
    note = str(data.get("note") or data.get("note_ko") or "")
    return f"{text}. {note}" if note and text else text or note
