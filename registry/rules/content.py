"""What a rule version says, in the words of the catalogue: a canonical form to compare, hash and export."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from registry.rules.models import Citation, RuleVersion

Content = dict[str, Any]

# Key in the catalogue -> field of RuleVersion. `ministry`, `basis` and `effective_from` are not plain columns.
COLUMNS = {
    "title_ko": "title_ko",
    "title_en": "title_en",
    "subject": "subject",
    "binding": "binding",
    "obligation": "obligation_kind",
    "stage": "stages",
    "applies_when": "condition",
    "applies_note_ko": "applies_note_ko",
    "requirement_ko": "requirement_ko",
    "requirement_en": "requirement_en",
    "thresholds": "thresholds",
    "measure": "measure",
    "recurrence": "recurrence",
    "deadline": "deadline",
    "evidence_ko": "evidence_ko",
    "authority_ko": "authority_ko",
    "penalty": "penalty",
    "confidence": "confidence",
    "condition_confidence": "condition_confidence",
    "upcoming": "upcoming",
    "source_note": "source_note",
    "note_ko": "note_ko",
    "source": "source",
}
CITATION_PLACES = ("article", "paragraph", "item", "annex")
EMPTY: tuple[Any, ...] = (None, "", [], {})


def content_of(version: RuleVersion, citations: Iterable[Citation]) -> Content:
    """The version as the catalogue would write it.

    Its end is not part of it: closing a version does not change what it says.
    """
    content: Content = {key: getattr(version, column) for key, column in COLUMNS.items()}
    content["ministry"] = version.ministry.slug
    content["effective_from"] = version.effective_from and version.effective_from.isoformat()
    content["basis"] = [citation_content(citation) for citation in citations]
    return without_empty(content)


def citation_content(citation: Citation) -> Content:
    """Instrument and place. The number and file of a statute belong to the statute, not to the version."""
    return without_empty(
        {
            "instrument": citation.statute.title_ko,
            "kind": citation.statute.kind,
            **{place: getattr(citation, place) for place in CITATION_PLACES},
        }
    )


def columns_from(content: Mapping[str, Any]) -> dict[str, Any]:
    """Field values of RuleVersion for the content; ministry and basis are left to the caller."""
    columns = {column: content[key] for key, column in COLUMNS.items() if key in content}
    starts = content.get("effective_from")
    return {**columns, "effective_from": date.fromisoformat(starts) if starts else None}


def without_empty(content: Mapping[str, Any]) -> Content:
    return {key: value for key, value in content.items() if value not in EMPTY}


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of the content."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def canonical_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Keys whose value differs, with both values; None stands for absence."""
    keys = sorted(before.keys() | after.keys())
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}
