"""From entries to YAML files: one entry always has one text, so that an export can be reviewed as a diff."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from registry.catalogue.checking import schema_of
from registry.catalogue.entries import Catalogue, Entry, Kind

WIDTH = 120
FOLDED_FROM = 90  # characters; shorter text stays on the line of its key
HEADERS = {
    "facts.yaml": "Attributes that conditions are written over. Format: docs/catalogue.md",
    "topics.yaml": "Topics of the unified checklist, under which provisions of several ministries meet.",
    "ministries.yaml": "Ministries in charge and their agencies. Periods are half-open.",
}


class _Dumper(yaml.CSafeDumper):
    """Block style, long text folded, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    folded = len(text) > FOLDED_FROM and "\n" not in text and text == text.strip() and "  " not in text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if folded else None)


_Dumper.add_representer(str, _text)


def write_catalogue(catalogue: Catalogue, folder: Path) -> list[Path]:
    """Write all files of the catalogue below the folder; the files written."""
    return [_write(folder / name, document) for name, document in documents(catalogue).items()]


def documents(catalogue: Catalogue) -> dict[str, str]:
    """File name -> text."""
    texts = {
        "facts.yaml": _yaml(_grouped(catalogue, groups=Kind.FACT_GROUP, facts=Kind.FACT)),
        "topics.yaml": _yaml(_grouped(catalogue, groups=Kind.TOPIC_GROUP, topics=Kind.TOPIC)),
        "ministries.yaml": _yaml([ordered(entry) for entry in catalogue.of(Kind.MINISTRY)]),
        **_split(catalogue.of(Kind.RULE), lambda data: f"rules/{data['domain']}/{data['unified_topic']}.yaml"),
        **_split(
            catalogue.of(Kind.INCENTIVE), lambda data: f"incentives/{data['programme_kind'].replace('_', '-')}.yaml"
        ),
        **{f"legislation/{entry.id}.yaml": _yaml(ordered(entry)) for entry in catalogue.of(Kind.LEGISLATION)},
    }
    return {name: _header(name) + text for name, text in texts.items()}


def _grouped(catalogue: Catalogue, **kinds: Kind) -> dict[str, list[Any]]:
    return {key: [ordered(entry) for entry in catalogue.of(kind)] for key, kind in kinds.items()}


def _split(entries: Iterable[Entry], name_of: Any) -> dict[str, str]:
    files: dict[str, list[Any]] = defaultdict(list)
    for entry in entries:
        files[name_of(entry.data)].append(ordered(entry))
    return {name: _yaml(rows) for name, rows in sorted(files.items())}


def _header(name: str) -> str:
    return f"# {HEADERS[name]}\n" if name in HEADERS else ""


def _yaml(document: Any) -> str:
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, width=WIDTH, sort_keys=False)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- Order of fields: that of the schema --------------------------------------------------------------------------


def ordered(entry: Entry) -> Any:
    return _in_order(dict(entry.data), schema_of(entry.kind))


def _in_order(value: Any, schema: Mapping[str, Any]) -> Any:
    """Fields in the order of the schema; those it does not name follow in alphabetical order."""
    if isinstance(value, dict):
        known: Mapping[str, Any] = schema.get("properties", {})
        names = [name for name in known if name in value] + sorted(name for name in value if name not in known)
        return {name: _in_order(value[name], known.get(name, {})) for name in names}
    if isinstance(value, list):
        return [_in_order(row, schema.get("items", {})) for row in value]
    return value
