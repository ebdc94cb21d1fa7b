"""Whatever is typed, the answer is a located error within a moment; nothing is executed."""

import random
import time

import pytest

from registry.conditions import ConditionError
from tests.registry.conditions.builders import read

HOSTILE = {
    "a megabyte of one name": "a" * 1_000_000,
    "a megabyte of brackets": "(" * 1_000_000,
    "deep brackets": "(" * 2_000 + "true" + ")" * 2_000,
    "deep not": "not " * 900 + "true",
    "deep minus": "-" * 900 + "1 > 0",
    "a long sum": " + ".join(["1"] * 400) + " > 0",
    "a long chain of if": "1 if true else " * 150 + "1 > 0",
    "nested calls": "min(1, " * 39 + "1" + ")" * 39,
    "unfinished calls": "min(" * 39,
    "towers of powers": "9**9**9 > floors",
    "a number of 4,000 digits": "9" * 4_000 + " > floors",
    "an endless exponent": "1e999999 > floors",
    "a long unknown name": "b" * 4_900,
    "attributes": "floors.__class__.__mro__",
    "a dunder name": "__class__",
    "a call": "__import__('os').system('true')",
    "exec": "exec('1')",
    "an index": "[1][0] > 0",
    "a comprehension": "[x for x in floors]",
    "lambda": "(lambda: true)()",
    "walrus": "(x := 1) > 0",
    "an f-string": "note == f'{floors}'",
    "bytes": "note == b'x'",
    "an escape": "note == '\\x41'",
    "a NUL byte": "floors > 1\x00",
    "a lone surrogate": "note == \ud800",
    "look-alike letters": "ｆloors > 1",
    "two statements": "true; true",
    "a comment": "true # and is_new",
    "closing first": "true) or (true",
    "star arguments": "min(*floors, 1) > 0",
    "named arguments": "min(a=1) > 0",
    "await": "await floors",
    "hexadecimal": "0x10 > floors",
    "imaginary": "1j == floors",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_a_located_error_within_a_moment(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ConditionError) as caught:
        read(text)
    assert time.perf_counter() - started < 0.5
    assert 0 <= caught.value.position <= len(text)
    assert len(str(caught.value)) < 500


def test_random_tokens_never_crash_the_reader() -> None:
    words = "floors is_new 1 'a' ( ) [ ] , and not in if else == < - max date lambda None é ."
    tokens = [*words.split(), " ", "\n"]
    dice = random.Random(1)
    for _ in range(3_000):
        text = " ".join(dice.choices(tokens, k=dice.randint(1, 25)))
        try:
            read(text)
        except ConditionError as error:
            assert error.line >= 1 and error.column >= 1


def test_a_string_may_hold_anything_printable() -> None:
    assert read("note == 'import os; # ** lambda {x}'")
