"""From a folder of YAML files to entries. Nothing is checked here but that the files can be read."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from registry.catalogue.entries import ID_KEY, Catalogue, CatalogueError, Data, Entry, Flaw, Kind
from registry.rules.content import without_empty

SHIPPED = Path(__file__).parent / "law"
MAX_FILE_BYTES = 5_000_000

# Kind -> where its files are, and the key of its list in a file that holds more than one kind.
FILES: Mapping[Kind, tuple[tuple[str, ...], str]] = {
    Kind.FACT_GROUP: (("facts.yaml",), "groups"),
    Kind.FACT: (("facts.yaml",), "facts"),
    Kind.TOPIC_GROUP: (("topics.yaml",), "groups"),
    Kind.TOPIC: (("topics.yaml",), "topics"),
    Kind.MINISTRY: (("ministries.yaml",), ""),
    Kind.RULE: (("rules/**/*.yaml",), ""),
    Kind.INCENTIVE: (("incentives.yaml", "incentives/*.yaml"), ""),
    Kind.LEGISLATION: (("special_act.yaml", "legislation/*.yaml"), ""),
}
# Counts that a file may carry for its readers; they follow from the rest.
COUNTS = {Kind.TOPIC: {"rules"}}
# The order of entries is the order in the file, but rules are sorted: their files are named after their topics.
SORTED = {Kind.RULE}


class _Loader(yaml.CSafeLoader):
    """Safe YAML in which a key that stands twice is an error, not a silent loss."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.MarkedYAMLError(problem=f"the key `{key}` stands twice", problem_mark=key_node.start_mark)
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


# A date stays text: what is wrong with it is then said where the entry and its field are known.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_catalogue(folder: Path) -> Catalogue:
    """All entries of the folder, or of the `law` folder in it. Raises CatalogueError when a file is missing or bad."""
    if not folder.is_dir():
        raise CatalogueError([Flaw(str(folder), "", "", "is not a folder; give the folder that holds facts.yaml")])
    if (folder / "law").is_dir() and not (folder / "facts.yaml").exists():
        folder = folder / "law"
    documents: dict[Path, Any] = {}
    entries = {}
    for kind in Kind:
        found = tuple(_entries(kind, folder, documents))
        entries[kind] = tuple(sorted(found, key=lambda entry: entry.id)) if kind in SORTED else found
    _refuse_doubles(entries)
    return Catalogue(entries)


def _entries(kind: Kind, folder: Path, documents: dict[Path, Any]) -> Iterator[Entry]:
    patterns, key = FILES[kind]
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern))
    if not paths:
        raise CatalogueError(
            [Flaw(patterns[0], "", "", f"is missing in {folder}: a catalogue has all kinds of entries")]
        )
    for path in paths:
        if path not in documents:
            documents[path] = read_yaml(path, str(path.relative_to(folder)))
        yield from _entries_in(kind, documents[path], key, path.relative_to(folder))


def _entries_in(kind: Kind, document: Any, key: str, file: Path) -> Iterator[Entry]:
    if kind is Kind.LEGISLATION:
        yield Entry(kind, file.stem.replace("_", "-"), _normal(document, str(file)), str(file))
        return
    rows = document.get(key) if key and isinstance(document, dict) else document
    if not isinstance(rows, list):
        wanted = f"a list under `{key}`" if key else "a list of entries"
        raise CatalogueError([Flaw(str(file), "", key, f"must hold {wanted}")])
    for position, row in enumerate(rows, start=1):
        data = _normal(row, str(file), position, COUNTS.get(kind, set()))
        name = data.get(ID_KEY[kind])
        if not isinstance(name, str):
            raise CatalogueError(
                [Flaw(str(file), f"entry {position}", ID_KEY[kind], "is missing: every entry has an id")]
            )
        yield Entry(kind, name, data, str(file))


def read_yaml(path: Path, shown: str, limit: int = MAX_FILE_BYTES) -> Any:
    """The one document in the file. Raises CatalogueError naming the place of what cannot be read."""
    try:
        if path.stat().st_size > limit:
            raise CatalogueError([Flaw(shown, "", "", f"is larger than {limit:,} bytes: split it")])
        return yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506  # a subclass of the safe loader
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise CatalogueError([Flaw(shown, "", "", f"cannot be read: {str(error).splitlines()[0]}")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        reason = f"{place}is not valid YAML: {getattr(error, 'problem', None) or error}"
        raise CatalogueError([Flaw(shown, "", "", reason)]) from error
    except ValueError as error:  # a number with thousands of digits
        raise CatalogueError([Flaw(shown, "", "", f"holds a value that cannot be read: {error}")]) from error


def _normal(row: Any, file: str, position: int = 1, dropped: Iterable[str] = ()) -> Data:
    """An entry with empty fields dropped, so that one content has one form."""
    if not isinstance(row, dict):
        raise CatalogueError([Flaw(file, f"entry {position}", "", "must be a mapping of fields to values")])
    data = without_empty(_plain({str(key): value for key, value in row.items()}))
    return {key: value for key, value in data.items() if key not in dropped}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        plain = {key: _plain(inner) for key, inner in value.items()}
        if isinstance(plain.get("basis"), list):  # a citation says what it has: no article, no line
            plain["basis"] = [without_empty(row) if isinstance(row, dict) else row for row in plain["basis"]]
        return plain
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _refuse_doubles(entries: Mapping[Kind, tuple[Entry, ...]]) -> None:
    flaws = []
    for rows in entries.values():
        seen: dict[str, Entry] = {}
        for entry in rows:
            if entry.id in seen:
                reason = f"stands twice (also in {seen[entry.id].file}): ids are unique"
                flaws.append(Flaw(entry.file, entry.id, ID_KEY[entry.kind], reason))
            seen[entry.id] = entry
    if flaws:
        raise CatalogueError(flaws)
