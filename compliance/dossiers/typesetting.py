"""Laying out one HTML document as pages. Knows WeasyPrint and nothing of Django, so that processes start fast."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape, unescape
from typing import Any  # WeasyPrint has no types

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from compliance.dossiers.korean_lines import keep_words_together

_SIGN = re.compile(r"[^\s<>&]?.[^\w\s<>&].[^\s<>&]?")  # a sign and what stands around it
POINTS = 0.75  # a CSS pixel in PDF points


@dataclass(frozen=True)
class Style:
    """Everything beside the HTML that decides what the pages look like."""

    css: str
    base_url: str


def lay_out(html: str, style: Style) -> Any:
    """A WeasyPrint document, not yet written."""
    keep_words_together()
    fonts = FontConfiguration()
    css = weasyprint.CSS(string=style.css, font_config=fonts, base_url=style.base_url)
    source = weasyprint.HTML(string=html, base_url=style.base_url)
    with garbage_collection_paused():
        return source.render(stylesheets=[css], font_config=fonts)


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """A layout makes millions of objects and drops few: looking through them takes a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass(frozen=True)
class Place:
    """A point on a page of one document; pages count from 0, lengths are in PDF points from the lower left corner."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Bookmark:
    level: int
    title: str
    place: Place


@dataclass(frozen=True)
class Layout:
    """What the other parts of a dossier must know of one part."""

    pages: int
    anchors: dict[str, Place]
    bookmarks: tuple[Bookmark, ...]


def layout_of(document: Any) -> Layout:
    anchors: dict[str, Place] = {}
    bookmarks: list[Bookmark] = []
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            anchors.setdefault(name, _place(number, page, x, y))
        for level, title, (x, y), _ in page.bookmarks:
            bookmarks.append(Bookmark(level, title, _place(number, page, x, y)))
    return Layout(len(document.pages), anchors, tuple(bookmarks))


def _place(number: int, page: Any, x: float, y: float) -> Place:
    return Place(number, round(x * POINTS, 2), round((page.height - y) * POINTS, 2))


def layout_from(data: Any) -> Layout:
    """The layout that `dataclasses.asdict` took apart."""
    anchors = {name: Place(**row) for name, row in data["anchors"].items()}
    bookmarks = tuple(Bookmark(row["level"], row["title"], Place(**row["place"])) for row in data["bookmarks"])
    return Layout(data["pages"], anchors, bookmarks)


def digits(style: Style) -> bytes:
    """A page that shows everything a page number is written with, as a PDF that has the typeface for it."""
    return _written('<html lang="zxx"><title>0</title><body>0123456789 /</body></html>', style)


def specimen(html: str, style: Style) -> bytes:
    """A page that shows every form of every letter of `html`, in every weight: its typefaces serve all chapters.

    Some signs look different between others, as a colon between digits does, so signs are shown with their neighbours.
    """
    text = re.sub(r"<[^>]*>", " ", unescape(html)) + " 0123456789/"  # page numbers are not there yet
    letters = "".join(sorted(letter for letter in set(text) if letter.isprintable() and letter not in "<>&"))
    signs = sorted(set(_SIGN.findall(text)) | set(_SIGN.findall(text[1:])) | set(_SIGN.findall(text[2:])))
    shown = f"{letters} {escape(' '.join(signs))}"
    lines = "".join(f'<p style="font-weight: {weight}">{shown}</p>' for weight in (400, 500, 600, 700))
    page = f'<html lang="ko"><title>0</title><body>{lines}<p class="hash">{letters}</p></body></html>'
    return _written(page, style)


def _written(html: str, style: Style) -> bytes:
    content: bytes = lay_out(html, style).write_pdf(pdf_identifier=b"-")
    return content
