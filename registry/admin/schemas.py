"""The catalogue's JSON schemas, asked about one property at a time."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, ValidationError

from registry import catalogue

SCHEMAS = Path(catalogue.__file__).parent / "schema"


def flaws_by_schema(schema: str, name: str) -> Callable[[Any], Iterator[str]]:
    """A check of one property of the schema, for `CheckedJSONField`."""
    return partial(_flaws, schema, name)


def _flaws(schema: str, name: str, value: Any) -> Iterator[str]:
    for error in _validator(schema, name).iter_errors(value):
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
        yield f"{name}{place}: {_reason(error)}"


@lru_cache(maxsize=64)
def _validator(schema: str, name: str) -> Draft202012Validator:
    rules = json.loads((SCHEMAS / f"{schema}.json").read_text())["properties"][name]
    ways = [way for way in rules.get("anyOf", []) if way.get("type") != "null"]
    return Draft202012Validator(ways[0] if len(ways) == 1 else rules)  # emptiness is the form's matter


def _reason(error: ValidationError) -> str:
    """The library's reason in the words of this project, where it has any."""
    wanted: Any = error.validator_value
    found: Any = error.instance
    match error.validator:
        case "required":
            missing = ", ".join(key for key in wanted if key not in found)
            return _("꼭 있어야 할 항목이 없습니다: %(keys)s") % {"keys": missing}
        case "additionalProperties":
            schema: Any = error.schema
            known = schema.get("properties", {})
            names = {"keys": ", ".join(sorted(found.keys() - known.keys())), "known": ", ".join(known)}
            return _("모르는 항목입니다: %(keys)s. 쓸 수 있는 항목: %(known)s") % names
        case "enum":
            names = {"value": found, "known": ", ".join(str(value) for value in wanted)}
            return _("%(value)s은(는) 쓸 수 없습니다. 쓸 수 있는 값: %(known)s") % names
        case "type":
            names = {"value": json.dumps(found, ensure_ascii=False), "type": wanted}
            return _("%(value)s은(는) 형식이 다릅니다. 필요한 형식: %(type)s") % names
        case _:
            return error.message
