"""Korean lines break between words, as `word-break: keep-all` asks: WeasyPrint 70 does not know that value.

Pango can forbid breaks inside a stretch of text, and WeasyPrint lays out text with Pango; this brings the two together.
"""

import re
from typing import Any

from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

# In UTF-8: a run of Hangul syllables, Latin letters and digits. Particles cling to numbers and names: "30일까지".
_WORD = re.compile(rb"(?:[\xea-\xed][\x80-\xbf]{2}|[0-9A-Za-z])+")
_HANGUL = re.compile(rb"[\xea-\xed]")
# Longer words may break anywhere: a word that fits no column would run over its edge.
_LONGEST_BYTES = 27

_set_text = Layout.set_text


def keep_words_together() -> None:
    """From now on every layout of this process keeps Korean words whole; calling it again changes nothing."""
    if Layout.set_text is _set_text:
        ffi.cdef("PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);", override=True)
        Layout.set_text = _set_text_in_words


def _set_text_in_words(layout: Any, text: str, justify: bool = False) -> None:  # Any: WeasyPrint has no types
    _set_text(layout, text, justify)
    words = [match.span() for match in _WORD.finditer(text.encode()) if _is_kept(match[0])]
    if words:
        _forbid_breaks(layout.layout, words)


def _is_kept(word: bytes) -> bool:
    return 3 < len(word) <= _LONGEST_BYTES and _HANGUL.search(word) is not None


def _forbid_breaks(layout: Any, words: list[tuple[int, int]]) -> None:
    attributes = pango.pango_layout_get_attributes(layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start, end in words:
        attribute = pango.pango_attr_allow_breaks_new(False)
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_insert(attributes, attribute)
    pango.pango_layout_set_attributes(layout, attributes)
