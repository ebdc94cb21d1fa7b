"""The front door of compliance: other apps import its models from here."""

from compliance.checklists.evidence_models import Evidence, EvidenceLink, Occurrence
from compliance.checklists.models import Answer, AnswerStatus, Checklist, Item, Obligation
from compliance.dossiers.models import Dossier, RenderJob
from compliance.reviews.models import Finding, FindingMessage, Review

__all__ = [
    "Answer",
    "AnswerStatus",
    "Checklist",
    "Dossier",
    "Evidence",
    "EvidenceLink",
    "Finding",
    "FindingMessage",
    "Item",
    "Obligation",
    "Occurrence",
    "RenderJob",
    "Review",
]
