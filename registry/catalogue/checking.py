"""Is the catalogue sound? Form by JSON Schema, then references between entries, then conditions and formulas."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from registry.catalogue.entries import Catalogue, CatalogueError, Entry, Flaw, Kind, flaw_in
from registry.catalogue.rule_entries import versions_in
from registry.catalogue.statutes import cited_statutes
from registry.catalogue.vocabulary import vocabulary_of
from registry.conditions import ConditionError, Level, Vocabulary, VocabularyError, parse

SCHEMAS = Path(__file__).parent / "schema"


def check_catalogue(catalogue: Catalogue) -> Vocabulary:
    """Raise CatalogueError with everything that is wrong; otherwise give the vocabulary of its conditions."""
    _refuse([flaw for entry in catalogue for flaw in schema_flaws(entry)])
    vocabulary = _vocabulary(catalogue)
    flaws = [flaw for entry in catalogue for flaw in _reference_flaws(entry, catalogue)]
    flaws += [flaw for entry in catalogue for flaw in _CHECKS.get(entry.kind, _nothing)(entry, vocabulary)]
    flaws += cited_statutes(catalogue)[1]
    _refuse(flaws)
    return vocabulary


def _refuse(flaws: list[Flaw]) -> None:
    if flaws:
        raise CatalogueError(flaws)


def _nothing(entry: Entry, vocabulary: Vocabulary) -> Iterator[Flaw]:
    yield from ()


# --- Form ---------------------------------------------------------------------------------------------------------


@cache
def schema_of(kind: Kind) -> Mapping[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))
    return schema


@cache
def _validator(kind: Kind) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind))


def schema_flaws(entry: Entry) -> Iterator[Flaw]:
    for error in _validator(entry.kind).iter_errors(dict(entry.data)):
        yield flaw_in(entry, _field(error), _reason(error))
    for key, value in _dates(entry.data):
        if not _is_date(value):
            yield flaw_in(entry, key, f"{value} is not a day of the calendar")


def _field(error: ValidationError) -> str:
    """`penalty.kind`, `stage[1]`; for a field that is missing or not allowed, its own name."""
    path = error.json_path.removeprefix("$").removeprefix(".")
    name = ""
    if error.validator == "required":
        required, given = _any(error.validator_value), _any(error.instance)
        name = next((key for key in required if key not in given), "")
    elif error.validator == "additionalProperties":
        name = next((key for key in _any(error.instance) if key not in _known_fields(error)), "")
    return ".".join(part for part in (path, name) if part)


def _any(value: object) -> Any:
    """jsonschema types these as possibly unset; in an error that was raised they are set."""
    return value


def _known_fields(error: ValidationError) -> list[str]:
    return list(_any(error.schema).get("properties", {}))


def _reason(error: ValidationError) -> str:
    allowed = _any(error.validator_value)
    match error.validator:
        case "required":
            return "is missing: the entry does not load without it"
        case "additionalProperties":
            known = _known_fields(error)
            field = _field(error).rpartition(".")[2]
            close = get_close_matches(field, known, n=3) or sorted(known)
            return f"is not a field of this entry; known: {', '.join(close)}"
        case "enum":
            return f"{error.instance!r} is not one of {', '.join(str(value) for value in allowed)}"
        case "pattern":
            return f"{error.instance!r} does not have the form {allowed}"
    return error.message[:300]


def _dates(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("since", "until", "in_force_from", "in_force_until", "expires_on"):
        if data.get(key):
            yield key, str(data[key])
    for name, inner in (("versions", "effective_from"), ("upcoming", "on"), ("timeline", "date")):
        rows = data.get(name)
        for position, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict) and row.get(inner):
                yield f"{name}[{position}].{inner}", str(row[inner])


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


# --- References ---------------------------------------------------------------------------------------------------

# Field (dots and [] lead into lists) -> kind of the entry that it names.
REFERENCES: Mapping[Kind, Mapping[str, Kind]] = {
    Kind.FACT: {"group": Kind.FACT_GROUP},
    Kind.TOPIC: {"group": Kind.TOPIC_GROUP},
    Kind.MINISTRY: {"succeeded_by[]": Kind.MINISTRY},
    Kind.RULE: {"unified_topic": Kind.TOPIC, "ministry": Kind.MINISTRY, "versions[].changes.ministry": Kind.MINISTRY},
    Kind.INCENTIVE: {
        "ministry": Kind.MINISTRY,
        "related_rule_ids[]": Kind.RULE,
        "exclusive_with[]": Kind.INCENTIVE,
        "replaced_by": Kind.INCENTIVE,
        "surtax_on_benefit.taxed_facts[]": Kind.FACT,
    },
    Kind.LEGISLATION: {
        "act.ministry": Kind.MINISTRY,
        "one_stop.bundles[].ministry": Kind.MINISTRY,
        "delegated[].affects_facts[]": Kind.FACT,
    },
}


def _reference_flaws(entry: Entry, catalogue: Catalogue) -> Iterator[Flaw]:
    for field, kind in REFERENCES.get(entry.kind, {}).items():
        known = {target.id for target in catalogue.of(kind)}
        for name in _values(entry.data, field):
            if name not in known:
                yield flaw_in(entry, field.replace("[]", ""), f"`{name}` is no {kind}{_hint(name, known)}")


def _values(data: Any, field: str) -> Iterator[str]:
    """All values at the path."""
    step, _, rest = field.partition(".")
    value = data.get(step.removesuffix("[]")) if isinstance(data, Mapping) else None
    for inner in (value or []) if step.endswith("[]") else [value]:
        if rest:
            yield from _values(inner, rest)
        elif inner is not None:
            yield inner


def _hint(name: str, known: set[str]) -> str:
    close = get_close_matches(name, sorted(known), n=3)
    return f"; did you mean {', '.join(close)}?" if close else ": add it first or correct the name"


# --- Conditions and periods ---------------------------------------------------------------------------------------


def _vocabulary(catalogue: Catalogue) -> Vocabulary:
    try:
        return vocabulary_of(catalogue)
    except VocabularyError as error:
        entry = catalogue.by_id(Kind.FACT).get(error.key) or Entry(Kind.FACT, error.key, {}, "facts.yaml")
        field = "derived" if entry.data.get("derived") else "key"
        raise CatalogueError([flaw_in(entry, field, str(error))]) from error


def _rule_flaws(entry: Entry, vocabulary: Vocabulary) -> Iterator[Flaw]:
    for number, content in enumerate(versions_in(entry.data)):
        place = f"versions[{number - 1}].changes." if number else ""
        level = Level(content["subject"])
        if number == 0 or content["applies_when"] != versions_in(entry.data)[number - 1]["applies_when"]:
            yield from _expression_flaw(entry, f"{place}applies_when", content["applies_when"], level, vocabulary)
        yield from _anchor_flaw(entry, f"{place}recurrence.anchor", content, vocabulary)
    yield from _period_flaws(entry)


def _expression_flaw(
    entry: Entry, field: str, text: str, level: Level, vocabulary: Vocabulary, result: str = "boolean"
) -> Iterator[Flaw]:
    try:
        parse(text, vocabulary, level=level, result=result)
    except ConditionError as error:
        yield flaw_in(entry, field, error.describe("en"))


def _anchor_flaw(entry: Entry, field: str, content: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Flaw]:
    anchor = (content.get("recurrence") or {}).get("anchor", "calendar:")
    if anchor.startswith("calendar:"):
        return
    spec = vocabulary.get(anchor)
    if spec is None or spec.type != "date":
        dates = {key for key, spec in vocabulary.items() if spec.type == "date"}
        yield flaw_in(entry, field, f"`{anchor}` is no date fact{_hint(anchor, dates)}")


def _period_flaws(entry: Entry) -> Iterator[Flaw]:
    previous = entry.data.get("in_force_from")
    for number, version in enumerate(entry.data.get("versions", [])):
        if previous and version["effective_from"] <= previous:
            reason = f"{version['effective_from']} is not after {previous}: versions stand in the order of their dates"
            yield flaw_in(entry, f"versions[{number}].effective_from", reason)
        previous = version["effective_from"]
    until = entry.data.get("in_force_until")
    if until and previous and until <= previous:
        yield flaw_in(entry, "in_force_until", f"{until} is not after {previous}, when the last version begins")


def _incentive_flaws(entry: Entry, vocabulary: Vocabulary) -> Iterator[Flaw]:
    for field in ("eligibility", "benefit_formula", "benefit_formula_additional", "quantity_formula"):
        text = entry.data.get(field)
        if text:
            result = "boolean" if field == "eligibility" else "number"
            yield from _expression_flaw(entry, field, text, Level.FACILITY, vocabulary, result)
    begins, ends = entry.data.get("in_force_from"), entry.data.get("expires_on")
    if begins and ends and ends < begins:
        yield flaw_in(entry, "expires_on", f"{ends} lies before in_force_from {begins}")


def _ministry_flaws(entry: Entry, vocabulary: Vocabulary) -> Iterator[Flaw]:
    since, until = entry.data.get("since"), entry.data.get("until")
    if since and until and until <= since:
        yield flaw_in(entry, "until", f"{until} is not after since {since}")


_CHECKS: Mapping[Kind, Callable[[Entry, Vocabulary], Iterator[Flaw]]] = {
    Kind.RULE: _rule_flaws,
    Kind.INCENTIVE: _incentive_flaws,
    Kind.MINISTRY: _ministry_flaws,
}
