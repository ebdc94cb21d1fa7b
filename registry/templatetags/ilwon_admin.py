"""What the front page of the admin shows beside the list of models."""

from django import template

from registry.rules.models import RuleVersion

register = template.Library()

SHOWN = 12


@register.simple_tag
def drafts_waiting() -> list[RuleVersion]:
    """Drafts that nobody has published yet, newest first."""
    drafts = RuleVersion.objects.filter(status=RuleVersion.Status.DRAFT).select_related("rule")
    return list(drafts.order_by("-pk")[:SHOWN])
