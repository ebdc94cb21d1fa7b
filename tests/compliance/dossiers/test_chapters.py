"""Cutting a dossier into chapters and giving each its page numbers."""

import pytest

from compliance.dossiers.chapters import Cut, cut

COVER = '<section class="cover"><h1>표지</h1><a class="pageref" href="#one">첫째</a></section>'
ITEM = '<section class="item" id="{id}"><p>항목</p></section>'
TOPIC = '<section class="topic" id="t"><h2>주제</h2><p class="question">질문</p>{items}</section>'
CHAPTER = '<section class="chapter" id="one"><h1 class="running">첫째 "장"</h1>{topics}</section>'


def dossier(items: int = 3) -> str:
    chapter = CHAPTER.format(topics=TOPIC.format(items="".join(ITEM.format(id=f"i{n}") for n in range(items))))
    return f'<html><head></head><body data-number="1">{COVER}{chapter}</body></html>'


def test_every_chapter_stands_alone() -> None:
    assert [row.body[:24] for row in cut(dossier()).chapters] == [
        '<section class="cover"><',
        '<section class="chapter"',
    ]


@pytest.mark.parametrize("longest", [100, 200, 300, 1000])
def test_a_long_chapter_is_cut_between_items_and_every_section_is_closed(longest: int) -> None:
    parts = cut(dossier(items=20), longest=longest).chapters
    assert all(row.body.count("<section") == row.body.count("</section>") for row in parts)
    assert "".join(row.body for row in parts).count('class="item"') == 20


def test_nothing_is_lost_when_a_chapter_is_cut() -> None:
    whole = cut(dossier(items=20)).chapters[1]
    parts = cut(dossier(items=20), longest=200).chapters[1:]
    assert len(parts) > 3
    assert whole.ids == frozenset().union(*(row.ids for row in parts))


def test_a_heading_is_never_left_behind_its_first_item() -> None:
    for row in cut(dossier(items=20), longest=100).chapters:
        assert not row.body.removesuffix("</section></section>").endswith("질문</p>")


def test_the_running_head_goes_along() -> None:
    parts = cut(dossier(items=20), longest=200).chapters[1:]
    assert {row.running for row in parts} == {"첫째 &quot;장&quot;"}


def numbered(pages: dict[str, int]) -> str:
    found: Cut = cut(dossier())
    return found.html_of(found.chapters[0], pages)


def test_a_known_page_number_is_printed() -> None:
    assert 'data-page="12" href="dossier:one"' in numbered({"one": 12})


def test_an_unknown_page_number_has_a_place_holder() -> None:
    assert 'data-page="000"' in numbered({})


def test_names_that_nothing_leads_to_are_left_out() -> None:
    found = cut(dossier())
    html = found.html_of(found.chapters[1], {})
    assert 'id="one"' in html
    assert 'id="i0"' not in html
