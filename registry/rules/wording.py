"""Cycles, deadlines, penalties and thresholds of rules in words, in the active language."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from registry.conditions import FactSpec
from registry.conditions.wording import SIGNS, label, unit_text, value_text
from registry.language import active_language

Words = Mapping[str, Any]
Specs = Mapping[str, FactSpec]

_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:0S)?)?", re.ASCII)
_UNITS: tuple[Callable[[int], str], ...] = (
    lambda n: ngettext("{n}년", "{n}년", n),
    lambda n: ngettext("{n}개월", "{n}개월", n),
    lambda n: ngettext("{n}일", "{n}일", n),
    lambda n: ngettext("{n}시간", "{n}시간", n),
)


def period_words(period: str) -> str:
    """`P1Y6M` as `1년 6개월`; nothing for an empty period; what cannot be read stays as it is."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        return period
    amounts = [int(number or 0) for number in match.groups()]
    return " ".join(say(n).format(n=n) for n, say in zip(amounts, _UNITS, strict=True) if n)


_EVERY: Mapping[str, Promise] = {  # English counts only from two
    "P1Y": pgettext_lazy("cycle", "1년마다"),
    "P1M": pgettext_lazy("cycle", "1개월마다"),
    "P1D": pgettext_lazy("cycle", "1일마다"),
}


def recurrence_words(recurrence: Words | None, specs: Specs) -> str:
    """`1년마다, 사용승인일부터` or `매년 1월 31일까지`; the note of the catalogue stands apart."""
    if not recurrence:
        return ""
    every, anchor = str(recurrence["every"]), str(recurrence["anchor"])
    words = str(_EVERY.get(every) or _("{every}마다").format(every=period_words(every)))
    if anchor.startswith("calendar:"):
        day = _day_of_year(anchor.removeprefix("calendar:"))
        yearly = every == "P1Y"
        return (_("매년 {day}까지") if yearly else _("{words}, {day} 기준")).format(words=words, day=day)
    named = label(specs[anchor], active_language()) if anchor in specs else anchor
    words = _("{words}, {anchor}부터").format(words=words, anchor=named)
    if first := str(recurrence.get("first_after") or ""):
        words = _("{words} (첫 회는 {first} 뒤)").format(words=words, first=period_words(first))
    return words


def _day_of_year(month_and_day: str) -> str:
    month, day = (int(part) for part in month_and_day.split("-"))
    return formats.date_format(date(2024, month, day), "MONTH_DAY_FORMAT")


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


def deadline_words(deadline: Words | None) -> str:
    """`선임일부터 14일 안`, `허가 신청 3개월 전까지`; a period of nothing means without delay, or the event itself."""
    if not deadline:
        return ""
    of, within = str(deadline["of"]), str(deadline["within"])
    event, period = event_words(of.removeprefix("before_")), period_words(within)
    if of.startswith("before_"):
        return (_("{event} {period} 전까지") if period else _("{event} 전까지")).format(event=event, period=period)
    if period:
        return _("{event}부터 {period} 안").format(event=event, period=period)
    says_it_already = "T" not in within or "지체 없이" in event or "즉시" in event
    return event if says_it_already else _("{event}: 지체 없이").format(event=event)


_PENALTIES: Mapping[str, str | Promise] = {
    "과태료": gettext_lazy("과태료"),
    "벌금": gettext_lazy("벌금"),
    "징역": gettext_lazy("징역 또는 벌금"),
    "이행강제금": gettext_lazy("이행강제금"),
    "과징금": gettext_lazy("과징금"),
}


def penalty_words(penalty: Words | None) -> str:
    """`과태료 300만원 이하`; the basis and the note of the catalogue stand apart."""
    if not penalty:
        return ""
    kind, amount = str(penalty.get("kind") or ""), penalty.get("max_krw")
    said = str(_PENALTIES.get(kind, kind))
    if not isinstance(amount, int | float):
        return said
    return _("{kind} {amount} 이하").format(kind=said, amount=won(amount))


def won(amount: float) -> str:
    """`3,000,000원`, `KRW 3,000,000`."""
    return _("{amount}원").format(amount=f"{round(amount):,}")


def threshold_words(threshold: Words, specs: Specs) -> str:
    """`연면적 ≥ 30,000㎡`; a quantity that is no fact keeps the name that the research gave it."""
    name, value, language = str(threshold["name"]), threshold["value"], active_language()
    spec = specs.get(name)
    sign = SIGNS.get(str(threshold["op"]), str(threshold["op"])).replace("in", "=")
    named = label(spec, language) if spec else name
    values = value if isinstance(value, list) else [value]
    if spec:
        return f"{named} {sign} {', '.join(value_text(spec.read(one), spec, language) for one in values)}"
    shown = ", ".join(f"{one:,}" if isinstance(one, int | float) else str(one) for one in values)
    unit = unit_text(str(threshold.get("unit") or ""), language)
    return " ".join(part for part in (named, sign, shown, unit) if part)
