"""Is this file the dossier that its number stands for? And if not, what exactly differs?"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from compliance.dossiers.canonical import canonical_json
from compliance.dossiers.contents import JsonValue, Snapshot
from compliance.dossiers.editions import LANGUAGE, Edition, is_registered, known_files
from compliance.dossiers.extracts import extract_of
from compliance.dossiers.finishing import EXTRACT_NAME, SNAPSHOT_NAME
from compliance.dossiers.models import Dossier
from compliance.dossiers.opened_pdf import NotADossier, OpenedPdf, first_difference, open_pdf, place_of
from compliance.dossiers.signature_check import ALTERED, DAMAGED, NONE, UNKNOWN, SignatureReport, read_signature
from compliance.dossiers.signature_field import FIELD
from compliance.dossiers.snapshot import load, sha256_of

_MOST_DIFFERENCES = 20


@dataclass(frozen=True)
class Problem:
    """Something that does not hold; `where` names the place, for altered fields as a JSON path."""

    code: str
    text: str
    where: str = ""


@dataclass(frozen=True)
class Verdict:
    """What verification found. Valid means: every byte is as registered."""

    problems: tuple[Problem, ...]
    number: str = ""
    round: int | None = None
    as_of: date | None = None
    is_submitted: bool | None = None
    superseded_by: str = ""
    signature: SignatureReport | None = None
    edition: str = ""  # `en` or `ko:molit`; empty when the file is none that was made here

    @property
    def valid(self) -> bool:
        return not self.problems

    def for_strangers(self) -> "Verdict":
        """What anybody may be told: which part differs, never where.

        Places would let a stranger find out a dossier by guessing: he uploads a guess and sees what is right of it.
        """
        codes = dict.fromkeys(row.code for row in self.problems)
        texts = {row.code: row.text for row in self.problems}
        coarse = _coarse_texts()
        return replace(self, problems=tuple(Problem(code, coarse.get(code, texts[code])) for code in codes))


def _coarse_texts() -> dict[str, str]:
    return {
        "snapshot_altered": _("첨부된 snapshot.json이 등록된 것과 다릅니다."),
        "snapshot_damaged": _("첨부된 snapshot.json이 등록된 것과 다릅니다."),
        "metadata_altered": _("문서 정보가 등록된 것과 다릅니다."),
        "evidence_altered": _("첨부된 증빙이 등록된 것과 다릅니다."),
        "evidence_unknown": _("등록되지 않은 첨부 파일이 있습니다."),
        "file_altered": _("파일이 등록된 PDF와 다릅니다."),
    }


def verify(file: Path | bytes) -> Verdict:
    """Compare a PDF with the register, byte by byte and, where it differs, field by field."""
    content = file if isinstance(file, bytes) else file.read_bytes()
    try:
        opened = open_pdf(content)
    except NotADossier as error:
        return Verdict((Problem(error.code, error.text),))
    number = _number_of(opened)
    dossier = Dossier.objects.filter(number=number).first()
    if dossier is None:
        text = _("번호 {number}인 보고서는 등록되어 있지 않습니다.").format(number=number or "?")
        return Verdict((Problem("unknown_number", text, number),), number)
    files = known_files(dossier)
    signature = read_signature(content, known_signers=frozenset(str(row.get("signer") or "") for row in files))
    later = later_round_of(dossier)
    return Verdict(
        problems=(*_problems(opened, dossier), *_signature_problems(signature, opened, dossier)),
        number=number,
        round=dossier.round,
        as_of=dossier.as_of,
        is_submitted=dossier.submitted_at is not None,
        superseded_by=later.number if later else "",
        signature=signature,
        edition=_edition_of(opened, files),
    )


def _edition_of(opened: OpenedPdf, files: Iterable[Mapping[str, object]]) -> str:
    """Which of the files that were made from the dossier this one is."""
    for row in files:
        if row.get("sha256") == opened.sha256:
            return str(Edition(str(row.get("language") or LANGUAGE), str(row.get("ministry") or "")))
    return ""


def _signature_problems(signature: SignatureReport, opened: OpenedPdf, dossier: Dossier) -> Iterator[Problem]:
    """A signature that does not hold, or that is missing where one was; a file as registered needs no more proof."""
    if is_registered(dossier, opened.sha256):
        return
    if signature.state in (ALTERED, DAMAGED, UNKNOWN):
        yield Problem(f"signature_{signature.state}", signature.text, FIELD)
    elif signature.state == NONE:
        yield Problem("signature_missing", signature.text, FIELD)


def later_round_of(dossier: Dossier) -> Dossier | None:
    """The round that took this one's place: a later one that was submitted or, before submission, any later one."""
    later = dossier.facility.dossiers.filter(round__gt=dossier.round).order_by("-round")
    if dossier.submitted_at:
        later = later.filter(Q(submitted_at__isnull=False))
    return later.defer("snapshot").first()


def _number_of(opened: OpenedPdf) -> str:
    """The number that the snapshot tells; the file's own information stands in when the snapshot is unreadable."""
    try:
        data = json.loads(opened.shown)
        return str(data["number"])
    except (ValueError, KeyError, TypeError):
        return opened.number


