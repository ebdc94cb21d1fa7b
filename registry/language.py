"""Pick the Korean or English text of a row that carries both."""

from django.utils.translation import get_language


def active_language() -> str:
    """`"en"` when English is active, otherwise `"ko"`: Korean is the language of the law."""
    return "en" if (get_language() or "ko").startswith("en") else "ko"


def in_language(row: object, field: str, language: str | None = None) -> str:
    """Text of `<field>_<language>`, falling back to Korean where no English text exists.

    Raises AttributeError if the row has no Korean text of that name.
    """
    chosen = language or active_language()
    text = getattr(row, f"{field}_{chosen}", "") if chosen != "ko" else ""
    return text or getattr(row, f"{field}_ko")
