"""Printing editions of a registered dossier: the one that its number stands for, English ones, and extracts.

The registered file is the Korean one. Every other edition is a file of its own, remembered by its hash.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.files import File
from django.db import models, transaction
from django.utils import timezone

from compliance.checklists.evidence_models import Evidence
from compliance.dossiers.canonical import canonical_json
from compliance.dossiers.contents import Snapshot
from compliance.dossiers.extracts import extract_of
from compliance.dossiers.finishing import AttachedFile
from compliance.dossiers.models import Dossier, RenderJob
from compliance.dossiers.pdf import Extract, PrintedDossier, Signing, Told, print_dossier
from compliance.dossiers.signing import sign, signing_key, signs_for_development
from compliance.dossiers.snapshot import load
from registry.audit.actions import record
from registry.models import AuditEvent

LANGUAGES = ("ko", "en")
LANGUAGE = LANGUAGES[0]
MAX_ATTACHED_BYTES = 100 * 1024 * 1024
EDITION = "dossier.rendered"


class EvidenceChanged(Exception):
    """A document is not the one that the snapshot names."""


@dataclass(frozen=True)
class Edition:
    """A language and, for an extract, the slug of the ministry; written `en` or `ko:molit`."""

    language: str = LANGUAGE
    ministry: str = ""

    @classmethod
    def parse(cls, text: str) -> "Edition":
        """Raises ValueError for a language that nobody prints."""
        language, _, ministry = text.partition(":")
        if language not in LANGUAGES:
            raise ValueError(f"{language}: not a language of dossiers")
        return cls(language, ministry)

    def __str__(self) -> str:
        return f"{self.language}:{self.ministry}" if self.ministry else self.language

    @property
    def is_registered(self) -> bool:
        return self == Edition()

    @property
    def suffix(self) -> str:
        """What is added to the number in the name of a file."""
        return "" if self.is_registered else "-" + str(self).replace(":", "-")


def snapshot_for(dossier: Dossier, edition: Edition) -> str:
    """What the edition shows: the snapshot, or the part of it that the ministry needs."""
    if not edition.ministry:
        return dossier.snapshot
    return canonical_json(extract_of(load(dossier.snapshot), edition.ministry))


def print_edition(
    dossier: Dossier, edition: Edition | str = LANGUAGE, *, tell: Told = lambda step, progress: None
) -> PrintedDossier:
    """One edition as a signed PDF, with what it shows and its evidence inside; nothing is stored."""
    tell("reading", 5)
    edition = Edition.parse(edition) if isinstance(edition, str) else edition
    text = snapshot_for(dossier, edition)
    snapshot = load(text)
    attached = sum(row.size for row in snapshot.evidence) <= MAX_ATTACHED_BYTES
    printed = print_dossier(
        text,
        issued_at=dossier.issued_at,
        issued_by=str(dossier.issued_by or ""),
        evidence=list(_evidence(snapshot)) if attached else [],
        evidence_is_attached=attached,
        language=edition.language,
        signing=Signing.DEVELOPMENT if signs_for_development() else Signing.CONFIGURED,
        extract=_extract(dossier, edition),
        tell=tell,
    )
    tell("signature", 85)
    return signed(printed)


def _extract(dossier: Dossier, edition: Edition) -> Extract | None:
    if not edition.ministry:
        return None
    return Extract(load(dossier.snapshot).ministry(edition.ministry), dossier.snapshot_sha256)


def signed(printed: PrintedDossier) -> PrintedDossier:
    """The same dossier with the signature of this system; what its pages show stays as it is."""
    with signing_key() as key:
        return replace(printed, content=sign(printed.content, key), signer=key.fingerprint)


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
    edition = Edition.parse(job.edition)
    if edition.is_registered:
        render_registered(job.dossier, tell=tell)
    else:
        _render_beside(job, edition, tell)


def _render_beside(job: RenderJob, edition: Edition, tell: Told) -> None:
    """Print an edition and keep its file with the job; the hash goes to the audit trail first."""
    printed = print_edition(job.dossier, edition, tell=tell)
    tell("saving", 90)
    name = _store(job, f"{job.dossier.number}{edition.suffix}", printed.content)
    tell("checking", 97)
    with transaction.atomic():
        register_edition(job.dossier, printed, edition)
        RenderJob.objects.filter(pk=job.pk).update(file=name)


def render_registered(dossier: Dossier, *, tell: Told = lambda step, progress: None) -> None:
    """Print the dossier and register the file as the one its number stands for; harmless when that was done."""
    if Dossier.objects.exclude(pdf_sha256="").filter(pk=dossier.pk).exists():
        return
    printed = print_edition(dossier, tell=tell)
    tell("saving", 90)
    name = _store(dossier, dossier.number, printed.content)
    tell("checking", 97)
    _register(dossier, name, printed)


def _store(row: Dossier | RenderJob, name: str, content: bytes) -> str:
    """Write the file beside the media first, so that storage never holds half a PDF; returns its name there."""
    digest = hashlib.sha256(content).hexdigest()
    field: models.fields.files.FieldFile = row.pdf if isinstance(row, Dossier) else row.file
    name = field.field.generate_filename(row, f"{name}-{digest[:12]}.pdf")
    with tempfile.TemporaryFile(suffix=".pdf") as draft:
        draft.write(content)
        draft.seek(0)
        stored: str = field.storage.save(name, File(draft))
    with field.storage.open(stored) as file:
        if hashlib.sha256(file.read()).hexdigest() != digest:
            raise OSError(f"{stored} was not stored as it was written")
    return stored


@transaction.atomic
def _register(dossier: Dossier, name: str, printed: PrintedDossier) -> None:
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if row.pdf_sha256:  # another worker was first; its file counts
        row.pdf.storage.delete(name)
        return
    row.pdf.name, row.pdf_sha256 = name, hashlib.sha256(printed.content).hexdigest()
    row.content_sha256, row.pages = printed.content_sha256, printed.pages
    row.save(update_fields=["pdf", "pdf_sha256", "content_sha256", "pages"])
    register_edition(row, printed, Edition())
    dossier.refresh_from_db()


@transaction.atomic
def register_edition(dossier: Dossier, printed: PrintedDossier, edition: Edition) -> None:
    """Remember the file by its hash in the audit trail, so that it can be verified later."""
    data = {
        "number": dossier.number,
        "language": edition.language,
        "ministry": edition.ministry,
        "sha256": hashlib.sha256(printed.content).hexdigest(),
        "content_sha256": printed.content_sha256,
        "pages": printed.pages,
        "signer": printed.signer,
    }
    record(EDITION, by=None, target=dossier, facility_id=dossier.facility_id, data=data, at=timezone.now())


def known_files(dossier: Dossier) -> list[dict[str, object]]:
    """What the audit trail remembers of every file that was made from this dossier."""
    events = AuditEvent.objects.filter(verb=EDITION, object_type="dossier", object_id=str(dossier.pk))
    return [event.data for event in events]


def is_registered(dossier: Dossier, digest: str) -> bool:
    """Whether a file with that hash was made from this dossier by this system."""
    return digest == dossier.pdf_sha256 or any(row.get("sha256") == digest for row in known_files(dossier))


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
