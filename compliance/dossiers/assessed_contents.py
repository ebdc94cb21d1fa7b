"""Rules that were assessed without becoming an obligation of the checklist, and why."""

from collections.abc import Collection, Iterator
from datetime import date

from compliance.dossiers.contents import AssessedRule, Subject, obligation_key
from registry.conditions import Outcome, because
from registry.facilities.facts import facts_on
from registry.models import Facility, RuleVersion
from registry.rules.assessment import Assessment, assess_rules, current_vocabulary


def assessed_rules(facility: Facility, on: date, placed: Collection[str]) -> tuple[AssessedRule, ...]:
    """Every rule in force on `on` for every subject, except the obligations named in `placed`."""
    versions = (
        RuleVersion.objects.in_force(on)
        .select_related("rule", "ministry")
        .order_by("ministry__order", "ministry__slug", "rule__slug")
    )
    assessments = assess_rules(facts_on(facility, on), versions, current_vocabulary())
    return tuple(_without_placed(assessments, placed))


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
