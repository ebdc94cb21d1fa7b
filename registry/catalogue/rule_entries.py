"""A rule of the catalogue is its first version and the changes of later ones: unfolded and folded here."""

from collections.abc import Mapping, Sequence
from typing import Any

from registry.rules.content import CITATION_PLACES, COLUMNS, Content, differences, without_empty

CONTENT_KEYS = {*COLUMNS, "ministry", "basis"}
# What a version says about itself alone; it is not handed on to the next.
OWN_KEYS = {"effective_from", "note_ko", "source"}
STATUTE_KEYS = ("law_id", "file")


def versions_in(rule: Mapping[str, Any]) -> list[Content]:
    """The content of every version of the entry, in order; `basis` in full, with numbers and files of statutes."""
    first = {key: rule[key] for key in CONTENT_KEYS if key in rule}
    contents = [without_empty({**first, "effective_from": rule.get("in_force_from")})]
    for version in rule.get("versions", []):
        inherited = {key: value for key, value in contents[-1].items() if key not in OWN_KEYS}
        own = {key: version[key] for key in (*OWN_KEYS, "confidence") if key in version}
        contents.append(without_empty({**inherited, **version["changes"], **own}))
    return contents


def rule_from(head: Mapping[str, Any], versions: Sequence[Content], until: str | None) -> Content:
    """The entry for a rule with these versions: the inverse of `versions_in`. `until` is the end of the last one."""
    entry = {**head, **versions[0], "in_force_from": versions[0].get("effective_from"), "in_force_until": until}
    entry.pop("effective_from", None)
    entry["versions"] = [_change(*pair) for pair in zip(versions, versions[1:], strict=False)]
    return without_empty(entry)


def _change(before: Content, after: Content) -> Content:
    changed = {key: new for key, (_, new) in differences(before, after).items() if key not in OWN_KEYS}
    own = {key: after[key] for key in OWN_KEYS if key in after}
    if changed.get("confidence"):
        own["confidence"] = changed.pop("confidence")
    return {**own, "changes": changed}


def statement(content: Content) -> Content:
    """The content that a version is known by: citations without the numbers and files of their statutes."""
    basis = [
        {key: row[key] for key in ("instrument", "kind", *CITATION_PLACES) if key in row} for row in content["basis"]
    ]
    return {**content, "basis": basis}
