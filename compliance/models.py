"""The front door of compliance: other apps import its models from here."""

from compliance.archive.models import LegalHold
from compliance.checklists.commitment_models import Commitment
from compliance.checklists.evidence_models import Evidence, EvidenceLink, Occurrence
from compliance.checklists.models import Answer, AnswerStatus, Checklist, Item, Obligation
from compliance.dossiers.models import Dossier, RenderJob
from compliance.reviews.inspection_models import Inspection, InspectionSignature
from compliance.reviews.models import DueExtension, Finding, FindingMessage, Review

__all__ = [
    "Answer",
    "AnswerStatus",
    "Checklist",
    "Commitment",
    "Dossier",
    "DueExtension",
    "Evidence",
    "EvidenceLink",
    "Finding",
    "FindingMessage",
    "Inspection",
    "InspectionSignature",
    "Item",
    "LegalHold",
    "Obligation",
    "Occurrence",
    "RenderJob",
    "Review",
]
