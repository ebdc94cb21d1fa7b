"""Every rule and every incentive of the law for one described site on one day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.catalogue.law import DatedRule, Law
from registry.conditions import Evaluation, Outcome, because, evaluate
from registry.facilities.facts import SiteFacts
from registry.incentives.assessment import IncentiveAssessment, assess_incentives
from registry.rules.assessment import SubjectFacts, condition_of, subjects_of
from registry.rules.models import RuleVersion


class Force(StrEnum):
    """Whether the version binds on the day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"


_REMARKS = {
    Force.NOT_YET: {"ko": "{day}부터 시행됩니다.", "en": "Not in force until {day}."},
    Force.ENDED: {"ko": "{day}에 효력이 끝났습니다.", "en": "No longer in force since {day}."},
}


@dataclass(frozen=True)
class RuleOutcome:
    """One rule for one subject.

    A rule that is not in force on the day binds nobody: what its condition would decide is `does_not_apply`, and the
    reason names the date. Where the condition cannot be decided the outcome stays `undetermined`, because what nobody
    recorded must not read like an answer.
    """

    rule: DatedRule
    subject: SubjectFacts
    evaluation: Evaluation
    force: Force

    @property
    def version(self) -> RuleVersion:
        return self.rule.version

    @property
    def outcome(self) -> Outcome:
        if self.force is not Force.IN_FORCE and self.evaluation.outcome is Outcome.APPLIES:
            return Outcome.DOES_NOT_APPLY
        return self.evaluation.outcome

    def because(self, language: str) -> str:
        reason = because(self.evaluation, language)
        if self.force is Force.IN_FORCE:
            return reason
        day = self.version.effective_from if self.force is Force.NOT_YET else self.version.effective_until
        return f"{_REMARKS[self.force][language].format(day=day)} {reason}"


@dataclass(frozen=True)
class SiteAssessment:
    on: date
    source: str
    rules: tuple[RuleOutcome, ...]
    incentives: tuple[IncentiveAssessment, ...]


def assess_site(site: SiteFacts, law: Law) -> SiteAssessment:
    """On the day of the facts."""
    return SiteAssessment(
        on=site.on,
        source=law.source,
        rules=tuple(_rule_outcomes(site, law)),
        incentives=tuple(assess_incentives(site, law.incentives, law.vocabulary, site.on)),
    )


def _rule_outcomes(site: SiteFacts, law: Law) -> Iterator[RuleOutcome]:
    subjects = subjects_of(site)
    for rule in law.rules_on(site.on):
        condition = condition_of(rule.version, law.vocabulary)
        for subject in subjects:
            if subject.level == rule.version.subject:
                yield RuleOutcome(rule, subject, evaluate(condition, subject.context), force_on(rule.version, site.on))


def force_on(version: RuleVersion, on: date) -> Force:
    if version.is_in_force(on):
        return Force.IN_FORCE
    return Force.NOT_YET if version.effective_from and on < version.effective_from else Force.ENDED
