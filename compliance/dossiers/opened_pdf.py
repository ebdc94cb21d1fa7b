"""Reading a PDF that someone brings: its attachments, what it says of itself, and where a byte of it belongs."""

import hashlib
import io
import json
import re
from dataclasses import dataclass, field

import pikepdf
from django.utils.translation import gettext as _

from compliance.dossiers.finishing import EXTRACT_NAME, SNAPSHOT_NAME

# What pikepdf and qpdf raise for content that is not what it claims to be.
BROKEN = (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, KeyError, AttributeError, TypeError, RuntimeError)


class NotADossier(Exception):
    """The file cannot be read as a PDF of this system; `code` says in one word why."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


@dataclass(frozen=True)
class OpenedPdf:
    """The parts of a PDF that verification looks at; a damaged attachment is None."""

    content: bytes = field(repr=False)
    number: str
    snapshot_sha256: str
    attachments: dict[str, bytes | None] = field(repr=False)
    says: tuple[str, str] = ("", "")  # number and hash once more, from the XMP metadata

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def contents_name(self) -> str:
        """The attachment that says what the pages show."""
        return SNAPSHOT_NAME if SNAPSHOT_NAME in self.attachments else EXTRACT_NAME

    @property
    def is_extract(self) -> bool:
        return self.contents_name == EXTRACT_NAME

    @property
    def shown(self) -> str:
        return (self.attachments[self.contents_name] or b"").decode("utf-8", errors="replace")

    @property
    def extract_ministry(self) -> str:
        """The slug of the one ministry that an extract names; empty when it names none or several."""
        try:
            (row,) = json.loads(self.shown)["ministries"]
            return str(row["slug"])
        except (ValueError, KeyError, TypeError):
            return ""


def open_pdf(content: bytes) -> OpenedPdf:
    """The parts to compare; raises NotADossier for anything that is not a readable PDF with a snapshot."""
    if not content.startswith(b"%PDF-"):
        raise NotADossier("not_a_pdf", _("PDF 파일이 아닙니다."))
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            opened = OpenedPdf(
                content=content,
                number=str(pdf.docinfo.get("/ilwonnumber", "")),
                snapshot_sha256=str(pdf.docinfo.get("/ilwonsnapshotsha256", "")),
                attachments={name: _attached(pdf.attachments[name]) for name in pdf.attachments},
                says=_said_in_metadata(pdf),
            )
    except BROKEN as error:
        text = _("PDF가 손상되어 읽을 수 없습니다: {reason}").format(reason=str(error)[:200])
        raise NotADossier("damaged_pdf", text) from None
    if opened.contents_name not in opened.attachments:
        text = _("첨부된 snapshot.json이 없습니다. 이 시스템이 만든 보고서가 아닙니다.")
        raise NotADossier("no_snapshot", text)
    return opened


def _said_in_metadata(pdf: pikepdf.Pdf) -> tuple[str, str]:
    said = pdf.Root.Metadata.read_bytes().decode("utf-8", errors="replace") if "/Metadata" in pdf.Root else ""
    found = [re.search(rf"<ilwon:{name}>([^<]*)</ilwon:{name}>", said) for name in ("number", "snapshotSHA256")]
    return (found[0][1] if found[0] else "", found[1][1] if found[1] else "")


def _attached(spec: pikepdf.AttachedFileSpec) -> bytes | None:
    try:
        content: bytes = spec.get_file().read_bytes()
    except BROKEN:
        return None
    return content


def first_difference(found: bytes, known: bytes) -> int:
    """Offset of the first byte that differs; the length of the shorter file when it is the beginning of the other."""
    shorter, step = min(len(found), len(known)), 1 << 16
    for start in range(0, shorter, step):
        end = min(start + step, shorter)
        if found[start:end] != known[start:end]:
            return next(index for index in range(start, end) if found[index] != known[index])
    return shorter


_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\b")


def place_of(known: bytes, offset: int) -> str:
    """What the byte at `offset` of the registered file belongs to: a page, an attachment, or an object by number."""
    number = 0
    for match in _OBJECT.finditer(known, 0, offset + 1):
        number = int(match[1])
    if not number:
        return _("머리 부분")
    with pikepdf.open(io.BytesIO(known)) as pdf:
        for index, page in enumerate(pdf.pages, start=1):
            if _is_content(page, number):
                return _("{page}쪽의 내용").format(page=index)
        for name, spec in pdf.attachments.items():
            if spec.get_file().obj.objgen[0] == number:
                return _("첨부 파일 {name}").format(name=name)
    return _("PDF 객체 {number}").format(number=number)


def _is_content(page: pikepdf.Page, number: int) -> bool:
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return any(part is not None and part.objgen[0] == number for part in parts)
