"""The facts conditions may speak of, and the formulas of the derived ones."""

from collections.abc import Iterable, Iterator, Mapping

from registry.conditions.checking import check
from registry.conditions.condition import Condition
from registry.conditions.errors import ConditionError, VocabularyError, located
from registry.conditions.facts import FactSpec, FactType, Kind, Level
from registry.conditions.nodes import Fact, Node, children, fact_keys
from registry.conditions.parsing import FUNCTIONS, read_tree
from registry.conditions.programs import programs_for

MAX_EXPANDED_SIZE = 5_000
MAX_EXPANDED_DEPTH = 100
MAX_STEPS = 20
RESERVED = {*FUNCTIONS, "true", "false", "and", "or", "not", "in", "if", "else", "is", "None", "True", "False"}


class Vocabulary(Mapping[str, FactSpec]):
    """Fact definitions by key. Built once, never changed; two vocabularies are equal only if they are the same."""

    def __init__(self, specs: Iterable[FactSpec]) -> None:
        self._specs: dict[str, FactSpec] = {}
        for spec in specs:
            self._add(spec)
        self.formulas: dict[str, Condition] = {}
        self._measures: dict[str, tuple[int, int]] = {}
        for key in self._specs:
            self._derive(key, ())

    def __getitem__(self, key: str) -> FactSpec:
        return self._specs[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def __len__(self) -> int:
        return len(self._specs)

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def condition(self, text: str, level: Level | None, kind: Kind) -> Condition:
        """The condition this text stands for; a ConditionError when it does not make sense over these facts."""
        node = read_tree(text)
        check(node, text, self._specs, level, kind)
        size, depth = self._measure(node)
        if size > MAX_EXPANDED_SIZE:
            raise located("too_large", text, 0, limit=MAX_EXPANDED_SIZE)
        if depth > MAX_EXPANDED_DEPTH:
            raise located("too_deep", text, 0, limit=MAX_EXPANDED_DEPTH)
        return Condition(text, node, kind, level, self, programs_for(node, self._specs))

    def base_facts(self, keys: Iterable[str]) -> frozenset[str]:
        """The recorded facts that these facts rest on: derived ones are followed to the ground."""
        found: set[str] = set()
        for key in keys:
            formula = self.formulas.get(key)
            found |= {key} if formula is None else self.base_facts(formula.facts)
        return frozenset(found)

    def _add(self, spec: FactSpec) -> None:
        if spec.key in self._specs:
            raise VocabularyError(spec.key, "defined twice")
        if not spec.key.isascii() or not spec.key.isidentifier() or spec.key in RESERVED:
            raise VocabularyError(spec.key, "is not a usable name; use small letters, digits and underscores")
        if spec.type is FactType.CHOICE and not spec.choices:
            raise VocabularyError(spec.key, "is a choice without choices")
        if len({choice.value for choice in spec.choices}) < len(spec.choices):
            raise VocabularyError(spec.key, "has the same choice twice")
        self._specs[spec.key] = spec

    def _derive(self, key: str, path: tuple[str, ...]) -> None:
        """Read the formula of a derived fact, those beneath it first."""
        spec = self._specs[key]
        if spec.derived is None or key in self.formulas:
            return
        if key in path:
            raise VocabularyError(key, f"is derived from itself: {' -> '.join((*path[path.index(key) :], key))}")
        if len(path) >= MAX_STEPS:
            raise VocabularyError(path[0], f"is derived over more than {MAX_STEPS} steps")
        try:
            for beneath in fact_keys(read_tree(spec.derived)):
                if beneath in self._specs:
                    self._derive(beneath, (*path, key))
            self.formulas[key] = formula = self.condition(spec.derived, spec.level, spec.kind)
        except ConditionError as error:
            raise VocabularyError(key, f"derived: {error}") from error
        self._measures[key] = self._measure(formula.node)

    def _measure(self, node: Node) -> tuple[int, int]:
        """Parts and levels of the tree with its derived facts written out."""
        size, depth = 1, 0
        if isinstance(node, Fact):
            size, depth = self._measures.get(node.key, (1, 0))
        for child in children(node):
            child_size, child_depth = self._measure(child)
            size, depth = size + child_size, max(depth, child_depth)
        return size, depth + 1


def parse(text: str, vocabulary: Vocabulary, *, level: Level | None = None, result: str = "boolean") -> Condition:
    """Read a condition (`result="boolean"`) or a formula (`result="number"`) for subjects of this level.

    Without a level the reach of the facts is not checked. Raises ConditionError.
    """
    return vocabulary.condition(text, None if level is None else Level(level), Kind(result))
