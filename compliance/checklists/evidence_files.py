"""Which files are taken as evidence: judged by their content, never by their name alone."""

import hashlib
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

# General magic libraries cannot tell DOCX, HWPX and plain ZIP apart or miss the HEIC brands that phones write, so the
# dozen kinds we take are recognised here.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "pdf": ("application/pdf", (".pdf",)),
    "png": ("image/png", (".png",)),
    "jpeg": ("image/jpeg", (".jpg", ".jpeg")),
    "webp": ("image/webp", (".webp",)),
    "heic": ("image/heic", (".heic", ".heif")),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    "hwpx": ("application/hwp+zip", (".hwpx",)),
    "hwp": ("application/x-hwp", (".hwp",)),
    "text": ("text/plain", (".txt", ".csv")),
}
EXTENSIONS = tuple(extension for _type, extensions in KINDS.values() for extension in extensions)

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"heim", b"heis"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4096
_NAME_LENGTH = 200


@dataclass(frozen=True)
class CheckedFile:
    """What is known of an acceptable upload."""

    name: str
    content_type: str
    size: int
    sha256: str

    @property
    def extension(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def check_file(file: "UploadedFile[bytes]", *, max_bytes: int) -> CheckedFile:
    """Judge an upload; raises ValidationError with the one reason why it is refused."""
    name, size = safe_name(file.name or ""), file.size or 0
    extension = PurePosixPath(name).suffix.lower()
    if size == 0:
        raise ValidationError(_("‘%(name)s’은(는) 빈 파일입니다."), params={"name": name})
    if size > max_bytes:
        limits = {"name": name, "size": filesizeformat(size), "limit": filesizeformat(max_bytes)}
        raise ValidationError(_("‘%(name)s’은(는) %(size)s로 한도 %(limit)s를 넘습니다."), params=limits)
    if extension not in EXTENSIONS:
        known = ", ".join(part[1:].upper() for part in EXTENSIONS)
        message = _("‘%(name)s’은(는) 받지 않는 형식입니다. 받는 형식: %(known)s")
        raise ValidationError(message, params={"name": name, "known": known})
    kind = kind_of(file)
    if kind is None or extension not in KINDS[kind][1]:
        raise ValidationError(_("‘%(name)s’의 내용이 확장자와 맞지 않습니다."), params={"name": name})
    content_type = "text/csv" if extension == ".csv" else KINDS[kind][0]
    return CheckedFile(name, content_type, size, _sha256(file))


def safe_name(name: str) -> str:
    """The last part of the name without anything that could lead out of a folder or break a header."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(sign for sign in last if sign.isprintable() and sign not in '"<>:|?*').strip(" .")
    stem, suffix = PurePosixPath(printable).stem, PurePosixPath(printable).suffix
    return f"{stem[: _NAME_LENGTH - len(suffix)]}{suffix}" or "file"


def kind_of(file: IO[bytes]) -> str | None:
    """The kind of file by its content; None when it is none that we take."""
    file.seek(0)
    head = file.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "heic"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(file)
    if head.startswith(_OLE):
        return "hwp" if _mentions_hwp(file) else None
    return "text" if _is_text(file) else None


def _kind_of_archive(file: IO[bytes]) -> str | None:
    """Office documents are archives with a known table of contents; any other archive could hide anything."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else None
    return "hwpx" if {"mimetype", "version.xml"} <= names and "Contents/content.hpf" in names else None


def _mentions_hwp(file: IO[bytes]) -> bool:
    file.seek(0)
    return b"HWP Document File" in file.read()


def _is_text(file: IO[bytes]) -> bool:
    file.seek(0)
    content = file.read()
    if _CONTROL.search(content):
        return False
    return any(_decodes(content, encoding) for encoding in ("utf-8", "cp949"))  # Korean spreadsheets still write CP949


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _sha256(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # uploads read like files
    file.seek(0)
    return digest