def _problems(opened: OpenedPdf, dossier: Dossier) -> Iterator[Problem]:
    known = _known_contents(opened, dossier)
    if opened.shown != known:
        yield from _altered_snapshot(opened, known)
    if sha256_of(dossier.snapshot) != dossier.snapshot_sha256:
        yield Problem("register_altered", _("등록부의 스냅샷이 등록된 SHA-256과 다릅니다. 관리자에게 알리십시오."))
    if opened.snapshot_sha256 != dossier.snapshot_sha256:
        text = _("문서 정보에 적힌 스냅샷 SHA-256이 등록부와 다릅니다.")
        yield Problem("metadata_altered", text, "/Info/ilwonsnapshotsha256")
    if opened.number != dossier.number:
        yield Problem("metadata_altered", _("문서 정보에 적힌 번호가 등록부와 다릅니다."), "/Info/ilwonnumber")
    yield from _altered_evidence(opened, load(dossier.snapshot))
    if opened.says != (dossier.number, dossier.snapshot_sha256):
        text = _("XMP 메타데이터의 번호나 스냅샷 SHA-256이 등록부와 다릅니다.")
        yield Problem("metadata_altered", text, "/Root/Metadata")
    if not is_registered(dossier, opened.sha256):
        yield _altered_bytes(opened, dossier)


def _known_contents(opened: OpenedPdf, dossier: Dossier) -> str:
    """What the file ought to have attached: the snapshot, or the part of it that it claims to be."""
    if opened.is_extract:
        try:
            return canonical_json(extract_of(load(dossier.snapshot), opened.extract_ministry))
        except KeyError:
            return ""
    return dossier.snapshot


def _altered_bytes(opened: OpenedPdf, dossier: Dossier) -> Problem:
    if not dossier.pdf_sha256:
        return Problem("not_rendered", _("이 보고서의 PDF는 아직 등록되지 않았습니다."))
    with dossier.pdf.open() as file:
        known = file.read()
    offset = first_difference(opened.content, known)
    text = _(
        "파일의 SHA-256({found}…)이 등록된 값({known}…)과 다릅니다. 처음 다른 곳: {offset}번째 바이트, {place}"
        " (이 파일 {size}바이트, 등록된 파일 {known_size}바이트)."
    )
    place = place_of(known, offset)
    told = text.format(
        found=opened.sha256[:16],
        known=dossier.pdf_sha256[:16],
        offset=f"{offset + 1:,}",
        place=place,
        size=f"{len(opened.content):,}",
        known_size=f"{len(known):,}",
    )
    return Problem("file_altered", told, place)


def _altered_snapshot(opened: OpenedPdf, known: str) -> Iterator[Problem]:
    """Every field that differs from the register, or the reason why the text cannot be compared."""
    if opened.attachments[opened.contents_name] is None:
        yield Problem("snapshot_damaged", _("첨부된 snapshot.json이 손상되어 풀 수 없습니다."), opened.contents_name)
        return
    try:
        data = json.loads(opened.shown)
    except ValueError as error:
        text = _("첨부된 snapshot.json이 JSON이 아닙니다: {reason}").format(reason=str(error))
        yield Problem("snapshot_altered", text, opened.contents_name)
        return
    differences = list(differing_paths(data, json.loads(known or "null")))
    for path in differences[:_MOST_DIFFERENCES]:
        yield Problem("snapshot_altered", _("스냅샷이 등록된 것과 다릅니다: {path}").format(path=path), path)
    if len(differences) > _MOST_DIFFERENCES:
        rest = len(differences) - _MOST_DIFFERENCES
        yield Problem("snapshot_altered", _("그 밖에 {count}곳이 더 다릅니다.").format(count=rest))
    if not differences:
        yield Problem(
            "snapshot_altered", _("스냅샷의 내용은 같으나 적힌 꼴이 등록된 것과 다릅니다."), opened.contents_name
        )


def differing_paths(found: JsonValue, known: JsonValue, path: str = "") -> Iterator[str]:
    """JSON pointers of what differs; something that is missing on one side is named once, as a whole."""
    if isinstance(found, dict) and isinstance(known, dict):
        for key in sorted(found.keys() | known.keys()):
            if key in found and key in known:
                yield from differing_paths(found[key], known[key], f"{path}/{key}")
            else:
                yield f"{path}/{key}"
    elif isinstance(found, list) and isinstance(known, list):
        for index, (mine, theirs) in enumerate(zip(found, known, strict=False)):
            yield from differing_paths(mine, theirs, f"{path}/{index}")
        yield from (f"{path}/{index}" for index in range(*sorted((len(found), len(known)))))
    elif found != known or type(found) is not type(known):
        yield path or "/"


def _altered_evidence(opened: OpenedPdf, snapshot: Snapshot) -> Iterator[Problem]:
    """Attached documents against the hashes that the register's snapshot gives for them."""
    known = {row.attachment_name: row for row in snapshot.evidence}
    for name, content in sorted(opened.attachments.items()):
        if name in (SNAPSHOT_NAME, EXTRACT_NAME):
            continue
        if name not in known:
            yield Problem("evidence_unknown", _("등록되지 않은 첨부 파일이 있습니다: {name}").format(name=name), name)
        elif content is None or hashlib.sha256(content).hexdigest() != known[name].sha256:
            yield Problem("evidence_altered", _("첨부된 증빙이 등록된 것과 다릅니다: {name}").format(name=name), name)
