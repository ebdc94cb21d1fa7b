"""Template filters shared by every page."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from registry.language import active_language, in_language
from registry.statutes.models import Ministry

register = template.Library()

_KOREAN = re.compile(r"[가-힣](?:.*[가-힣])?", re.DOTALL)  # from the first Hangul syllable to the last


@register.filter
def lang(row: object, field: str) -> str:
    """`{{ topic|lang:"name" }}`: the text in the reader's language."""
    return in_language(row, field) if row else ""


@register.filter
def korean(text: object) -> SafeString:
    """`{{ version.authority_ko|korean }}`: text that has no English, marked as Korean on an English page."""
    shown = conditional_escape(str(text))
    if active_language() == "ko":
        return shown
    return mark_safe(_KOREAN.sub(r'<span lang="ko">\g<0></span>', shown))  # escaped above


@register.filter
def short(ministry: Ministry) -> str:
    """The short name of a ministry; in full in English, which has no short ones."""
    return ministry.short_ko if active_language() == "ko" else in_language(ministry, "name")
