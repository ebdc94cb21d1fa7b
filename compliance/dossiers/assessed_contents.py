"""Rules that were assessed without becoming an obligation of the checklist, and why."""

from collections.abc import Collection, Iterator
from datetime import date

from compliance.dossiers.contents import AssessedRule, Subject, obligation_key
from registry.conditions import Outcome, Vocabulary, because
from registry.facilities.facts import SiteFacts
from registry.models import RuleVersion
from registry.rules.assessment import Assessment, assess_rules


def assessed_rules(
    site: SiteFacts, vocabulary: Vocabulary, on: date, placed: Collection[str]
) -> tuple[AssessedRule, ...]:
    """Every rule in force on `on` for every subject, except the obligations named in `placed` (1 query)."""
    versions = (
        RuleVersion.objects.in_force(on)
        .select_related("rule", "ministry")
        .order_by("ministry__order", "ministry__slug", "rule__slug")
    )
    return tuple(_without_placed(assess_rules(site, versions, vocabulary), placed))


def _without_placed(assessments: Iterator[Assessment], placed: Collection[str]) -> Iterator[AssessedRule]:
    for row in assessments:
        key = obligation_key(row.subject.level, row.subject.pk or 0, row.version.rule.slug)
        if key not in placed:
            yield _assessed(row)


def _assessed(row: Assessment) -> AssessedRule:
    version, evaluation = row.version, row.evaluation
    undetermined = evaluation.outcome is Outcome.UNDETERMINED
    return AssessedRule(
        rule=version.rule.slug,
        title_ko=version.title_ko,
        title_en=version.title_en,
        ministry=version.ministry.slug,
        subject=Subject(str(row.subject.level), row.subject.pk, row.subject.name, ""),
        outcome=str(evaluation.outcome),
        because_ko=because(evaluation, "ko"),
        because_en=because(evaluation, "en"),
        missing=tuple(evaluation.missing) if undetermined else (),
    )
