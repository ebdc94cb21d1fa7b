"""One ministry's part of a snapshot, laid out for a reviewer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.checklists.measures import Judgement
from compliance.checklists.models import AnswerStatus, Obligation
from compliance.dossiers.contents import EvidenceFile, FactMeaning, RuleText, Snapshot, SnapshotObligation, TopicName
from compliance.reviews.models import Finding
from registry.language import in_language
from registry.models import RuleVersion

_VERDICTS = {
    Judgement.MEETS: _("한도 안"),
    Judgement.EXCEEDS: _("한도 벗어남"),
    Judgement.UNKNOWN: _("판단 불가"),
}
UNANSWERED = "unanswered"
RECONFIRM = "reconfirm"


@dataclass(frozen=True)
class Thread:
    """A finding and the obligation that it is about: none for the whole part, or when this snapshot lacks it."""

    finding: Finding
    about: SnapshotObligation | None


@dataclass(frozen=True)
class Line:
    """One obligation with what proves it and what was asked about it."""

    obligation: SnapshotObligation
    evidence: tuple[EvidenceFile, ...]
    findings: tuple[Finding, ...]
    earlier: tuple[Finding, ...]  # what was asked about it in the rounds before
    missing: tuple[FactMeaning, ...]  # facts that could still decide, for an undetermined one

    @property
    def status(self) -> str:
        """The answer's status, with a name for silence."""
        return self.obligation.status or UNANSWERED

    @property
    def status_label(self) -> Any:
        return AnswerStatus(self.status).label if self.obligation.status else _("답변 없음")

    @property
    def outcome_label(self) -> Any:
        return Obligation.Outcome(self.obligation.outcome).label

    @property
    def missing_labels(self) -> list[str]:
        return [in_language(fact, "label") for fact in self.missing]

    @property
    def verdict_label(self) -> Any:
        """Whether the measured value keeps the limit; empty where nothing is measured."""
        measurement = self.obligation.measurement
        return _VERDICTS[Judgement(measurement.verdict)] if measurement else ""


@dataclass(frozen=True)
class RulePart:
    """One rule, told once, with a line for each subject that it binds."""

    rule: RuleText
    lines: tuple[Line, ...]

    @property
    def binding_label(self) -> Any:
        return RuleVersion.Binding(self.rule.binding).label

    @property
    def confidence_label(self) -> Any:
        return RuleVersion.Confidence(self.rule.confidence).label

    @property
    def condition_confidence_label(self) -> Any:
        """How sure the size in the condition is, where that is said apart."""
        confidence = self.rule.condition_confidence
        return RuleVersion.Confidence(confidence).label if confidence else ""


@dataclass(frozen=True)
class TopicPart:
    """The rules of one topic."""

    topic: TopicName
    rules: tuple[RulePart, ...]


@dataclass(frozen=True)
class LineFilter:
    """Which lines the reader wants to see; an empty field does not filter."""

    outcome: str = ""
    status: str = ""
    words: str = ""
    with_findings: bool = False

    def admits(self, line: Line) -> bool:
        obligation = line.obligation
        status_fits = self.status in ("", line.status) or (self.status == RECONFIRM and obligation.needs_reconfirm)
        return (
            status_fits
            and self.outcome in ("", obligation.outcome)
            and (not self.with_findings or bool(line.findings))
            and all(word in _text_of(obligation) for word in self.words.casefold().split())
        )


def lines_of(
    snapshot: Snapshot, ministry: str, findings: Iterable[Finding], earlier: Iterable[Finding] = ()
) -> tuple[Line, ...]:
    """Every obligation of the ministry (its slug) with its evidence and findings, in the order of the checklist."""
    files = {file.ref: file for file in snapshot.evidence}
    of_item = {item.key: item.evidence for item in snapshot.items}
    asked, asked_before = _by_key(findings), _by_key(earlier)
    return tuple(
        Line(
            obligation=row,
            evidence=tuple(files[ref] for ref in _refs(row, of_item)),
            findings=tuple(asked.get(row.key, ())),
            earlier=tuple(asked_before.get(row.key, ())),
            missing=tuple(snapshot.definition(key) for key in row.missing),
        )
        for row in snapshot.obligations_of(ministry)
    )


def by_topic(snapshot: Snapshot, lines: Iterable[Line]) -> tuple[TopicPart, ...]:
    """The lines under their topics and rules; those without a line are left out."""
    topic_of = {item.key: item.topic for item in snapshot.items}
    found: dict[str, dict[str, list[Line]]] = {}
    for line in lines:
        rules = found.setdefault(topic_of[line.obligation.item], {})
        rules.setdefault(line.obligation.rule.slug, []).append(line)
    return tuple(TopicPart(snapshot.topic(slug), _by_rule(rules)) for slug, rules in found.items())


def _by_rule(rules: Mapping[str, list[Line]]) -> tuple[RulePart, ...]:
    return tuple(RulePart(lines[0].obligation.rule, tuple(lines)) for lines in rules.values())


def threads_in(snapshot: Snapshot, findings: Iterable[Finding]) -> tuple[Thread, ...]:
    """The findings with the obligations that they are about."""
    known = {row.key: row for row in snapshot.obligations}
    return tuple(Thread(finding, known.get(finding.obligation_key)) for finding in findings)


def evidence_used_by(snapshot: Snapshot, ministry: str) -> dict[int, EvidenceFile]:
    """The documents that prove an obligation of the ministry, by primary key: its officers may open these only."""
    return {file.pk: file for line in lines_of(snapshot, ministry, ()) for file in line.evidence}


def _refs(obligation: SnapshotObligation, of_item: Mapping[str, tuple[str, ...]]) -> list[str]:
    done = [due.evidence for due in obligation.occurrences if due.evidence]
    return sorted({*of_item.get(obligation.item, ()), *done})


def _by_key(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.obligation_key, []).append(finding)
    return found


def _text_of(obligation: SnapshotObligation) -> str:
    rule = obligation.rule
    citations = " ".join(citation.text for citation in rule.citations)
    parts = (rule.title_ko, rule.title_en, rule.requirement_ko, rule.slug, citations, obligation.subject.name_ko)
    return " ".join(parts).casefold()
