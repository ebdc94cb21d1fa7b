"""Measured limits of the law in force that contradict each other, for those who keep the rules."""

from collections import defaultdict
from datetime import date

from compliance.checklists.measures import Conflict, Limit, conflicts
from registry.models import RuleVersion, Topic


def conflicting_limits(on: date) -> list[tuple[Topic, Conflict]]:
    """Contradictions among limits that meet in one item: same topic, same kind of subject (1 query)."""
    together: dict[tuple[Topic, str], list[Limit]] = defaultdict(list)
    versions = RuleVersion.objects.in_force(on).filter(measure__isnull=False).select_related("rule__topic__group")
    for version in versions.order_by("rule__slug"):
        if version.measure:
            together[version.rule.topic, version.subject].append(Limit.of(version.measure, version.rule.slug))
    return [(topic, conflict) for (topic, _), limits in together.items() for conflict in conflicts(limits)]
