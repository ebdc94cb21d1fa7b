"""The same dossier printed in other ways, to hold ours against: naively by WeasyPrint, and by Typst."""

import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import typst  # a tool of developers: production does not import the benchmarks
from django.conf import settings
from django.template.loader import get_template

from compliance.dossiers.contents import Snapshot, SnapshotObligation
from compliance.dossiers.pages import DossierPages, ItemPage
from compliance.dossiers.pdf import Issue, dossier_html, font_faces
from compliance.dossiers.typesetting import Style, lay_out

# What WeasyPrint itself can do when all pages are one document.
_NAIVE_CSS = """
@page { @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt var(--font); color: #58616a; } }
.pageref::after { content: target-counter(attr(href), page); }
.contents__list a::after { content: leader(".") " " target-counter(attr(href), page); }
"""

_TYPST_HEAD = """
#set page(paper: "a4", margin: (top: 20mm, x: 17mm, bottom: 18mm), numbering: "1 / 1")
#set text(font: ("Pretendard GOV", "NanumGothic"), size: 8.8pt, lang: "ko")
#let law(it) = text(size: 7.8pt, fill: rgb("#083891"), it)
#let fine(it) = text(size: 7.6pt, fill: rgb("#464c53"), it)
#let chip(it) = box(stroke: 0.5pt + gray, radius: 1mm, inset: (x: 1.4mm, y: .4mm), text(size: 7.4pt, it))
#let no(name) = context link(label(name), str(counter(page).at(label(name)).first()))
"""


def naive(snapshot: str, issue: Issue) -> tuple[bytes, int]:
    """One document in one process, with links and page numbers by WeasyPrint; returns the file and its pages."""
    css = font_faces() + get_template("dossiers/pdf/dossier.css").render() + _NAIVE_CSS
    document = lay_out(dossier_html(snapshot, issue, "ko"), Style(css, str(settings.BASE_DIR)))
    return document.write_pdf(pdf_tags=True), len(document.pages)


def typst_markup(pages: DossierPages) -> str:
    """Cover, contents, one table for each ministry with page numbers, and every obligation in full."""
    snapshot = pages.snapshot
    return "\n".join([_TYPST_HEAD, *_cover(snapshot), *_ministries(pages), *_chapters(pages)])


def _quoted(text: object) -> str:
    """A string of Typst: nothing in it is markup."""
    return json.dumps(str(text), ensure_ascii=False)


def _cover(snapshot: Snapshot) -> Iterator[str]:
    yield f"#text(size: 27pt, weight: 700, {_quoted(snapshot.facility.name_ko)})"
    for row in (snapshot.operator.name_ko, snapshot.number, snapshot.on):
        yield f"\n#{_quoted(row)}\n"
    yield "#pagebreak()\n#outline(depth: 2)"


def _ministries(pages: DossierPages) -> Iterator[str]:
    yield "#pagebreak()\n= 부처별 요약"
    for row in pages.ministries:
        yield f"== #{_quoted(row.ministry.name_ko)}"
        yield "#table(columns: (1fr, 27mm, 19mm, 10mm), table.header([의무], [대상], [상태], [쪽]),"
        for obligation in row.obligations:
            cells = (obligation.rule.title_ko, obligation.subject.name_ko, obligation.status or obligation.outcome)
            yield ", ".join(_quoted(cell) for cell in cells) + f", no({_quoted(obligation.anchor)}),"
        yield ")"


def _chapters(pages: DossierPages) -> Iterator[str]:
    for chapter in pages.chapters:
        yield f"#pagebreak()\n= #{_quoted(chapter.group.name_ko)}"
        for topic in chapter.topics:
            yield f"== #{_quoted(topic.topic.name_ko)}\n#{_quoted(topic.topic.question_ko)}"
            for item in topic.items:
                yield from _item(item)


def _item(page: ItemPage) -> Iterator[str]:
    yield f"=== #{_quoted(page.item.subject.name_ko)}"
    if page.item.answer:
        yield f"#block(stroke: (left: 1.6pt + blue), inset: (left: 2.5mm), {_quoted(page.item.answer.note)})"
    for row in page.obligations:
        yield from _obligation(row)


def _obligation(row: SnapshotObligation) -> Iterator[str]:
    rule = row.rule
    yield f"#block(breakable: false, stroke: (top: .5pt + gray), inset: (y: 1.4mm))[#chip({_quoted(row.outcome)})"
    yield f"#strong({_quoted(rule.title_ko)}) <{row.anchor}>\n"
    yield f"#fine({_quoted(f'{row.ministry} · {rule.binding} · {rule.obligation_kind} · {rule.confidence}')})\n"
    yield f"#{_quoted(rule.requirement_ko)}\n"
    yield f"#law({_quoted('; '.join(cited.text for cited in rule.citations))})\n"
    yield f"#{_quoted(row.because_ko)}\n"
    yield f"#fine({_quoted(f'{rule.authority_ko}. {rule.evidence_ko} {rule.applies_note_ko}')})]"


def by_typst(snapshot: Snapshot, folder: Path) -> tuple[bytes, int]:
    """Typst's file and its pages, without attachments."""
    source = folder / "dossier.typ"
    source.write_text(typst_markup(DossierPages(snapshot)))
    content = typst.compile(str(source), font_paths=[str(Path(settings.ILWON_ASSETS_DIR) / "pretendard/print")])
    source.with_suffix(".pdf").write_bytes(content)
    with pikepdf.open(source.with_suffix(".pdf")) as pdf:
        return content, len(pdf.pages)
