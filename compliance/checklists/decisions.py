"""What the law says about a site on a day, ready to be stored as obligations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from registry.conditions import Outcome, Vocabulary, because, trace_to_dict
from registry.facilities.facts import SiteFacts
from registry.models import RuleVersion
from registry.rules.assessment import Assessment, assess_rules

Subject = tuple[str, int]  # level and primary key


@dataclass(frozen=True)
class Decision:
    """One rule version that binds, or may bind, one subject."""

    version: RuleVersion
    subject: Subject
    outcome: str
    because_ko: str
    because_en: str
    trace: dict[str, Any]
    missing: list[str]


def decisions(site: SiteFacts, versions: Iterable[RuleVersion], vocabulary: Vocabulary) -> Iterator[Decision]:
    """Every version that applies to a recorded subject of the site, or whose facts are not all known."""
    for assessment in assess_rules(site, versions, vocabulary):
        if assessment.evaluation.outcome != Outcome.DOES_NOT_APPLY and assessment.subject.pk is not None:
            yield _decision(assessment, assessment.subject.pk)


def _decision(assessment: Assessment, subject_pk: int) -> Decision:
    evaluation = assessment.evaluation
    return Decision(
        version=assessment.version,
        subject=(assessment.subject.level.value, subject_pk),
        outcome=evaluation.outcome.value,
        because_ko=because(evaluation, "ko"),
        because_en=because(evaluation, "en"),
        trace=trace_to_dict(evaluation.trace),
        missing=list(evaluation.missing),
    )
