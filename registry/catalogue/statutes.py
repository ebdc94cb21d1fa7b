"""The statutes that the catalogue cites, gathered from its citations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from registry.catalogue.entries import Catalogue, Entry, Flaw, Kind, flaw_in

Key = tuple[str, str]


@dataclass
class CitedStatute:
    title_ko: str
    kind: str
    law_id: str = ""
    file: str = ""
    url: str = ""


def cited_statutes(catalogue: Catalogue) -> tuple[dict[Key, CitedStatute], list[Flaw]]:
    """Every instrument once, and a flaw for each place that contradicts another about its number or file."""
    found: dict[Key, CitedStatute] = {}
    flaws: list[Flaw] = []
    for entry in (*catalogue.of(Kind.RULE), *catalogue.of(Kind.INCENTIVE)):
        for row in citations_in(entry):
            statute = found.setdefault((row["instrument"], row["kind"]), CitedStatute(row["instrument"], row["kind"]))
            for name in ("law_id", "file", "url"):
                flaws += _fill_in(statute, name, row.get(name) or "", entry)
    return found, flaws


def citations_in(entry: Entry) -> Iterator[Mapping[str, Any]]:
    """The citations of a rule in all its versions, or of an incentive."""
    yield from entry.data.get("basis", entry.data.get("legal_basis", []))
    for version in entry.data.get("versions", []):
        yield from version["changes"].get("basis", [])


def _fill_in(statute: CitedStatute, name: str, value: str, entry: Entry) -> Iterable[Flaw]:
    known = getattr(statute, name)
    if value and known and value != known and name != "url":
        reason = f"{name} {value} of {statute.title_ko} ({statute.kind}) differs from {known} elsewhere"
        return [flaw_in(entry, "basis", reason)]
    if value and not known:
        setattr(statute, name, value)
    return []
