"""Profiles: a site described in YAML, for commands and demonstrations. Every fact is checked and has its own level."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from registry.catalogue.entries import CatalogueError
from registry.catalogue.reading import read_yaml
from registry.conditions import Level, Vocabulary
from registry.facilities.facts import BuildingFacts, FactScalar, SiteFacts

MAX_BYTES = 1_000_000
MAX_BUILDINGS = 200
DESCRIPTION = ("name_ko", "name_en", "illustrative", "basis_note")
SECTIONS = ("operator", "facility", "buildings", "facts")
ONE_BUILDING = "건축물"
Facts = dict[str, FactScalar]


class ProfileError(ValueError):
    """A profile that cannot be used: the place, the reason and what was perhaps meant, in one line."""


@dataclass(frozen=True)
class Profile:
    """A described site; facts that are left out (or null) are unknown."""

    name_ko: str = ""
    name_en: str = ""
    illustrative: bool = False
    basis_note: str = ""
    operator: Facts = field(default_factory=dict)
    facility: Facts = field(default_factory=dict)
    buildings: tuple[BuildingFacts, ...] = ()

    def site(self, on: date) -> SiteFacts:
        """The site as if everything in the profile held on `on`."""
        return SiteFacts(
            on=on,
            operator=self.operator,
            facility=self.facility,
            buildings=self.buildings,
            operator_name="사업자",
            facility_name=self.name_ko or "데이터센터",
        )


def read_profile(path: Path, vocabulary: Vocabulary) -> Profile:
    """Raises ProfileError."""
    try:
        document = read_yaml(path, str(path), MAX_BYTES)
    except CatalogueError as error:
        raise ProfileError(str(error)) from error
    return profile_from(document, vocabulary)


def profile_from(document: Any, vocabulary: Vocabulary) -> Profile:
    """The profile of a parsed document; an empty one is a site of which nothing is known. Raises ProfileError."""
    document = _mapping(document, "the profile")
    for key in document:
        _known_key(key, vocabulary)
    described = {key: document[key] for key in DESCRIPTION if document.get(key) is not None}
    _check_description(described)
    if "facts" in document:
        others = [key for key in SECTIONS if key != "facts" and key in document]
        if others:
            raise ProfileError(f"facts: stands beside {others[0]}; a profile has either flat facts or sections")
        return _flat(_mapping(document["facts"], "facts"), vocabulary, described)
    return Profile(
        operator=_section(document, "operator", Level.OPERATOR, vocabulary),
        facility=_section(document, "facility", Level.FACILITY, vocabulary),
        buildings=_buildings(document.get("buildings"), vocabulary),
        **described,
    )


def _known_key(key: object, vocabulary: Vocabulary) -> None:
    if key in DESCRIPTION or key in SECTIONS:
        return
    if isinstance(key, str) and key in vocabulary:
        raise ProfileError(f"{key}: is a fact; it stands under {_home(vocabulary[key].level)} or under facts")
    known = (*SECTIONS, *DESCRIPTION)
    close = get_close_matches(str(key)[:60], known, n=2) or known
    raise ProfileError(f"{str(key)[:60]}: is no part of a profile; known: {', '.join(close)}")


def _check_description(described: Mapping[str, Any]) -> None:
    for key, value in described.items():
        wanted = bool if key == "illustrative" else str
        if not isinstance(value, wanted):
            raise ProfileError(f"{key}: must be {'true or false' if wanted is bool else 'text'}")


def _flat(facts: Mapping[Any, Any], vocabulary: Vocabulary, described: Mapping[str, Any]) -> Profile:
    """Facts of a one-building site, each sorted to its own level."""
    by_level: dict[Level, Facts] = {level: {} for level in Level}
    for key, value in _checked(facts, "facts", vocabulary).items():
        by_level[vocabulary[key].level][key] = value
    building = BuildingFacts(None, ONE_BUILDING, by_level[Level.BUILDING])
    return Profile(
        operator=by_level[Level.OPERATOR], facility=by_level[Level.FACILITY], buildings=(building,), **described
    )


def _section(document: Mapping[Any, Any], name: str, level: Level, vocabulary: Vocabulary) -> Facts:
    return _at_level(_mapping(document.get(name), name), name, level, vocabulary)


def _buildings(rows: Any, vocabulary: Vocabulary) -> tuple[BuildingFacts, ...]:
    if rows is None:
        return ()
    if not isinstance(rows, list):
        raise ProfileError("buildings: must be a list of name and facts")
    if len(rows) > MAX_BUILDINGS:
        raise ProfileError(f"buildings: has {len(rows)} entries; at most {MAX_BUILDINGS} are read")
    found = tuple(_building(row, position, vocabulary) for position, row in enumerate(rows, start=1))
    names = [row.name for row in found]
    doubles = [name for name in names if names.count(name) > 1]
    if doubles:
        raise ProfileError(f"buildings: two buildings are called {doubles[0]}; give each its own name")
    return found


def _building(row: Any, position: int, vocabulary: Vocabulary) -> BuildingFacts:
    place = f"buildings[{position}]"
    row = _mapping(row, place)
    for key in row:
        if key not in ("name", "facts"):
            raise ProfileError(f"{place}.{str(key)[:60]}: a building has name and facts; write its facts under facts")
    name = row.get("name", f"{ONE_BUILDING} {position}")
    if not isinstance(name, str) or not name.strip():
        raise ProfileError(f"{place}.name: must be text")
    facts = _at_level(_mapping(row.get("facts"), f"{place}.facts"), f"{place}.facts", Level.BUILDING, vocabulary)
    return BuildingFacts(None, name.strip(), facts)


def _at_level(facts: Mapping[Any, Any], place: str, level: Level, vocabulary: Vocabulary) -> Facts:
    checked = _checked(facts, place, vocabulary)
    for key in facts:
        own = vocabulary[key].level
        if own is not level:
            raise ProfileError(f"{place}.{key}: is a {own} fact; it stands under {_home(own)}")
    return checked


def _home(level: Level) -> str:
    return "buildings[].facts" if level is Level.BUILDING else str(level)


def _checked(facts: Mapping[Any, Any], place: str, vocabulary: Vocabulary) -> Facts:
    return {key: value for key, raw in facts.items() if (value := _value(key, raw, place, vocabulary)) is not None}


def _value(key: object, raw: Any, place: str, vocabulary: Vocabulary) -> FactScalar:
    spec = vocabulary.get(key) if isinstance(key, str) else None
    if spec is None:
        close = get_close_matches(str(key)[:80], list(vocabulary), n=3)
        hint = (
            f"; did you mean {', '.join(close)}?" if close else "; the known facts stand in the catalogue's facts.yaml"
        )
        raise ProfileError(f"{place}.{str(key)[:80]}: unknown fact{hint}")
    if raw is None:
        return None
    if not isinstance(raw, bool | int | float | str):
        raise ProfileError(f"{place}.{key}: must be a single value, not a list or a mapping")
    try:
        spec.check(raw)
    except ValueError as error:  # FactValueError, or a number too long to be shown
        reason = _one_line(error).removeprefix(f"Fact {key}: ")
        raise ProfileError(f"{place}.{key}: {reason}") from error
    return date.fromisoformat(raw) if spec.type == "date" and isinstance(raw, str) else raw


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 300 else text[:300] + "…"


def _mapping(value: Any, place: str) -> Mapping[Any, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ProfileError(f"{place}: must be a mapping of names to values")
    return value
