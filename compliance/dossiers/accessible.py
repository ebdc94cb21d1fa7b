"""What PDF/UA asks of the pages beyond WeasyPrint's tags; runs while a PDF is still made of Python objects.

Give `make_accessible` to `Document.write_pdf(finisher=...)`, for every document that becomes a part of a dossier.
"""

from collections.abc import Iterator
from typing import Any  # WeasyPrint and pydyf have no types

import pydyf

_PAGINATION = pydyf.Dictionary({"Type": "/Pagination"})


def make_accessible(document: Any, pdf: Any) -> None:
    """Give header cells their scope and links their words, and take running heads out of the reading order."""
    _tell_scopes(pdf)
    _name_links(document)
    _set_running_heads_aside(pdf)


def _number(reference: bytes | str) -> int:
    """The object's number in `b"12 0 R"`."""
    return int(reference.split()[0])


def _elements(pdf: Any) -> Iterator[Any]:
    return (row for row in pdf.objects if isinstance(row, dict) and row.get("Type") == "/StructElem")


def _tell_scopes(pdf: Any) -> None:
    """Header cells of a table's head stand for their column, those beside its rows for their row."""
    for cell in _elements(pdf):
        if cell["S"] == "/TH":
            part = pdf.objects[_number(pdf.objects[_number(cell["P"])]["P"])]
            cell["A"]["Scope"] = "/Column" if part["S"] == "/THead" else "/Row"


def _name_links(document: Any) -> None:
    """A link is announced by its own words or its title, not by the name of the place that it leads to."""
    for page in document.pages:
        for kind, target, _, box in page.links:
            annotation = getattr(box, "link_annotation", None)
            if annotation and kind in ("internal", "external"):
                annotation["Contents"] = pydyf.String(_words_of(box.element) or target)
                annotation["F"] = 4  # to be printed, as PDF/A asks


def _words_of(element: Any) -> str:
    if element is None:
        return ""
    return element.get("title") or " ".join("".join(element.itertext()).split())


def _set_running_heads_aside(pdf: Any) -> None:
    """WeasyPrint marks what stands in the margins as content, but hangs it nowhere: it is an artifact."""
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    document = _number(root["K"][0])
    hanging = {_number(row) for row in pdf.objects[document]["K"]}
    numbers = pdf.objects[_number(root["ParentTree"])]["Nums"]
    for page_number, page_reference in enumerate(pdf.page_references):
        marked = numbers[2 * page_number + 1]
        stray = {mcid for mcid, row in enumerate(marked) if _top(pdf, _number(row), document) not in hanging}
        if stray:
            _turn_into_artifacts(pdf.objects[_number(pdf.objects[_number(page_reference)]["Contents"])], stray)
            for mcid in stray:
                _drop(pdf, _number(marked[mcid]), document)
                marked[mcid] = "null"


def _top(pdf: Any, number: int, document: int) -> int:
    """The ancestor that is a child of the document."""
    while (parent := _number(pdf.objects[number]["P"])) != document:
        number = parent
    return number


def _drop(pdf: Any, number: int, document: int) -> None:
    """Leave the element and those above it out of the file."""
    while number != document:
        pdf.objects[number].free = "f"
        number = _number(pdf.objects[number]["P"])


def _turn_into_artifacts(content: Any, stray: set[int]) -> None:
    """Rename the marks around stray text; the operators are still single entries of a list."""
    parts = content.stream
    for index in range(len(parts) - 1):
        mark = parts[index]
        if isinstance(mark, pydyf.Dictionary) and mark.get("MCID") in stray and parts[index + 1] == b"BDC":
            parts[index - 1], parts[index] = "/Artifact", _PAGINATION
