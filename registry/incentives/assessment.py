"""Which programmes a site is eligible for on a day, and what they are worth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from registry.conditions import (
    Condition,
    Evaluation,
    FactContext,
    Level,
    Outcome,
    Vocabulary,
    because,
    evaluate,
    parse,
)
from registry.facilities.facts import SiteFacts
from registry.incentives.models import Incentive
from registry.incentives.money import Benefit, MoneyLine, benefit_of
from registry.rules.assessment import subjects_of


class Eligibility(StrEnum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNDETERMINED = "undetermined"


_FOR_OUTCOME = {
    Outcome.APPLIES: Eligibility.ELIGIBLE,
    Outcome.DOES_NOT_APPLY: Eligibility.NOT_ELIGIBLE,
    Outcome.UNDETERMINED: Eligibility.UNDETERMINED,
}
Status = Incentive.Status


@dataclass(frozen=True)
class IncentiveAssessment:
    """One programme for one site.

    `outcome` answers the eligibility condition; `status` says beside it whether the programme is law on that day.
    An expired programme is open to nobody, so its outcome is `not_eligible`. What is enacted, a bill or announced
    keeps the outcome of its condition and `is_prospective`: nobody can claim it yet.
    """

    incentive: Incentive
    status: Incentive.Status
    outcome: Eligibility
    evaluation: Evaluation
    benefit: Benefit

    @property
    def is_prospective(self) -> bool:
        return self.status in (Status.ANNOUNCED, Status.BILL, Status.ENACTED)

    @property
    def estimate_krw(self) -> int | None:
        """Gross benefit of an eligible site; None while eligibility or a parameter of the formula is unknown."""
        return self.benefit.gross_krw if self.outcome is Eligibility.ELIGIBLE else None

    @property
    def net_krw(self) -> int | None:
        return self.benefit.net_krw if self.outcome is Eligibility.ELIGIBLE else None

    @property
    def if_eligible_krw(self) -> int | None:
        """What the programme would be worth if the facts still missing decide in favour."""
        return None if self.outcome is Eligibility.NOT_ELIGIBLE else self.benefit.gross_krw

    @property
    def lines(self) -> tuple[MoneyLine, ...]:
        """How the amounts come about; empty for a site that is not eligible."""
        return self.benefit.lines

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that could still change eligibility, then those that the amount lacks."""
        if self.outcome is Eligibility.NOT_ELIGIBLE:
            return ()
        return tuple(dict.fromkeys((*self.evaluation.missing, *self.benefit.missing)))

    def because(self, language: str) -> str:
        """Why, with the status where it decides or limits the outcome."""
        remark = self._remark("ko" if language.startswith("ko") else "en")
        if self.status is Status.EXPIRED and self.evaluation.outcome is not Outcome.DOES_NOT_APPLY:
            return remark  # nothing that is still missing could change it
        return f"{remark} {because(self.evaluation, language)}".strip()

    def _remark(self, language: str) -> str:
        remark = _REMARKS[self.status][language]
        return remark.format(begins=self.incentive.in_force_from or "?", ends=self.incentive.expires_on or "?")


_REMARKS = {
    Status.EXPIRED: {"ko": "{ends}에 끝난 제도입니다.", "en": "The programme ended on {ends}."},
    Status.ENACTED: {"ko": "{begins}부터 시행됩니다.", "en": "In force from {begins}."},
    Status.BILL: {"ko": "법안이며 아직 법이 아닙니다.", "en": "A bill, not yet law."},
    Status.ANNOUNCED: {"ko": "발표만 되었고 아직 시행되지 않습니다.", "en": "Announced, not yet in force."},
    Status.IN_FORCE: {"ko": "", "en": ""},
}


def assess_incentives(
    site: SiteFacts, incentives: Iterable[Incentive], vocabulary: Vocabulary, on: date
) -> list[IncentiveAssessment]:
    """Every programme for the site, in the order given."""
    facility = next(subject for subject in subjects_of(site) if subject.level is Level.FACILITY)
    return [_assessed(incentive, facility.context, vocabulary, on) for incentive in incentives]


def _assessed(incentive: Incentive, context: FactContext, vocabulary: Vocabulary, on: date) -> IncentiveAssessment:
    status = incentive.status_on(on)
    evaluation = evaluate(eligibility_of(incentive, vocabulary), context)
    outcome = Eligibility.NOT_ELIGIBLE if status is Status.EXPIRED else _FOR_OUTCOME[evaluation.outcome]
    is_open = outcome is not Eligibility.NOT_ELIGIBLE
    benefit = benefit_of(incentive, context, vocabulary) if is_open else Benefit()
    return IncentiveAssessment(incentive, status, outcome, evaluation, benefit)


def eligibility_of(incentive: Incentive, vocabulary: Vocabulary) -> Condition:
    """The parsed eligibility condition; raises ConditionError when it does not parse."""
    return _parsed(incentive.eligibility, vocabulary)


@lru_cache(maxsize=1024)
def _parsed(text: str, vocabulary: Vocabulary) -> Condition:
    return parse(text, vocabulary, level=Level.FACILITY, result="boolean")
