"""Template filters shared by every page."""

from django import template

from registry.language import in_language

register = template.Library()


@register.filter
def lang(row: object, field: str) -> str:
    """`{{ topic|lang:"name" }}`: the text in the reader's language."""
    return in_language(row, field) if row else ""
