"""Everything about one dossier as one ZIP file with a manifest of hashes. docs/archive.md tells what is inside."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder

from compliance.archive.contents import audit_json, holds_json, reviews_json, shown_evidence
from compliance.checklists.evidence_models import Evidence
from compliance.dossiers.contents import EvidenceFile
from compliance.dossiers.models import Dossier
from compliance.dossiers.snapshot import load
from compliance.reviews.letter import letter_number, letter_of, print_letter

FORMAT, VERSION = "ilwon-dossier-archive", 1
MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # times stand in the contents; the same contents give the same file


@dataclass
class _Archive:
    """A ZIP file being written, with the hashes of what went in and a list of what could not."""

    zip: zipfile.ZipFile
    files: list[dict[str, Any]] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)

    def add(self, path: str, content: bytes) -> None:
        self._note(path, hashlib.sha256(content).hexdigest(), len(content))
        self.zip.writestr(_entry(path), content)

    def add_json(self, path: str, value: object) -> None:
        self.add(path, _json(value))

    def add_file(self, path: str, name: str | None, expected_sha256: str) -> None:
        """A kept file; one that is gone, or no longer what it was, is named as missing instead of passed over."""
        if not name or not default_storage.exists(name):
            self.missing.append({"path": path, "sha256": expected_sha256, "reason": "not in the store"})
            return
        with default_storage.open(name, "rb") as source:
            sha256, size = _measured(source)
            if sha256 != expected_sha256:
                reason = f"the store has another content, {sha256}"
                self.missing.append({"path": path, "sha256": expected_sha256, "reason": reason})
                return
            source.seek(0)
            with self.zip.open(_entry(path), "w") as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
        self._note(path, sha256, size)

    def _note(self, path: str, sha256: str, size: int) -> None:
        self.files.append({"path": path, "sha256": sha256, "size": size})


def export_dossier(dossier: Dossier, target: IO[bytes], *, at: datetime) -> str:
    """Write the archive; returns the SHA-256 of its manifest, which vouches for everything inside."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        archive = _Archive(file)
        archive.add("snapshot.json", dossier.snapshot.encode())
        if dossier.pdf_sha256:
            archive.add_file("dossier.pdf", dossier.pdf.name, dossier.pdf_sha256)
        archive.add_json("reviews.json", reviews_json(dossier))
        archive.add_json("holds.json", holds_json(dossier))
        archive.add_json("audit.json", audit_json(dossier))
        for path, evidence in _evidence(dossier):
            archive.add_file(path, *evidence)
        for review in dossier.reviews.exclude(decision="").select_related("ministry", "decided_by"):
            archive.add(f"letters/{letter_number(review)}.pdf", print_letter(letter_of(review)))
        manifest = _json(_manifest(dossier, archive, at))
        file.writestr(_entry(MANIFEST), manifest)
    return hashlib.sha256(manifest).hexdigest()


def _manifest(dossier: Dossier, archive: _Archive, at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "number": dossier.number,
        "round": dossier.round,
        "facility": dossier.facility.slug,
        "snapshot_sha256": dossier.snapshot_sha256,
        "exported_at": at,
        "files": archive.files,
        "missing": archive.missing,
    }


def _evidence(dossier: Dossier) -> Iterator[tuple[str, tuple[str | None, str]]]:
    """Path, then name in the store and hash: the snapshot's under their refs, what reviews brought under its hash."""
    frozen = load(dossier.snapshot).evidence
    stored = {row.pk: row.file.name for row in Evidence.objects.filter(pk__in=[file.pk for file in frozen])}
    for file in frozen:
        yield f"evidence/{file.attachment_name}", (stored.get(file.pk, ""), file.sha256)
    known = {file.sha256 for file in frozen}
    for sha256, row in sorted(shown_evidence(dossier).items()):
        if sha256 not in known:
            suffix = PurePath(row.original_name).suffix.lower()
            yield f"reviews/{sha256[:16]}{suffix if suffix.isascii() else ''}", (row.file.name, sha256)


def _name(file: EvidenceFile) -> str:
    return file.attachment_name


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _measured(source: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2, cls=DjangoJSONEncoder).encode()
