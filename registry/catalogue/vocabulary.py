"""The facts of a catalogue as the vocabulary of its conditions."""

from collections.abc import Mapping
from typing import Any

from registry.catalogue.entries import Catalogue, Kind
from registry.conditions import Choice, FactSpec, FactType, Level, Vocabulary


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """Raises VocabularyError when a fact cannot be used or a derived one does not parse."""
    return Vocabulary(_spec(entry.data) for entry in catalogue.of(Kind.FACT))


def _spec(fact: Mapping[str, Any]) -> FactSpec:
    return FactSpec(
        key=fact["key"],
        level=Level(fact["level"]),
        type=FactType(fact["type"]),
        unit=fact.get("unit", ""),
        label_ko=fact["label_ko"],
        label_en=fact["label_en"],
        choices=tuple(Choice(row["value"], row["ko"], row["en"]) for row in fact.get("choices", [])),
        minimum=fact.get("min"),
        maximum=fact.get("max"),
        derived=fact.get("derived"),
    )
