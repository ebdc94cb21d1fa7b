"""From laid-out pages to an archival file: PDF/A-3a and PDF/UA-1 in one, with attachments and a place for a signature.

The pages may come from one layout or from several that were merged; they are tagged already (see `accessible`). What
concerns the document as a whole is written here, and nothing that was there before counts.
"""

import io
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

import pikepdf
from django.template.loader import render_to_string
from pikepdf import Array, Dictionary, Name, String

from compliance.dossiers.signature_field import add_signature_field

SNAPSHOT_NAME = "snapshot.json"
EXTRACT_NAME = "extract.json"  # a part of the snapshot, in an extract for one ministry
PRODUCER = "Ilwon"


@dataclass(frozen=True)
class AttachedFile:
    """A document that travels inside the PDF; `relationship` says what it is to the pages, in the words of PDF/A-3."""

    name: str
    title: str
    content: bytes
    relationship: str = "Supplement"


@dataclass(frozen=True)
class Identity:
    """What the file says of itself, to people and to verification."""

    title: str
    author: str
    subject: str
    language: str
    number: str
    round: int
    snapshot_sha256: str
    issued_at: datetime


def finish(
    pages: bytes, identity: Identity, *, attachments: Iterable[AttachedFile] = (), with_signature_field: bool = False
) -> bytes:
    """The archival file made from tagged pages; the same input gives the same bytes."""
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        return finish_pdf(pdf, identity, attachments=attachments, with_signature_field=with_signature_field)


def finish_pdf(
    pdf: pikepdf.Pdf,
    identity: Identity,
    *,
    attachments: Iterable[AttachedFile] = (),
    with_signature_field: bool = False,
) -> bytes:
    """As `finish`, for a document that is open already."""
    _say_who_you_are(pdf, identity)
    _declare_colours(pdf)
    _attach(pdf, attachments, identity.issued_at)
    if with_signature_field:
        add_signature_field(pdf, language=identity.language)
    target = io.BytesIO()
    pdf.save(
        target,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return target.getvalue()


def _say_who_you_are(pdf: pikepdf.Pdf, identity: Identity) -> None:
    time = identity.issued_at.astimezone(UTC)
    root = pdf.Root
    root.Lang = String(identity.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
    pdf.trailer.Info = pdf.make_indirect(_information(identity, time))
    metadata = pdf.make_stream(_metadata(identity, time).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root.Metadata = metadata


def _information(identity: Identity, time: datetime) -> Dictionary:
    """The older way to tell the same as the metadata; PDF/A wants both to agree."""
    said = {
        "/Title": identity.title,
        "/Author": identity.author,
        "/Subject": identity.subject,
        "/Creator": "Ilwon",
        "/Producer": PRODUCER,
        "/CreationDate": pdf_time(time),
        "/ModDate": pdf_time(time),
        "/ilwonnumber": identity.number,
        "/ilwonround": str(identity.round),
        "/ilwonsnapshotsha256": identity.snapshot_sha256,
    }
    return Dictionary({key: String(value) for key, value in said.items()})


def pdf_time(time: datetime) -> str:
    return time.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")


def _metadata(identity: Identity, time: datetime) -> str:
    context = {
        "identity": identity,
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "producer": PRODUCER,
        "byte_order_mark": "\ufeff",
    }
    return render_to_string("dossiers/pdf/metadata.xml", context)


def _declare_colours(pdf: pikepdf.Pdf) -> None:
    """The colours of the pages are sRGB; the profile that says so travels with them."""
    profile = pdf.make_stream((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB2014"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([intent])


def _attach(pdf: pikepdf.Pdf, attachments: Iterable[AttachedFile], at: datetime) -> None:
    """In the order of their names, as a PDF's name tree asks."""
    specs = {row.name: _file_spec(pdf, row, at) for row in sorted(attachments, key=lambda row: row.name)}
    if not specs:
        return
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pairs = [part for name, spec in specs.items() for part in (String(name), spec)]
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(pairs)))
    pdf.Root.AF = Array(specs.values())


def _file_spec(pdf: pikepdf.Pdf, file: AttachedFile, at: datetime) -> pikepdf.Object:
    stream = pdf.make_stream(file.content)
    stream.Type = Name.EmbeddedFile
    stream.Subtype = Name("/" + (mimetypes.guess_type(file.name)[0] or "application/octet-stream"))
    stream.Params = Dictionary(Size=len(file.content), CreationDate=String(pdf_time(at)), ModDate=String(pdf_time(at)))
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(file.name),
            UF=String(file.name),
            EF=Dictionary(F=stream, UF=stream),
            Desc=String(file.title),
            AFRelationship=Name("/" + file.relationship),
        )
    )
