"""What an archive says of reviews, inspections, holds and the audit trail, as plain values for JSON."""

from collections.abc import Iterator
from typing import Any

from compliance.checklists.commitment_models import Commitment
from compliance.checklists.evidence_models import Evidence
from compliance.dossiers.models import Dossier
from compliance.reviews.inspection_models import Inspection
from compliance.reviews.models import Finding, Review
from registry.audit.models import AuditEvent


def reviews_json(dossier: Dossier) -> list[dict[str, Any]]:
    """Every ministry's review with its findings, the talk, inspections and conditions."""
    reviews = dossier.reviews.select_related("ministry", "decided_by").prefetch_related(
        "findings__raised_by",
        "findings__messages__written_by",
        "findings__messages__evidence",
        "findings__extensions__extended_by",
        "inspections__findings",
        "inspections__photos",
        "inspections__signatures__signed_by",
    )
    return [_review(row, dossier) for row in reviews.order_by("ministry__order", "ministry__slug")]


def _review(review: Review, dossier: Dossier) -> dict[str, Any]:
    kept = dossier.facility.commitments.filter(source=dossier.number, ministry=review.ministry)
    return {
        "id": review.pk,
        "ministry": review.ministry.slug,
        "ministry_ko": review.ministry.name_ko,
        "opened_at": review.opened_at,
        "decision": review.decision,
        "reason": review.reason,
        "conditions": review.conditions,
        "decided_at": review.decided_at,
        "decided_by": review.decided_by.username if review.decided_by else None,
        "findings": [_finding(row) for row in review.findings.all()],
        "inspections": [_inspection(row) for row in review.inspections.all()],
        "commitments": [_commitment(row) for row in kept.select_related("evidence", "done_by")],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.pk,
        "obligation": finding.obligation_key,
        "kind": finding.kind,
        "text": finding.text,
        "documents": finding.documents_asked,
        "due_on": finding.due_on,
        "state": finding.state,
        "raised_at": finding.raised_at,
        "raised_by": finding.raised_by.username,
        "resolved_at": finding.resolved_at,
        "messages": [
            {
                "text": row.text,
                "written_at": row.written_at,
                "written_by": row.written_by.username,
                "evidence": [file.sha256 for file in row.evidence.all()],
            }
            for row in finding.messages.all()
        ],
        "extensions": [
            {
                "before": row.previous_due_on,
                "due_on": row.due_on,
                "reason": row.reason,
                "extended_at": row.extended_at,
                "extended_by": row.extended_by.username,
            }
            for row in finding.extensions.all()
        ],
    }


def _inspection(inspection: Inspection) -> dict[str, Any]:
    return {
        "planned_on": inspection.planned_on,
        "place": inspection.place,
        "purpose": inspection.purpose,
        "officers": inspection.officers,
        "hosts": inspection.hosts,
        "held_on": inspection.held_on,
        "result": inspection.result,
        "findings": [row.pk for row in inspection.findings.all()],
        "photos": [row.sha256 for row in inspection.photos.all()],
        "signatures": [
            {
                "side": row.side,
                "name": row.name,
                "account": row.signed_by.username,
                "signed_at": row.signed_at,
                "record_sha256": row.record_sha256,
            }
            for row in inspection.signatures.all()
        ],
    }


def _commitment(row: Commitment) -> dict[str, Any]:
    return {
        "text": row.text,
        "due_on": row.due_on,
        "done_on": row.done_on,
        "note": row.note,
        "evidence": row.evidence.sha256 if row.evidence else None,
    }


def holds_json(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "reason": row.reason,
            "placed_at": row.placed_at,
            "placed_by": row.placed_by.username,
            "lifted_at": row.lifted_at,
            "lifted_by": row.lifted_by.username if row.lifted_by else None,
            "lift_reason": row.lift_reason,
        }
        for row in dossier.holds.select_related("placed_by", "lifted_by")
    ]


def audit_json(dossier: Dossier) -> list[dict[str, Any]]:
    """The events about the dossier, with what their hashes are made of."""
    return [_event(row) for row in _events_about(dossier)]


def _events_about(dossier: Dossier) -> Iterator[AuditEvent]:
    for event in AuditEvent.objects.filter(facility_id=dossier.facility_id).order_by("sequence"):
        named = event.data.get("number") or event.data.get("dossier")
        is_own = event.object_type == "dossier" and event.object_id == str(dossier.pk)
        if is_own or named == dossier.number:
            yield event


def _event(event: AuditEvent) -> dict[str, Any]:
    return {
        "sequence": event.sequence,
        "at": event.at.timestamp(),
        "actor": event.actor_label,
        "verb": event.verb,
        "object": f"{event.object_type}:{event.object_id}",
        "facility": event.facility_id,
        "data": event.data,
        "previous": event.previous_hash,
        "hash": event.hash,
    }


def shown_evidence(dossier: Dossier) -> dict[str, Evidence]:
    """Documents outside the snapshot that belong to its reviews, by hash: replies, photos, kept conditions."""
    replied = Evidence.objects.filter(finding_messages__finding__review__dossier=dossier)
    photographed = Evidence.objects.filter(inspections__review__dossier=dossier)
    kept = Evidence.objects.filter(commitments__source=dossier.number)
    return {row.sha256: row for row in [*replied, *photographed, *kept]}
