"""Cutting the dossier's HTML into chapters that are laid out apart, and giving each its page numbers.

Where it is cut depends on the text alone, never on how many processes lay it out: the same snapshot, the same pages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

LONGEST = 160_000  # characters of HTML, about 25 pages; a longer chapter is cut where a topic or an item begins
LINK = "dossier:"  # how a link to another part of the dossier is written until the parts are put together
UNKNOWN = "000"

_CHAPTER = re.compile(r'(?=<section class="chapter[" ])')
_HEADING = re.compile(r'<h1 class="running">(.*?)</h1>', re.DOTALL)
_CUT = re.compile(r'<section class="(topic|ministry|item)"')
_ID = re.compile(r' id="([^"]+)"')
_HREF = re.compile(r'<a( class="pageref")? href="#([^"]+)"')
# What is open at each place where a chapter may be cut, beside the chapter itself.
_OPEN = {"topic": "", "ministry": "", "item": '<section class="topic">'}


@dataclass(frozen=True)
class Chapter:
    """A stretch of the dossier that begins on a page of its own; `running` is what stands in the head of its pages."""

    body: str
    running: str = ""

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(_ID.findall(self.body))

    @cached_property
    def numbered(self) -> frozenset[str]:
        """The places whose page numbers this chapter prints."""
        return frozenset(place for printed, place in _HREF.findall(self.body) if printed)


@dataclass(frozen=True)
class Cut:
    """The whole dossier: what stands before and after every body, and the chapters in order; the cover comes first."""

    head: str
    tail: str
    chapters: tuple[Chapter, ...]

    @cached_property
    def linked(self) -> frozenset[str]:
        return frozenset(place for row in self.chapters for _, place in _HREF.findall(row.body))

    def html_of(self, chapter: Chapter, pages: Mapping[str, int]) -> str:
        """One chapter as a document; numbers that `pages` does not know are printed as a place-holder."""
        body = _ID.sub(lambda found: found[0] if found[1] in self.linked else "", chapter.body)
        body = _HREF.sub(lambda found: _link(found, pages), body)
        return f'{self.head} data-chapter="{chapter.running}">{body}</body>{self.tail}'


def _link(found: re.Match[str], pages: Mapping[str, int]) -> str:
    number = f' data-page="{pages.get(found[2], UNKNOWN)}"' if found[1] else ""
    return f'<a{found[1] or ""}{number} href="{LINK}{found[2]}"'


def cut(html: str, *, longest: int = LONGEST) -> Cut:
    """Cut a dossier; `html_of` puts what it gives together again."""
    found = re.search(r"<body[^>]*(?=>)", html)
    if found is None:
        raise ValueError("a dossier without a body")
    head, rest = html[: found.end()], html[found.end() + 1 :]
    body, tail = rest.rsplit("</body>", 1)
    cover, *chapters = _CHAPTER.split(body)
    parts = (part for chapter in chapters for part in _parts(chapter, longest))
    return Cut(head, tail, (Chapter(cover), *parts))


def _parts(chapter: str, longest: int) -> Iterator[Chapter]:
    heading = _HEADING.search(chapter)
    running = re.sub(r"<[^>]+>", "", heading[1]).strip().replace('"', "&quot;") if heading else ""
    opening = ""
    for part, kind in _stretches(chapter, longest):
        closing = ("</section>" if _OPEN.get(kind) else "") + ("</section>" if kind else "")
        yield Chapter(opening + part + closing, running)
        opening = '<section class="chapter continued">' + _OPEN.get(kind, "")


def _stretches(chapter: str, longest: int) -> Iterable[tuple[str, str]]:
    """The chapter in pieces of about the same length, each with what begins after it: a topic, an item, or nothing."""
    count = -(-len(chapter) // longest)
    even, start = len(chapter) / count, 0
    for found in _CUT.finditer(chapter):
        if found.start() - start >= even and not chapter[start : found.start()].rstrip().endswith("</p>"):
            yield chapter[start : found.start()], found[1]
            start = found.start()
    yield chapter[start:], ""
