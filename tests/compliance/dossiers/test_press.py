"""Chapters laid out in processes: the same pages however many, and no harm when one is killed."""

import io
import os
import signal
from pathlib import Path

import pikepdf
import pytest

from compliance.dossiers import press
from compliance.dossiers.chapters import cut
from compliance.dossiers.merging import merge
from compliance.dossiers.press import ChapterFailed, Limits, Press
from compliance.dossiers.typesetting import Style, digits, specimen

STYLE = Style(
    "@page { size: A4; margin: 20mm } .chapter { break-before: page } .pageref::after { content: attr(data-page) }", "/"
)


@pytest.fixture(autouse=True)
def small_dossiers_are_worth_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "WORTHWHILE", 1)


def dossier(chapters: int = 4) -> str:
    names = [f"c{number}" for number in range(chapters)]
    links = "".join(f'<p><a class="pageref" href="#{name}">장</a></p>' for name in names)
    bodies = "".join(
        f'<section class="chapter" id="{name}"><h1 class="running">제목 {name}</h1><table><thead><tr><th scope="col">가'
        f"</th></tr></thead><tbody><tr><td>나</td></tr></tbody></table>{'<p>본문</p>' * 60}</section>"
        for name in names
    )
    body = f'<body><section class="cover">{links}</section>{bodies}</body>'
    return f'<html lang="ko"><head><title>시험</title></head>{body}</html>'


def merged(folder: Path, limits: Limits, finished: press.Finished = lambda done, total: None) -> bytes:
    target = io.BytesIO()
    laid = Press(cut(dossier()), STYLE, folder, limits, finished).run()
    with merge(laid, digits(STYLE), specimen(dossier(), STYLE)) as pdf:
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def kill_a_child() -> bool:
    """Kill one process that this one has started; False when there is none."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    for child in children[:1]:
        os.kill(int(child), signal.SIGKILL)
    return bool(children)


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    assert merged(tmp_path / "one", Limits(1)) == merged(tmp_path / "two", Limits(2))


def test_a_killed_process_is_replaced(tmp_path: Path) -> None:
    killed: list[bool] = []

    def kill_once(done: int, total: int) -> None:
        if done >= 1 and not killed:
            killed.append(kill_a_child())

    content = merged(tmp_path / "killed", Limits(2), kill_once)
    assert killed == [True]
    assert content == merged(tmp_path / "whole", Limits(1))


def test_a_process_that_needs_too_much_memory_fails_with_the_chapter_s_number(tmp_path: Path) -> None:
    with pytest.raises(ChapterFailed, match="chapter"):
        merged(tmp_path, Limits(2, memory_mb=40))


def test_a_chapter_that_takes_too_long_fails(tmp_path: Path) -> None:
    with pytest.raises(ChapterFailed, match="longer than 0 s"):
        merged(tmp_path, Limits(2, seconds=0))


def test_what_an_earlier_try_has_finished_is_not_done_again(tmp_path: Path) -> None:
    first = merged(tmp_path, Limits(1))
    times = {row: row.stat().st_mtime_ns for row in tmp_path.glob("*.pdf")}
    lost = next(iter(times))
    lost.unlink()
    lost.with_suffix(".json").unlink()
    assert merged(tmp_path, Limits(1)) == first
    assert [row for row, at in times.items() if row.stat().st_mtime_ns != at] == [lost]


@pytest.fixture
def pdf(tmp_path: Path) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(merged(tmp_path, Limits(1))))


def test_every_link_leads_to_its_page(pdf: pikepdf.Pdf) -> None:
    pages = [page.obj.objgen for page in pdf.pages]
    targets = {pages.index(link.Dest[0].objgen) for link in pdf.pages[0].obj.Annots}
    chapter = (len(pages) - 1) // 4
    assert targets == {1 + number * chapter for number in range(4)}


def test_bookmarks_name_every_chapter_in_order(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        assert [row.title for row in outline.root] == [f"제목 c{number}" for number in range(4)]


def test_the_parent_tree_knows_every_page_and_every_link_once(pdf: pikepdf.Pdf) -> None:
    numbers = [int(row) for row in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]]
    pages = [int(page.obj.StructParents) for page in pdf.pages]
    links = [int(link.StructParent) for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert numbers == sorted(pages + links)
    assert len(set(numbers)) == len(numbers)


def test_every_element_hangs_in_one_tree(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    assert all(kid.P.objgen == document.objgen for kid in document.K)
    first_of_last_page = pdf.Root.StructTreeRoot.ParentTree.Nums[-1]
    assert first_of_last_page is not None


def test_header_cells_of_different_chapters_have_different_names(pdf: pikepdf.Pdf) -> None:
    cells = [row for row in pdf.objects if isinstance(row, pikepdf.Dictionary) and row.get("/S") == pikepdf.Name.TH]
    names = [str(row.ID) for row in cells]
    assert len(names) >= 4
    assert len(set(names)) == len(names)


def test_all_chapters_share_their_typefaces(pdf: pikepdf.Pdf) -> None:
    fonts = {font.objgen for page in list(pdf.pages)[1:] for font in page.obj.Resources.Font.values()}
    assert len(fonts) == len({str(pdf.get_object(font).BaseFont) for font in fonts})
