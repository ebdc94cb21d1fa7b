"""Printing a registered dossier: the one file that its number stands for, and editions in other languages."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from compliance.checklists.evidence_models import Evidence
from compliance.dossiers.contents import Snapshot
from compliance.dossiers.models import Dossier, RenderJob
from compliance.dossiers.pdf import AttachedFile, PrintedDossier, Told, print_dossier
from compliance.dossiers.snapshot import load
from registry.audit.actions import record
from registry.models import AuditEvent

LANGUAGE = "ko"
MAX_ATTACHED_BYTES = 100 * 1024 * 1024
EDITION = "dossier.rendered"


class EvidenceChanged(Exception):
    """A document is not the one that the snapshot names."""


def print_edition(
    dossier: Dossier, language: str = LANGUAGE, *, tell: Told = lambda step, progress: None
) -> PrintedDossier:
    """The dossier as PDF in one language, with snapshot and evidence inside; nothing is stored."""
    tell("reading", 5)
    snapshot = load(dossier.snapshot)
    attached = sum(row.size for row in snapshot.evidence) <= MAX_ATTACHED_BYTES
    return print_dossier(
        dossier.snapshot,
        issued_at=dossier.issued_at,
        issued_by=str(dossier.issued_by or ""),
        evidence=list(_evidence(snapshot)) if attached else [],
        evidence_is_attached=attached,
        language=language,
        tell=tell,
    )


def _evidence(snapshot: Snapshot) -> Iterator[AttachedFile]:
    """The documents of the evidence index; raises EvidenceChanged when one is not what it was."""
    files = Evidence.objects.in_bulk([row.pk for row in snapshot.evidence])
    for row in snapshot.evidence:
        content = files[row.pk].file.read()
        if hashlib.sha256(content).hexdigest() != row.sha256:
            raise EvidenceChanged(f"{row.ref} {row.title}: the stored file is not the one in the snapshot")
        yield AttachedFile(row.attachment_name, f"{row.title} ({row.original_name})", content)


def render_job(job: RenderJob, *, tell: Told = lambda step, progress: None) -> None:
    """Print the edition that the job asks for."""
    if job.edition == RenderJob.REGISTERED:
        render_registered(job.dossier, tell=tell)


def render_registered(dossier: Dossier, *, tell: Told = lambda step, progress: None) -> None:
    """Print the dossier and register the file as the one its number stands for; harmless when that was done."""
    if Dossier.objects.exclude(pdf_sha256="").filter(pk=dossier.pk).exists():
        return
    printed = print_edition(dossier, tell=tell)
    tell("saving", 90)
    digest = hashlib.sha256(printed.content).hexdigest()
    name = _store(dossier, printed.content, digest)
    tell("checking", 97)
    _register(dossier, name, printed, digest)


def _store(dossier: Dossier, content: bytes, digest: str) -> str:
    """Write the file beside the media first, so that storage never holds half a PDF; returns its name there."""
    field = dossier.pdf.field
    name = field.generate_filename(dossier, f"{dossier.number}-{digest[:12]}.pdf")
    with tempfile.TemporaryFile(suffix=".pdf") as draft:
        draft.write(content)
        draft.seek(0)
        stored: str = field.storage.save(name, File(draft))
    with field.storage.open(stored) as file:
        if hashlib.sha256(file.read()).hexdigest() != digest:
            raise OSError(f"{stored} was not stored as it was written")
    return stored


@transaction.atomic
def _register(dossier: Dossier, name: str, printed: PrintedDossier, digest: str) -> None:
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if row.pdf_sha256:  # another worker was first; its file counts
        row.pdf.storage.delete(name)
        return
    row.pdf.name, row.pdf_sha256, row.content_sha256, row.pages = name, digest, printed.content_sha256, printed.pages
    row.save(update_fields=["pdf", "pdf_sha256", "content_sha256", "pages"])
    register_edition(row, printed, LANGUAGE)
    dossier.refresh_from_db()


@transaction.atomic
def register_edition(dossier: Dossier, printed: PrintedDossier, language: str) -> None:
    """Remember the file by its hash in the audit trail, so that it can be verified later."""
    digest = hashlib.sha256(printed.content).hexdigest()
    data = {"number": dossier.number, "language": language, "sha256": digest, "pages": printed.pages}
    record(EDITION, by=None, target=dossier, facility_id=dossier.facility_id, data=data, at=timezone.now())


def is_registered(dossier: Dossier, digest: str) -> bool:
    """Whether a file with that hash was made from this dossier by this system."""
    events = AuditEvent.objects.filter(verb=EDITION, object_type="dossier", object_id=str(dossier.pk))
    return digest == dossier.pdf_sha256 or any(event.data.get("sha256") == digest for event in events)


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step: whoever looks sees the old file or the new one."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
