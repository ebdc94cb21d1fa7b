"""What changed between two versions of a rule, field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from registry.conditions import FactSpec
from registry.models import RuleVersion
from registry.rules.wording import deadline_words, penalty_words, recurrence_words

Part = tuple[bool, str]  # whether the text differs, and the text


@dataclass(frozen=True)
class FieldChange:
    """One field of a rule version before and after; the texts are ready to show."""

    field: str
    label_ko: str
    label_en: str
    before: str
    after: str

    @property
    def before_parts(self) -> list[Part]:
        """`before` cut into what stayed and what is gone."""
        return [part for part in self._parts(0) if part[1]]

    @property
    def after_parts(self) -> list[Part]:
        """`after` cut into what stayed and what is new."""
        return [part for part in self._parts(1) if part[1]]

    def _parts(self, side: int) -> list[Part]:
        before, after = self.before.split(" "), self.after.split(" ")
        steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if side == 0:
            return [(tag != "equal", " ".join(before[start:end])) for tag, start, end, _, _ in steps]
        return [(tag != "equal", " ".join(after[start:end])) for tag, _, _, start, end in steps]


def version_diff(old: RuleVersion, new: RuleVersion, specs: Mapping[str, FactSpec] | None = None) -> list[FieldChange]:
    """The fields in which `new` differs from `old`; reads ministries and citations of both.

    `specs` name the date facts that cycles are counted from.
    """
    changes = []
    for name, (label_ko, label_en, show) in _FIELDS.items():
        before, after = show(old, specs or {}), show(new, specs or {})
        if before != after:
            changes.append(FieldChange(name, label_ko, label_en, before, after))
    return changes


Specs = Mapping[str, FactSpec]
Show = Callable[[RuleVersion, Specs], str]


def _text(name: str) -> Show:
    return lambda version, _specs: _plain(getattr(version, name))


def _choice(name: str) -> Show:
    return lambda version, _specs: str(getattr(version, f"get_{name}_display")())


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_plain(part) for part in value)
    if isinstance(value, dict):
        return " ".join(_plain(part) for part in value.values() if part is not None and not isinstance(part, bool))
    return str(value)


def _limit(version: RuleVersion, _specs: Specs) -> str:
    measure = version.measure or {}
    return f"{measure.get('limit') or ''} {measure.get('unit') or ''}".strip()


def _cycle(version: RuleVersion, specs: Specs) -> str:
    return _noted(recurrence_words(version.recurrence, specs), version.recurrence)


def _deadline(version: RuleVersion, _specs: Specs) -> str:
    return _noted(deadline_words(version.deadline), version.deadline)


def _penalty(version: RuleVersion, _specs: Specs) -> str:
    basis = str((version.penalty or {}).get("basis") or "")
    return _noted(f"{penalty_words(version.penalty)} {basis}".strip(), version.penalty)


def _noted(words: str, data: Mapping[str, Any] | None) -> str:
    return ". ".join(part for part in (words, str((data or {}).get("note") or "")) if part)


def _ministry(version: RuleVersion, _specs: Specs) -> str:
    return version.ministry.name_ko


def _stages(version: RuleVersion, _specs: Specs) -> str:
    return ", ".join(str(RuleVersion.Stage(stage).label) for stage in version.stages)


def _citations(version: RuleVersion, _specs: Specs) -> str:
    return "\n".join(str(citation) for citation in version.citations.all())


_FIELDS: dict[str, tuple[str, str, Show]] = {
    "title": ("제목", "Title", _text("title_ko")),
    "requirement": ("요구사항", "Requirement", _text("requirement_ko")),
    "requirement_en": ("영문 요구사항", "Requirement (English)", _text("requirement_en")),
    "condition": ("적용 조건", "Condition", _text("condition")),
    "applies_note": ("적용 설명", "Note on scope", _text("applies_note_ko")),
    "ministry": ("소관부처", "Ministry", _ministry),
    "binding": ("구속력", "Binding force", _choice("binding")),
    "obligation_kind": ("의무 종류", "Kind of obligation", _choice("obligation_kind")),
    "stages": ("단계", "Stages", _stages),
    "thresholds": ("기준값", "Thresholds", _text("thresholds")),
    "measure": ("측정 한도", "Measured limit", _limit),
    "recurrence": ("주기", "Cycle", _cycle),
    "deadline": ("기한", "Deadline", _deadline),
    "evidence": ("증빙", "Evidence", _text("evidence_ko")),
    "authority": ("관할 기관", "Authority", _text("authority_ko")),
    "penalty": ("벌칙", "Penalty", _penalty),
    "confidence": ("확신도", "Confidence", _choice("confidence")),
    "condition_confidence": ("조건 확신도", "Confidence of the condition", _choice("condition_confidence")),
    "citations": ("근거 조문", "Citations", _citations),
    "effective_from": ("시행일", "Effective from", _text("effective_from")),
}
