"""Has anything happened since a checklist was last brought up to date?"""

from datetime import date

from django.db.models import Q

from compliance.checklists.models import Checklist
from registry.models import CatalogueRevision, FactDefinition, FactValue, RuleVersion


def is_stale(checklist: Checklist, on: date) -> bool:
    """Newer facts, buildings, rules or catalogue, or simply another day: dates move law, facts and due dates."""
    if checklist.reconciled_at is None or checklist.reconciled_on != on:
        return True
    return (
        CatalogueRevision.objects.values_list("pk", flat=True).first() != checklist.catalogue_revision_id
        or _has_newer_facts(checklist)
        or _has_newer_rules(checklist)
        or _has_unseen_buildings(checklist, on)
    )


def _has_newer_facts(checklist: Checklist) -> bool:
    facts = FactValue.objects.about(checklist.facility)
    return facts.filter(recorded_at__gte=checklist.reconciled_at).exists()


def _has_newer_rules(checklist: Checklist) -> bool:
    since = checklist.reconciled_at
    return RuleVersion.objects.filter(Q(published_at__gte=since) | Q(closed_at__gte=since)).exists()


def _has_unseen_buildings(checklist: Checklist, on: date) -> bool:
    """A building without a single item was added later, unless the law knows no duties of buildings."""
    if not checklist.facility.buildings.filter(items__isnull=True).exists():
        return False
    return building_rules(on) > 0


def building_rules(on: date) -> int:
    """How many rules in force bind buildings."""
    return RuleVersion.objects.in_force(on).filter(subject=FactDefinition.Level.BUILDING).count()
