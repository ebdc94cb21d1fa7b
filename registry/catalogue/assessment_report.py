"""An assessment as JSON and as text."""

from collections.abc import Iterator
from typing import Any

from registry.catalogue.assessing import RuleOutcome, SiteAssessment
from registry.conditions import Outcome
from registry.incentives.assessment import IncentiveAssessment
from registry.language import in_language

WORDS = {
    "ko": {
        "heading": "기준일 {on} · {source}",
        "rules": "의무",
        "incentives": "특례·지원",
        "applies": "적용",
        "undetermined": "판단 불가",
        "does_not_apply": "비적용",
        "eligible": "대상",
        "not_eligible": "대상 아님",
        "missing": "필요한 제원",
        "condition": "적용 조건",
        "gross": "혜택 {amount:,}원",
        "net": "순이익 {amount:,}원",
    },
    "en": {
        "heading": "On {on} · {source}",
        "rules": "Obligations",
        "incentives": "Incentives",
        "applies": "Applies",
        "undetermined": "Undetermined",
        "does_not_apply": "Does not apply",
        "eligible": "Eligible",
        "not_eligible": "Not eligible",
        "missing": "facts needed",
        "condition": "condition",
        "gross": "gross KRW {amount:,}",
        "net": "net KRW {amount:,}",
    },
}


def as_json(assessment: SiteAssessment, language: str) -> dict[str, Any]:
    return {
        "on": assessment.on.isoformat(),
        "source": assessment.source,
        "rules": [_rule(row, language) for row in assessment.rules],
        "incentives": [_incentive(row, language) for row in assessment.incentives],
    }


def _rule(row: RuleOutcome, language: str) -> dict[str, Any]:
    version = row.version
    return {
        "rule": row.rule.slug,
        "subject": str(row.subject.level),
        "subject_name": row.subject.name,
        "outcome": str(row.outcome),
        "missing": list(row.evaluation.missing),
        "because": row.because(language),
        "ministry": version.ministry.slug,
        "topic": version.rule.topic.slug,
        "title": in_language(version, "title", language),
        "status": str(row.force),
        "binding": version.binding,
        "citations": list(row.rule.citations),
        "confidence": version.confidence,
        "condition_confidence": version.condition_confidence or None,
        "penalty": version.penalty,
        "authority": version.authority_ko,
        "version": version.number,
        "effective_from": version.effective_from and version.effective_from.isoformat(),
        "effective_until": version.effective_until and version.effective_until.isoformat(),
        "upcoming": version.upcoming,
    }


def _incentive(row: IncentiveAssessment, language: str) -> dict[str, Any]:
    incentive = row.incentive
    return {
        "incentive": incentive.slug,
        "outcome": str(row.outcome),
        "status": str(row.status),
        "estimate_krw": row.estimate_krw,
        "net_krw": row.net_krw,
        "missing": list(row.missing),
        "because": row.because(language),
        "ministry": incentive.ministry.slug,
        "title": in_language(incentive, "title", language),
        "kind": incentive.kind,
        "is_prospective": row.is_prospective,
        "if_eligible_krw": row.if_eligible_krw,
        "computation": [in_language(line, "text", language) for line in row.lines],
        "in_force_from": incentive.in_force_from and incentive.in_force_from.isoformat(),
        "expires_on": incentive.expires_on and incentive.expires_on.isoformat(),
        "confidence": incentive.confidence,
    }


def as_text(assessment: SiteAssessment, language: str) -> Iterator[str]:
    """Lines: obligations by outcome, then incentives."""
    words = WORDS[language]
    yield words["heading"].format(on=assessment.on, source=assessment.source)
    for outcome in (Outcome.APPLIES, Outcome.UNDETERMINED, Outcome.DOES_NOT_APPLY):
        rows = [row for row in assessment.rules if row.outcome is outcome]
        yield f"\n{words['rules']} · {words[outcome]} ({len(rows)})"
        for row in rows:
            yield from _rule_lines(row, language)
    for eligibility in ("eligible", "undetermined", "not_eligible"):
        found = [row for row in assessment.incentives if row.outcome == eligibility]
        yield f"\n{words['incentives']} · {words[eligibility]} ({len(found)})"
        for incentive in found:
            yield from _incentive_lines(incentive, language)


def _rule_lines(row: RuleOutcome, language: str) -> Iterator[str]:
    version = row.version
    title = in_language(version, "title", language)
    yield f"  {row.rule.slug} [{version.ministry.slug}] {row.subject.name}: {title}"
    yield f"      {row.because(language)}"
    if row.evaluation.missing:
        yield f"      {WORDS[language]['missing']}: {', '.join(row.evaluation.missing)}"
    marks = [version.get_binding_display(), version.get_confidence_display()]
    if version.condition_confidence:
        marks.append(f"{WORDS[language]['condition']}: {version.get_condition_confidence_display()}")
    if version.penalty:
        marks.append(version.penalty["kind"])
    yield f"      {', '.join(row.rule.citations)} ({', '.join(str(mark) for mark in marks)})"


def _incentive_lines(row: IncentiveAssessment, language: str) -> Iterator[str]:
    words, incentive = WORDS[language], row.incentive
    title = in_language(incentive, "title", language)
    yield f"  {incentive.slug} [{incentive.ministry.slug}] {row.status.label}: {title}"
    yield f"      {row.because(language)}"
    if row.missing:
        yield f"      {words['missing']}: {', '.join(row.missing)}"
    amounts = (("gross", row.estimate_krw), ("net", row.net_krw))
    known = [words[name].format(amount=amount) for name, amount in amounts if amount is not None]
    if known:
        yield f"      {', '.join(known)}"
