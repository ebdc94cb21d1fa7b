"""What one subject can see while a condition is evaluated: its facts, and those of the site's buildings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.conditions.facts import Level
from registry.conditions.ranges import Value

if TYPE_CHECKING:
    from registry.conditions.vocabulary import Vocabulary

Facts = Mapping[str, object]


class Scope:
    """Reads facts, computes derived ones once, and opens a scope for each building of the site."""

    __slots__ = ("buildings", "member", "values", "vocabulary", "_inner", "_known")

    def __init__(
        self, vocabulary: "Vocabulary", values: Facts, buildings: Sequence[Facts], member: Facts | None = None
    ) -> None:
        self.vocabulary = vocabulary
        self.values = values
        self.buildings = buildings
        self.member = member
        self._known: dict[str, Value] = {}
        self._inner: list[Scope] | None = None

    def fact(self, key: str) -> Value:
        """The recorded value; without one, the derived value; otherwise unknown."""
        known = self._known
        if key in known:
            return known[key]
        raw = self.recorded(key)
        if raw is not None:
            value: Value = self.vocabulary[key].read(raw)
        elif key in self.vocabulary.formulas:
            value = self.vocabulary.formulas[key].value(self)
        else:
            value = None
        known[key] = value
        return value

    def recorded(self, key: str) -> object:
        if self.member is not None and self.vocabulary[key].level is Level.BUILDING:
            return self.member.get(key)
        return self.values.get(key)

    def members(self) -> "list[Scope]":
        """One scope per building: its own facts, and the facts of the facility and the operator."""
        if self._inner is None:
            self._inner = [Scope(self.vocabulary, self.values, self.buildings, own) for own in self.buildings]
        return self._inner

    def unseen_building(self) -> "Scope":
        """A building of which nothing is recorded."""
        return Scope(self.vocabulary, self.values, self.buildings, {})


@dataclass(frozen=True)
class FactContext:
    """The facts a subject can see, and the own facts of each building of its site.

    A key that is absent, or None, is unknown. The mappings must not change once the context is in use.
    """

    values: Facts
    buildings: Sequence[Facts] = ()

    def scope(self, vocabulary: "Vocabulary") -> Scope:
        scope: Scope | None = self.__dict__.get("_scope")
        if scope is None or scope.vocabulary is not vocabulary:
            scope = Scope(vocabulary, self.values, self.buildings)
            self.__dict__["_scope"] = scope
        return scope
