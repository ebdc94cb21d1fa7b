"""A condition that has been read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from registry.conditions.facts import Kind, Level
from registry.conditions.nodes import Node, Truth, fact_keys
from registry.conditions.programs import Program
from registry.conditions.ranges import Value
from registry.conditions.scope import Scope

if TYPE_CHECKING:
    from registry.conditions.vocabulary import Vocabulary


@dataclass(frozen=True)
class Condition:
    """The text, its syntax tree, and the programs that evaluate the tree and each part of it."""

    text: str
    node: Node
    kind: Kind
    level: Level | None
    vocabulary: "Vocabulary" = field(repr=False)
    programs: Mapping[Node, Program] = field(repr=False, compare=False)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts the text names, derived ones included."""
        return fact_keys(self.node)

    @cached_property
    def base_facts(self) -> frozenset[str]:
        """The recorded facts the condition rests on in the end."""
        return self.vocabulary.base_facts(self.facts)

    @property
    def is_always(self) -> bool:
        return self.node == Truth(True)

    @cached_property
    def value(self) -> Program:
        return self.programs[self.node]

    def value_of(self, part: Node, scope: Scope) -> Value:
        return self.programs[part](scope)
