"""Entries of the catalogue as they stand in its files, and what can be wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from registry.rules.content import canonical_json, content_hash

Data = dict[str, Any]


class Kind(StrEnum):
    """What an entry describes; the order is that of loading, so that references point backwards."""

    FACT_GROUP = "fact_group"
    FACT = "fact"
    TOPIC_GROUP = "topic_group"
    TOPIC = "topic"
    MINISTRY = "ministry"
    RULE = "rule"
    INCENTIVE = "incentive"
    LEGISLATION = "legislation"


ID_KEY = {
    Kind.FACT_GROUP: "slug",
    Kind.FACT: "key",
    Kind.TOPIC_GROUP: "slug",
    Kind.TOPIC: "slug",
    Kind.MINISTRY: "slug",
    Kind.RULE: "id",
    Kind.INCENTIVE: "id",
}


@dataclass(frozen=True)
class Entry:
    """One entry: `file` is relative to the catalogue's folder, empty for one that comes from the database."""

    kind: Kind
    id: str
    data: Mapping[str, Any]
    file: str = ""


@dataclass(frozen=True)
class Flaw:
    """What is wrong with one field of one entry, and the way out."""

    file: str
    id: str
    field: str
    reason: str

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.file, self.id, self.field) if part)
        return f"{place}: {self.reason}"


def flaw_in(entry: Entry, field: str, reason: str) -> Flaw:
    return Flaw(entry.file, entry.id, field, reason)


class CatalogueError(Exception):
    """The catalogue cannot be loaded as it stands."""

    SHOWN = 20

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        lines = [str(flaw) for flaw in self.flaws[: self.SHOWN]]
        if len(self.flaws) > self.SHOWN:
            lines.append(f"... and {len(self.flaws) - self.SHOWN} more")
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class Catalogue:
    """All entries, by kind, in the order in which they are shown."""

    entries: Mapping[Kind, tuple[Entry, ...]] = field(default_factory=dict)

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        return self.entries.get(kind, ())

    def by_id(self, kind: Kind) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.of(kind)}

    def __iter__(self) -> Iterator[Entry]:
        for kind in Kind:
            yield from self.of(kind)

    @property
    def digest(self) -> str:
        """SHA-256 over the content of all entries, whatever their order and their files."""
        return content_hash({kind: {entry.id: entry.data for entry in self.of(kind)} for kind in Kind})


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Equal in content; 1 and 1.0 and true are three different things."""
    return canonical_json(one) == canonical_json(other)
