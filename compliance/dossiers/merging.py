"""Putting chapters together as one tagged PDF: pages with their numbers, links, bookmarks and one tree of structure."""

import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from compliance.dossiers.chapters import LINK
from compliance.dossiers.press import Laid
from compliance.dossiers.typesetting import Bookmark, Place

_RIGHT, _BASELINE, _SIZE = 547.1, 22.8, 7.5  # of the page number, in points: margins of 17 and 18 mm in dossier.css
_GREY = "0.3451 0.3804 0.4157 rg"


@dataclass
class Merged:
    """A document that grows chapter by chapter."""

    pdf: pikepdf.Pdf
    structure: pikepdf.Object
    numbers: list[tuple[int, pikepdf.Object]] = field(default_factory=list)
    places: dict[str, tuple[int, Place]] = field(default_factory=dict)
    bookmarks: list[tuple[int, Bookmark]] = field(default_factory=list)
    fonts: dict[str, pikepdf.Object] = field(default_factory=dict)

    @property
    def next_number(self) -> int:
        return self.numbers[-1][0] + 1 if self.numbers else 0


def merge(chapters: Sequence[Laid], digits: bytes, specimen: bytes) -> pikepdf.Pdf:
    """One document from all chapters; it says nothing yet about itself as a whole (see `finishing`).

    Page numbers are written in the typeface of `digits`; the chapters' typefaces give way to those of `specimen`.
    """
    pdf = pikepdf.new()
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    root.K = Array([document])
    merged = Merged(pdf, document, fonts=_fonts_of(pdf, specimen))
    for chapter in chapters:
        _append(merged, chapter)
    _number_pages(pdf, digits, merged.fonts)
    _lead_links(merged)
    _write_bookmarks(merged)
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(_flat(merged.numbers))))
    root.ParentTreeNextKey = merged.next_number
    pdf.Root.StructTreeRoot = root
    _end_streams_clearly(pdf)
    return pdf


def _flat(numbers: Iterable[tuple[int, pikepdf.Object]]) -> Iterator[object]:
    for number, row in numbers:
        yield number
        yield row


def _append(merged: Merged, chapter: Laid) -> None:
    first = len(merged.pdf.pages)
    with pikepdf.open(chapter.path) as part:
        offset = merged.next_number
        _shift(part, offset, prefix=f"{first}.")
        merged.pdf.pages.extend(part.pages)
        # The pages are copied already, so what the tree says about pages leads to the copies.
        tree = merged.pdf.copy_foreign(part.make_indirect(part.Root.StructTreeRoot))
    for kid in tree.K[0].K:
        kid.P = merged.structure
        merged.structure.K.append(kid)
    numbers = tree.ParentTree.Nums
    merged.numbers += [(int(numbers[at]) + offset, numbers[at + 1]) for at in range(0, len(numbers), 2)]
    for name, place in chapter.layout.anchors.items():
        merged.places.setdefault(name, (first + place.page, place))
    merged.bookmarks += [(first + row.place.page, row) for row in chapter.layout.bookmarks]
    _share_fonts(merged, first)


def _shift(part: pikepdf.Pdf, offset: int, *, prefix: str) -> None:
    """Give the chapter's entries in the parent tree, and the names of its header cells, numbers of their own."""
    for page in part.pages:
        page.obj.StructParents = int(page.obj.StructParents) + offset
        for annotation in page.obj.get("/Annots", []):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + offset
    for row in part.objects:
        if isinstance(row, Dictionary) and row.get("/Type") == Name.StructElem and row.get("/S") in (Name.TH, Name.TD):
            _rename(row, prefix)


def _rename(cell: pikepdf.Object, prefix: str) -> None:
    if "/ID" in cell:
        cell.ID = String(prefix + str(cell.ID))
    if "/A" in cell and "/Headers" in cell.A:
        headers = cell.A.Headers
        cell.A.Headers = Array([String(prefix + str(row)) for row in headers])


def _fonts_of(pdf: pikepdf.Pdf, content: bytes) -> dict[str, pikepdf.Object]:
    """The typefaces of a document under their names, copied into `pdf`."""
    with pikepdf.open(io.BytesIO(content)) as source:
        rows = list(source.pages[0].obj.Resources.Font.values())
        return {_name_of(row): pdf.copy_foreign(source.make_indirect(row)) for row in rows}


def _name_of(font: pikepdf.Object) -> str:
    """ "Pretendard-GOV-Bold" without the letters before it that name the subset."""
    return str(font.BaseFont).split("+")[-1]


