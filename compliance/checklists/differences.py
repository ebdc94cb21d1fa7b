"""What changed between two versions of a rule, field by field."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from registry.models import RuleVersion


@dataclass(frozen=True)
class FieldChange:
    """One field of a rule version before and after; the texts are ready to show."""

    field: str
    label_ko: str
    label_en: str
    before: str
    after: str


def version_diff(old: RuleVersion, new: RuleVersion) -> list[FieldChange]:
    """The fields in which `new` differs from `old`; reads ministries and citations of both."""
    changes = []
    for name, (label_ko, label_en, show) in _FIELDS.items():
        before, after = show(old), show(new)
        if before != after:
            changes.append(FieldChange(name, label_ko, label_en, before, after))
    return changes


def _text(name: str) -> Callable[[RuleVersion], str]:
    return lambda version: _plain(getattr(version, name))


def _choice(name: str) -> Callable[[RuleVersion], str]:
    return lambda version: str(getattr(version, f"get_{name}_display")())


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_plain(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(part)}" for key, part in value.items() if part is not None)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _stages(version: RuleVersion) -> str:
    return ", ".join(str(RuleVersion.Stage(stage).label) for stage in version.stages)


def _citations(version: RuleVersion) -> str:
    return "\n".join(str(citation) for citation in version.citations.all())


_FIELDS: dict[str, tuple[str, str, Callable[[RuleVersion], str]]] = {
    "title": ("제목", "Title", _text("title_ko")),
    "requirement": ("요구사항", "Requirement", _text("requirement_ko")),
    "requirement_en": ("영문 요구사항", "Requirement (English)", _text("requirement_en")),
    "condition": ("적용 조건", "Condition", _text("condition")),
    "applies_note": ("적용 설명", "Note on scope", _text("applies_note_ko")),
    "ministry": ("소관부처", "Ministry", lambda version: version.ministry.name_ko),
    "binding": ("구속력", "Binding force", _choice("binding")),
    "obligation_kind": ("의무 종류", "Kind of obligation", _choice("obligation_kind")),
    "stages": ("단계", "Stages", _stages),
    "thresholds": ("기준값", "Thresholds", _text("thresholds")),
    "measure": ("측정 한도", "Measured limit", _text("measure")),
    "recurrence": ("주기", "Cycle", _text("recurrence")),
    "deadline": ("기한", "Deadline", _text("deadline")),
    "evidence": ("증빙", "Evidence", _text("evidence_ko")),
    "authority": ("관할 기관", "Authority", _text("authority_ko")),
    "penalty": ("벌칙", "Penalty", _text("penalty")),
    "confidence": ("확신도", "Confidence", _choice("confidence")),
    "condition_confidence": ("조건 확신도", "Confidence of the condition", _choice("condition_confidence")),
    "citations": ("근거 조문", "Citations", _citations),
    "effective_from": ("시행일", "Effective from", _text("effective_from")),
}
