"""What holds for every test."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def korean_again() -> Iterator[None]:
    """A page asked for in English leaves English active in its thread; the next test starts in Korean again."""
    yield
    translation.deactivate()