def _share_fonts(merged: Merged, first: int) -> None:
    """Subsets keep a typeface's own numbers of letters, so that a larger subset can stand in for a smaller one."""
    fonts = merged.pdf.pages[first].obj.Resources.get("/Font", Dictionary())
    for key, font in list(fonts.items()):
        shared = merged.fonts.get(_name_of(font))
        if shared is not None and _codes(font) <= _codes(shared):
            fonts[key] = shared


def _codes(font: pikepdf.Object) -> set[int]:
    return set(_widths(font.DescendantFonts[0].W))


def _number_pages(pdf: pikepdf.Pdf, digits: bytes, fonts: dict[str, pikepdf.Object]) -> None:
    """Write "3 / 157" at the foot of every page, as an artifact: it is no part of what is read."""
    name, font = next(iter(_fonts_of(pdf, digits).items()))
    if name in fonts and _codes(font) <= _codes(fonts[name]):
        font = fonts[name]
    glyphs = _glyphs(font)
    total = len(pdf.pages)
    named: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        resources = page.obj.Resources
        if resources.objgen not in named:
            named.add(resources.objgen)
            resources.Font = Dictionary(dict(resources.get("/Font", Dictionary()).items()))
            resources.Font["/PageNumber"] = font
        page.contents_add(_stamp(f"{number} / {total}", glyphs), prepend=True)


def _glyphs(font: pikepdf.Object) -> dict[str, tuple[str, float]]:
    """Character -> its code in hexadecimal and its width in thousandths, from the font's own tables."""
    widths = _widths(font.DescendantFonts[0].W)
    found = {}
    for line in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        codes = line.replace("<", " ").replace(">", " ").split()
        if line.startswith("<") and len(codes) == 2 and len(codes[1]) == 4:
            found[chr(int(codes[1], 16))] = (codes[0], widths.get(int(codes[0], 16), 500.0))
    return found


def _widths(table: pikepdf.Object) -> dict[int, float]:
    found: dict[int, float] = {}
    for at in range(0, len(table), 2):
        found.update({int(table[at]) + step: float(width) for step, width in enumerate(table[at + 1])})
    return found


def _stamp(text: str, glyphs: dict[str, tuple[str, float]]) -> bytes:
    width = sum(glyphs[letter][1] for letter in text) * _SIZE / 1000
    codes = "".join(glyphs[letter][0] for letter in text)
    return (
        f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q BT /PageNumber {_SIZE} Tf {_GREY} "
        f"1 0 0 1 {_RIGHT - width:.2f} {_BASELINE} Tm <{codes}> Tj ET Q EMC\n"
    ).encode()


def _end_streams_clearly(pdf: pikepdf.Pdf) -> None:
    """A carriage return as a stream's last byte looks like the line end that follows it, and a checker miscounts.

    One compressed stream in 256 ends so by chance; a space after drawing operators changes the check sum at its end.
    """
    for row in pdf.objects:
        if isinstance(row, pikepdf.Stream) and "/Filter" not in row:
            row.write(zlib.compress(row.read_bytes(), 9), filter=Name.FlateDecode)
        if isinstance(row, pikepdf.Stream) and row.get("/Filter") == Name.FlateDecode:
            _end_clearly(row)


def _end_clearly(stream: pikepdf.Stream) -> None:
    if not stream.read_raw_bytes().endswith(b"\r"):
        return
    content = stream.read_bytes()
    if "/Length1" in stream or stream.get("/Subtype") in (Name.CIDFontType0C, Name.OpenType, Name.Image):
        stream.write(content)  # a font or picture may not change: it is kept as it is
        return
    while (packed := zlib.compress(content, 9)).endswith(b"\r"):
        content += b" "
    stream.write(packed, filter=Name.FlateDecode)


def _lead_links(merged: Merged) -> None:
    """Links between chapters become links inside the document."""
    for page in merged.pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            target = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
            if target.startswith(LINK):
                annotation.Dest = _destination(merged, *merged.places[target.removeprefix(LINK)])
                del annotation["/A"]


def _destination(merged: Merged, page: int, place: Place) -> Array:
    return Array([merged.pdf.pages[page].obj, Name.XYZ, place.x, place.y, 0])


def _write_bookmarks(merged: Merged) -> None:
    with merged.pdf.open_outline() as outline:
        branch: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
        for page, row in merged.bookmarks:
            while branch[-1][0] >= row.level:
                branch.pop()
            item = pikepdf.OutlineItem(row.title, _destination(merged, page, row.place))
            item.is_closed = row.level > 1
            branch[-1][1].append(item)
            branch.append((row.level, item.children))
