"""How fast rules are decided: one subject, and many at once."""

import time
from collections.abc import Mapping, Sequence
from datetime import date

from compliance.bench.measuring import Figure, median_of
from compliance.bench.subjects import building_contexts
from registry.conditions import OUTCOMES, Condition, FactContext, FactTable, Level, evaluate, evaluate_all, outcome_of
from registry.models import RuleVersion
from registry.rules.assessment import condition_of, current_vocabulary

MICRO = 1_000_000


class OutcomesDiffer(Exception):
    """The vectorised and the scalar evaluation disagree: the figures beside them would mean nothing."""


def condition_figures(on: date, buildings: int) -> list[Figure]:
    """All building rules for one building, then for `buildings`, vectorised against one by one in the same run."""
    vocabulary = current_vocabulary()
    versions = RuleVersion.objects.in_force(on).filter(subject=Level.BUILDING).select_related("rule")
    conditions = {version.rule.slug: condition_of(version, vocabulary) for version in versions}
    contexts = building_contexts(vocabulary, buildings)
    one = contexts[0]
    plain = median_of(50, lambda: [outcome_of(condition, one) for condition in conditions.values()]).seconds
    traced = median_of(20, lambda: [evaluate(condition, one) for condition in conditions.values()]).seconds
    start = time.perf_counter()
    together = evaluate_all(conditions, FactTable(vocabulary, contexts))
    vectorised = time.perf_counter() - start
    start = time.perf_counter()
    apart = _one_by_one(conditions, contexts)
    scalar = time.perf_counter() - start
    for slug, outcomes in apart.items():
        if [OUTCOMES[code] for code in together[slug]] != outcomes:
            raise OutcomesDiffer(f"Rule {slug}: the vectorised outcome differs from the scalar one.")
    title = f"{len(conditions)} building rules"
    return [
        Figure(f"{title}, one building, outcome", f"{plain * MICRO:,.0f} µs", f"with trace {traced * MICRO:,.0f} µs"),
        Figure(
            f"{title} × {buildings:,} buildings, vectorised",
            f"{vectorised:.2f} s",
            f"one by one {scalar:.2f} s = {scalar / vectorised:.1f} × as long, same outcomes",
        ),
    ]


def _one_by_one(conditions: Mapping[str, Condition], contexts: Sequence[FactContext]) -> dict[str, list[object]]:
    return {slug: [outcome_of(condition, context) for context in contexts] for slug, condition in conditions.items()}
