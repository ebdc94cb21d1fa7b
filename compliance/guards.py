"""Database triggers that keep answers and dossiers as they were given."""

from typing import Any

from registry.audit.guards import lay_trigger

_FROZEN_DOSSIER = [
    "facility_id",
    "number",
    "round",
    "previous_id",
    "as_of",
    "snapshot",
    "snapshot_sha256",
    "issued_at",
    "issued_by_id",
]
_dossier_changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _FROZEN_DOSSIER)

COMPLIANCE_GUARDS = [
    ("answer_is_immutable", "compliance_answer", "UPDATE", "1 = 1", "answers are never overwritten: record a new one"),
    (
        "dossier_is_immutable",
        "compliance_dossier",
        "UPDATE",
        f"{_dossier_changed} OR (OLD.submitted_at IS NOT NULL AND OLD.submitted_at IS NOT NEW.submitted_at) "
        "OR (OLD.pdf_sha256 <> '' AND OLD.pdf_sha256 IS NOT NEW.pdf_sha256)",
        "a dossier is never edited: a resubmission is the next round",
    ),
    ("dossier_is_kept", "compliance_dossier", "DELETE", "1 = 1", "dossiers are records and are never deleted"),
]


def install_guards(using: str = "default", **_: Any) -> None:
    """Lay the triggers of compliance; harmless when they are there already."""
    for guard in COMPLIANCE_GUARDS:
        lay_trigger(using, *guard)
