"""The first look at a condition: size, characters and brackets, in linear time and before Python's parser sees it."""

import re

from registry.conditions.errors import ConditionError, located

MAX_LENGTH = 5_000
MAX_TOKENS = 1_000
MAX_BRACKETS = 40
MAX_DIGITS = 30

PARTNER = {")": "(", "]": "["}

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<string>'[^'\n\\]*'|"[^"\n\\]*")
    |(?P<number>\.?[0-9][0-9A-Za-z_.]*)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign><=|>=|==|!=|\*\*|//|[-+*/<>()\[\],])""",
    re.VERBOSE,
)
_DECIMAL = re.compile(r"[0-9]+(_[0-9]+)*(\.[0-9]+)?|\.[0-9]+")
_FORBIDDEN_SIGNS = {"**": "power", "//": "floor_division"}
_WORDS_BEFORE_STRING = {"and", "or", "not", "in", "if", "else"}


def scan(text: str) -> None:
    """Raise a ConditionError unless the text is of fair size and made of the language's own tokens."""
    if len(text) > MAX_LENGTH:
        raise located("too_long", text[:MAX_LENGTH], MAX_LENGTH, size=f"{len(text):,}", limit=f"{MAX_LENGTH:,}")
    if not text.strip():
        raise located("empty", text, 0)
    _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[tuple[str, int]] = []
        self.previous = ""
        self.previous_kind = ""

    def run(self) -> None:
        position, count = 0, 0
        while position < len(self.text):
            match = _TOKEN.match(self.text, position)
            if match is None:
                raise self._unexpected(position)
            if match.lastgroup != "space":
                count += 1
                if count > MAX_TOKENS:
                    raise located("too_many_parts", self.text, position, limit=MAX_TOKENS)
                self._token(match.lastgroup or "", match.group(), position)
            position = match.end()
        if self.open:
            bracket, at = self.open[-1]
            raise located("unbalanced", self.text, at, name=bracket)

    def _unexpected(self, position: int) -> ConditionError:
        character = self.text[position]
        if character in "'\"":
            return located("open_string", self.text, position)
        shown = f"`{character}`" if character.isprintable() else f"the character U+{ord(character):04X}"
        return located("unexpected_character", self.text, position, name=shown)

    def _token(self, kind: str, token: str, at: int) -> None:
        if kind == "number":
            self._number(token, at)
        elif kind == "string":
            self._string(at)
        elif token in _FORBIDDEN_SIGNS:
            raise located(_FORBIDDEN_SIGNS[token], self.text, at)
        elif token in ("(", "["):
            self.open.append((token, at))
            if len(self.open) > MAX_BRACKETS:
                raise located("too_deep", self.text, at, limit=MAX_BRACKETS)
        elif token in PARTNER and (not self.open or self.open.pop()[0] != PARTNER[token]):
            raise located("unbalanced", self.text, at, name=token)
        self.previous, self.previous_kind = token, kind

    def _number(self, token: str, at: int) -> None:
        if len(token) > MAX_DIGITS:
            raise located("number_too_long", self.text, at, limit=MAX_DIGITS)
        if not _DECIMAL.fullmatch(token):
            raise located("bad_number", self.text, at, name=token)

    def _string(self, at: int) -> None:
        if self.previous_kind == "string":
            raise located("adjacent_strings", self.text, at)
        if self.previous_kind == "name" and self.previous not in _WORDS_BEFORE_STRING:
            raise located("string_prefix", self.text, at)
