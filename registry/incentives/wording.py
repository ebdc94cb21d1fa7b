"""Words for what programmes and acts hold as slugs and periods."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.rules.wording import period_words

# What the catalogue calls the parts of a statutory clock.
CLOCK_PARTS: Mapping[str, Promise] = {
    "starts_on": gettext_lazy("기산일"),
    "grid_impact_assessment": gettext_lazy("전력계통영향평가"),
    "energy_use_plan": gettext_lazy("에너지사용계획 협의"),
    "traffic_landscape_architecture_review": gettext_lazy("교통·경관·건축 심의"),
    "building_permit_and_notices": gettext_lazy("건축 허가·신고"),
    "fire_consent": gettext_lazy("소방 동의"),
    "extension_once_max": gettext_lazy("한 번만 연장, 최대"),
    "not_clocked": gettext_lazy("기간에 넣지 않는 것"),
    "deemed_on": gettext_lazy("완료로 보는 날"),
    "tracker_fact_needed": gettext_lazy("추적에 필요한 것"),
    "reply": gettext_lazy("회신"),
    "reply_with_supplement": gettext_lazy("보완이 있는 때의 회신"),
    "assessment_threshold_kw": gettext_lazy("평가 대상 전력(kW)"),
    "submit_before_approval": gettext_lazy("승인 신청 전 제출"),
    "notify_within": gettext_lazy("통보"),
    "agency_reply": gettext_lazy("관계기관 회신"),
    "permit_max": gettext_lazy("허가까지 최대"),
}

STAGES: Mapping[str, Promise] = {
    "announced": gettext_lazy("발표"),
    "proposed": gettext_lazy("발의"),
    "referred": gettext_lazy("회부"),
    "tabled": gettext_lazy("상정"),
    "hearing": gettext_lazy("공청회"),
    "subcommittee": gettext_lazy("소위원회"),
    "committee_passed": gettext_lazy("상임위 의결"),
    "legislation_committee": gettext_lazy("법사위"),
    "plenary_passed": gettext_lazy("본회의 의결"),
    "transferred": gettext_lazy("정부 이송"),
    "cabinet": gettext_lazy("국무회의"),
    "promulgated": gettext_lazy("공포"),
    "decree_draft": gettext_lazy("하위법령 준비"),
    "decree_notice": gettext_lazy("입법예고"),
    "decree": gettext_lazy("하위법령"),
    "in_force": gettext_lazy("시행"),
    "context": gettext_lazy("배경"),
    "absorbed": gettext_lazy("대안 반영"),
    "dropped": gettext_lazy("폐기"),
    "expired": gettext_lazy("임기 만료"),
}

BUNDLES: Mapping[str, Promise] = {
    "grid_impact": CLOCK_PARTS["grid_impact_assessment"],
    "energy_use_plan": CLOCK_PARTS["energy_use_plan"],
    "reviews": CLOCK_PARTS["traffic_landscape_architecture_review"],
    "building_permit": CLOCK_PARTS["building_permit_and_notices"],
    "fire_consent": CLOCK_PARTS["fire_consent"],
}

FEATURE_MARKS: Mapping[str, tuple[Promise, Promise]] = {
    "yes": (gettext_lazy("있음"), gettext_lazy("본문에 있음")),
    "inferred_yes": (gettext_lazy("추정"), gettext_lazy("최종 법률에서 거꾸로 미루어 있다고 봄")),
    "partly": (gettext_lazy("일부"), gettext_lazy("일부만 있거나 선택이거나 수치가 없음")),
    "no": (gettext_lazy("없음"), gettext_lazy("없거나 빠짐")),
    "not_seen": (gettext_lazy("미확인"), gettext_lazy("자료에서 보지 못함. 없다는 뜻은 아님")),
}

EXCLUSIVE_RULES: Mapping[str, Promise] = {
    "choose_one": gettext_lazy("과세연도마다 하나만 고를 수 있음"),
    "largest_only": gettext_lazy("감면율이 가장 큰 것 하나만 적용"),
}

TAX_MODES: Mapping[str, Promise] = {
    "credit": gettext_lazy("세액공제"),
    "reduction": gettext_lazy("감면"),
    "deferral": gettext_lazy("과세이연"),
    "exemption": gettext_lazy("면제"),
}


def clock_words(clock: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """Part and period of a statutory clock, in the order of the catalogue."""
    return [(str(CLOCK_PARTS.get(part, part)), period_words(str(value))) for part, value in (clock or {}).items()]


def provision_words(basis: Mapping[str, Any]) -> str:
    """`조세특례제한법 제24조 ① 제1호`."""
    parts = (str(basis.get(part) or "") for part in ("instrument", "article", "paragraph", "item", "annex"))
    return " ".join(part for part in parts if part)


def window_words(day: date | None, window: Sequence[str | None] | None) -> str:
    """The day of an event, or the days between which it happened."""
    if day:
        return day.isoformat()
    first, last = window or (None, None)
    if first and last:
        return f"{first} ~ {last}"
    if last:
        return _("{day} 이전").format(day=last)
    return _("{day} 이후").format(day=first) if first else _("날짜 미확인")
