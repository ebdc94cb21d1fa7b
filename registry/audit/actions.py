"""Recording and walking the audit trail."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from registry.audit.models import AuditEvent, AuditHead
from registry.people.models import User

SYSTEM = "system"


def record(
    verb: str,
    *,
    by: User | None,
    target: models.Model,
    data: Mapping[str, Any] | None = None,
    facility_id: int | None = None,
    at: datetime | None = None,
) -> AuditEvent:
    """Append one event to the chain; must run inside the transaction of the write that it tells of.

    `data` must be JSON-serialisable (dates and Decimals are turned into strings).
    Raises TransactionManagementError when no transaction is open.
    """
    head = _locked_head()
    event = AuditEvent(
        sequence=head.sequence + 1,
        at=at or timezone.now(),
        actor=by,
        actor_label=str(by.username) if by else SYSTEM,
        verb=verb,
        object_type=target._meta.model_name or "",
        object_id=str(target.pk),
        facility_id=facility_id,
        data=json.loads(json.dumps(dict(data or {}), cls=DjangoJSONEncoder)),
        previous_hash=head.hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save()
    return event


def _locked_head() -> AuditHead:
    heads = AuditHead.objects.select_for_update()
    return heads.filter(pk=1).first() or heads.get(pk=AuditHead.objects.get_or_create(pk=1)[0].pk)


def event_hash(event: AuditEvent) -> str:
    """SHA-256 over the canonical form of the event and the hash of the one before it."""
    body = {
        "sequence": event.sequence,
        "at": event.at.timestamp(),
        "actor": event.actor_label,
        "verb": event.verb,
        "object": f"{event.object_type}:{event.object_id}",
        "facility": event.facility_id,
        "data": event.data,
        "previous": event.previous_hash,
    }
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_links() -> Iterator[str]:
    """Every place where the chain does not hold, in words; nothing when it is whole."""
    previous_hash, expected = "0" * 64, 1
    for event in AuditEvent.objects.order_by("sequence").iterator():
        if event.sequence != expected:
            yield f"event {expected} is missing before event {event.sequence}"
            expected = event.sequence
        if event.previous_hash != previous_hash:
            yield f"event {event.sequence} does not continue the event before it"
        if event_hash(event) != event.hash:
            yield f"event {event.sequence} ({event.verb}) was changed after it was recorded"
        previous_hash, expected = event.hash, expected + 1
    head = AuditHead.objects.filter(pk=1).first()
    if head and (head.sequence != expected - 1 or head.hash != previous_hash):
        yield f"the chain ends at event {expected - 1}, but the register says {head.sequence}: events were cut off"
