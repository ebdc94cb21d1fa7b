"""The field that a signature fills: invisible, and known to the structure of the document as PDF/UA asks."""

import pikepdf
from django.utils.translation import gettext as _
from django.utils.translation import override
from pikepdf import Array, Dictionary, Name, String

FIELD = "IlwonSignature"
_PRINT_AND_LOCKED = 4 + 128
_SIGNATURES_EXIST_AND_APPEND_ONLY = 1 + 2


def add_signature_field(pdf: pikepdf.Pdf, *, language: str) -> None:
    """Put an empty field of no size on the first page; it stands at the end of the reading order."""
    page = pdf.pages[0].obj
    with override(language):
        words = _("전자서명")
    root = pdf.Root.StructTreeRoot
    numbers = pikepdf.NumberTree(root.ParentTree)
    key = max(numbers, default=-1) + 1
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(FIELD),
            TU=String(words),
            Contents=String(words),
            F=_PRINT_AND_LOCKED,
            Rect=Array([0, 0, 0, 0]),
            P=page,
            StructParent=key,
        )
    )
    numbers[key] = _form_element(pdf, root, page, field, words)
    root.ParentTreeNextKey = key + 1
    page.Annots = Array([*page.get("/Annots", []), field])
    page.Tabs = Name.S
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=_SIGNATURES_EXIST_AND_APPEND_ONLY)


def _form_element(
    pdf: pikepdf.Pdf, root: pikepdf.Object, page: pikepdf.Object, field: pikepdf.Object, words: str
) -> pikepdf.Object:
    document = root.K[0] if isinstance(root.K, Array) else root.K
    reference = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Form, P=document, Pg=page, Alt=String(words), K=Array([reference]))
    )
    document.K.append(element)
    return element
