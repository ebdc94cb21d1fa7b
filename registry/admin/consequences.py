"""What other parts of the system say about the publishing of a version.

The registry does not know checklists; whoever holds answers adds a question here (see compliance/admin.py).
"""

from collections.abc import Callable
from dataclasses import dataclass

from registry.rules.models import RuleVersion


@dataclass(frozen=True)
class Consequence:
    """One figure of the preview, in words."""

    label: str
    count: int


Foretell = Callable[[RuleVersion], Consequence]

_foretellers: list[Foretell] = []


def foretell_with(function: Foretell) -> Foretell:
    """Have the preview ask `function` too."""
    if function not in _foretellers:
        _foretellers.append(function)
    return function


def consequences_of(version: RuleVersion) -> list[Consequence]:
    return [function(version) for function in _foretellers]
