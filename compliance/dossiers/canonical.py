"""Frozen values to canonical JSON and back: the same values give the same bytes on every machine."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

T = TypeVar("T")


class NotReadable(ValueError):
    """The JSON does not have the shape of the wanted value; the message names the place."""


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no spaces, readable Korean, and one form for every number, date and time."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def plain(value: object) -> Any:  # Any: what the JSON encoder takes
    """The value as dicts, lists and scalars: 45000.0 as 45000, a time as UTC seconds, `2026-11-23T01:02:03Z`."""
    match value:
        case bool() | str() | int() | None:
            return value
        case Decimal() | float():
            return int(value) if value == int(value) else float(value)
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(row) for key, row in value.items()}
        case list() | tuple():
            return [plain(row) for row in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def read_as(kind: type[T], data: object) -> T:
    """The dataclass `kind` from parsed JSON; raises NotReadable when the shape differs."""
    result: T = _read(kind, data, "")
    return result


def _read(kind: Any, data: Any, where: str) -> Any:  # Any: type hints are values here
    if is_dataclass(kind):
        return _read_dataclass(kind, data, where)
    if get_origin(kind) is tuple:
        _expect(isinstance(data, list), where, "a list")
        return tuple(_read(get_args(kind)[0], row, f"{where}/{index}") for index, row in enumerate(data))
    if get_origin(kind) in (Union, UnionType):
        return _read_union(get_args(kind), data, where)
    if kind is datetime or kind is date:
        _expect(isinstance(data, str), where, "a date")
        try:
            return kind.fromisoformat(data)
        except ValueError:
            raise NotReadable(f"{where or '/'}: not a date: {data!r}") from None
    _expect(type(data) is kind, where, kind.__name__)
    return data


def _read_dataclass(kind: Any, data: Any, where: str) -> Any:
    _expect(isinstance(data, dict), where, "an object")
    hints = _hints(kind)
    if differing := set(hints) ^ set(data):
        raise NotReadable(f"{where or '/'}: missing or unknown fields: {', '.join(sorted(differing))}")
    return kind(**{name: _read(hint, data[name], f"{where}/{name}") for name, hint in hints.items()})


def _read_union(kinds: tuple[Any, ...], data: Any, where: str) -> Any:
    if data is None and NoneType in kinds:
        return None
    structured = [kind for kind in kinds if is_dataclass(kind) or kind in (date, datetime)]
    return _read(structured[0], data, where) if structured else data  # scalars and free JSON stay as they are


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return {field.name: field.type for field in fields(kind)}


def _expect(holds: bool, where: str, what: str) -> None:
    if not holds:
        raise NotReadable(f"{where or '/'}: expected {what}")
