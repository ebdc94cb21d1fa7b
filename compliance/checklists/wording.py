"""Cycles, deadlines and penalties in words, in the active language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.checklists.deadlines import DeadlineError, Period, parse_period
from registry.language import active_language


def period_words(text: str) -> str:
    """`P1Y6M` as `1년 6개월`; what cannot be read stays as it is."""
    try:
        period = parse_period(text)
    except DeadlineError:
        return text
    return " ".join(say.format(n=n) for n, say in _amounts(period) if n)


def _amounts(period: Period) -> list[tuple[int, str]]:
    return [
        (period.years, ngettext("{n}년", "{n}년", period.years)),
        (period.months, ngettext("{n}개월", "{n}개월", period.months)),
        (period.days, ngettext("{n}일", "{n}일", period.days)),
        (period.hours, ngettext("{n}시간", "{n}시간", period.hours)),
    ]


def recurrence_words(recurrence: Mapping[str, Any] | None) -> str:
    """`1년마다`, without the note."""
    return _("{every}마다").format(every=period_words(str(recurrence["every"]))) if recurrence else ""


def deadline_words(deadline: Mapping[str, Any] | None) -> str:
    """`선임일: 14일 이내`; a period of nothing is `지체 없이` in hours and the event itself in days."""
    if not deadline:
        return ""
    text, of = str(deadline.get("within") or ""), str(deadline.get("of") or "")
    within = period_words(text)
    if not within:
        return _("{of}: 지체 없이").format(of=of) if "T" in text else of
    if of.startswith("before_"):
        return _("{of}: {within} 전까지").format(of=of.removeprefix("before_"), within=within)
    return _("{of}: {within} 이내").format(of=of, within=within)


def penalty_words(penalty: Mapping[str, Any] | None) -> str:
    """`과태료 3,000,000원 이하 (소방시설법 제61조제1항제1호)`."""
    if not penalty:
        return ""
    amount, basis = penalty.get("max_krw"), str(penalty.get("basis") or "")
    said = _penalty_kind(str(penalty.get("kind") or ""))
    if isinstance(amount, int | float):
        money = _("{amount}원").format(amount=f"{round(amount):,}")
        said = _("{kind} {amount} 이하").format(kind=said, amount=money)
    return f"{said} ({basis})" if basis else said


def _penalty_kind(kind: str) -> str:
    names = {
        "과태료": _("과태료"),
        "벌금": _("벌금"),
        "징역": _("징역 또는 벌금"),
        "이행강제금": _("이행강제금"),
        "과징금": _("과징금"),
    }
    return names.get(kind, kind)


def trace_text(node: Mapping[str, Any]) -> str:
    """The line of one clause of a stored trace."""
    return str(node.get(active_language()) or node.get("ko") or "")
