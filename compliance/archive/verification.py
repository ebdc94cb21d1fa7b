"""Checking an archive with nothing but the archive: no database, no store."""

import hashlib
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from compliance.archive.export import FORMAT, MANIFEST, VERSION
from compliance.dossiers.snapshot import NotReadable, load

_CHUNK = 1024 * 1024


def archive_problems(path: Path) -> list[str]:
    """Everything that does not hold, in words; nothing when the archive is whole.

    Raises OSError when the file cannot be read at all.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _problems(archive)
    except zipfile.BadZipFile as error:
        return [f"not a ZIP file, or a damaged one: {error}"]


def _problems(archive: zipfile.ZipFile) -> list[str]:
    try:
        manifest = json.loads(archive.read(MANIFEST))
        listed = {row["path"]: (row["sha256"], row["size"]) for row in manifest["files"]}
        missing = [f"{row['path']} was not exported: {row['reason']}" for row in manifest["missing"]]
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        return [f"{MANIFEST} cannot be read: {error}"]
    if (manifest.get("format"), manifest.get("version")) != (FORMAT, VERSION):
        return [f"{MANIFEST} is not that of an {FORMAT} of version {VERSION}"]
    found = archive.namelist()
    problems = [
        f"{name} stands twice in the archive" for name in sorted({row for row in found if found.count(row) > 1})
    ]
    problems += [f"{name} is not in the manifest" for name in found if name not in listed and name != MANIFEST]
    for name, expected in listed.items():
        problems += _file_problems(archive, name, expected) if name in found else [f"{name} is missing"]
    return problems + missing if problems else [*_content_problems(archive, manifest), *missing]


def _file_problems(archive: zipfile.ZipFile, name: str, expected: tuple[str, int]) -> list[str]:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > expected[1]:
                    break
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        return [f"{name} is damaged: {error}"]
    return [] if (digest.hexdigest(), size) == expected else [f"{name} is not what the manifest says"]


def _content_problems(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> list[str]:
    """What the files say about each other."""
    text = archive.read("snapshot.json")
    if hashlib.sha256(text).hexdigest() != manifest["snapshot_sha256"]:
        return ["snapshot.json is not the one that the dossier was issued with"]
    try:
        snapshot = load(text.decode())
    except NotReadable as error:
        return [f"snapshot.json cannot be read: {error}"]
    listed = {row["path"]: row["sha256"] for row in manifest["files"]}
    absent = {row["path"] for row in manifest["missing"]}
    problems = []
    if snapshot.number != manifest["number"]:
        problems.append(f"snapshot.json is of {snapshot.number}, the manifest of {manifest['number']}")
    for file in snapshot.evidence:
        path = f"evidence/{file.attachment_name}"
        if path not in absent and listed.get(path) != file.sha256:
            problems.append(f"{path} is not the document that the snapshot names")
    return problems + _audit_problems(json.loads(archive.read("audit.json")))


def _audit_problems(events: list[dict[str, Any]]) -> list[str]:
    """Each event's hash is over its contents and the hash before it; see `registry.audit.actions.event_hash`."""
    problems = []
    for event in events:
        body = {name: value for name, value in event.items() if name != "hash"}
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if hashlib.sha256(text.encode()).hexdigest() != event["hash"]:
            problems.append(f"audit event {event['sequence']} ({event['verb']}) was changed")
    return problems
