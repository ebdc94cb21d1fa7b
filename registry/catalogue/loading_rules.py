"""Rule versions: an entry's versions are matched with the published ones in the order of their periods."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from django.db import models

from registry.catalogue.database import Loaded, PublishedVersion
from registry.catalogue.entries import Catalogue, Entry, Flaw, Kind, flaw_in, same
from registry.catalogue.rule_entries import statement, versions_in
from registry.people.models import User
from registry.rules.actions import close_version, new_citation, publish_in_bulk
from registry.rules.content import CITATION_PLACES, Content, columns_from, differences
from registry.rules.models import Citation, Rule, RuleVersion
from registry.statutes.models import Ministry, Statute

SHOWN = 60  # characters of a value in an error


@dataclass(frozen=True)
class NewVersion:
    rule: str
    number: int
    content: Content
    until: str | None


@dataclass
class RulePlan:
    """Versions to add and to close, before anything is written."""

    added: list[NewVersion] = field(default_factory=list)
    closed: list[tuple[RuleVersion, date]] = field(default_factory=list)
    unchanged: int = 0
    flaws: list[Flaw] = field(default_factory=list)


def plan_rules(catalogue: Catalogue, before: Loaded) -> RulePlan:
    plan = RulePlan()
    for entry in catalogue.of(Kind.RULE):
        published = before.versions.get(entry.id, ())
        contents = versions_in(entry.data)
        until = entry.data.get("in_force_until")
        flaws = list(_flaws(entry, contents, published, until))
        plan.flaws += flaws
        if not flaws:
            _plan_entry(plan, entry.id, contents, published, until, before.numbers.get(entry.id, 0))
    return plan


def _flaws(
    entry: Entry, contents: Sequence[Content], published: Sequence[PublishedVersion], until: str | None
) -> Iterator[Flaw]:
    for position, (content, version) in enumerate(zip(contents, published, strict=False)):
        yield from _overwriting(entry, position, content, version)
    if not published:
        return
    last = published[-1]
    if len(contents) > len(published):
        yield from _starting_flaw(entry, contents[len(published)], len(published), last)
    elif until and len(contents) == len(published):
        yield from _ending_flaw(entry, until, last)


def _overwriting(entry: Entry, position: int, content: Content, version: PublishedVersion) -> Iterator[Flaw]:
    known, stated = statement(version.content), statement(content)
    if same(known, stated):
        return
    for key, (old, new) in differences(known, stated).items():
        reason = (
            f"differs from version {version.row.number}, which is published and never changes "
            f"({_short(old)} -> {_short(new)}): restore it and add an entry under `versions` with `effective_from` "
            "and the `changes`"
        )
        yield flaw_in(entry, _field_of(key, position), reason)


def _field_of(key: str, position: int) -> str:
    if position == 0:
        return "in_force_from" if key == "effective_from" else key
    own = key in ("effective_from", "note_ko", "source", "confidence")
    return f"versions[{position - 1}].{key}" if own else f"versions[{position - 1}].changes.{key}"


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _starting_flaw(entry: Entry, content: Content, position: int, last: PublishedVersion) -> Iterator[Flaw]:
    starts, field_name = content["effective_from"], f"versions[{position - 1}].effective_from"
    ended = last.row.effective_until
    if ended is not None and ended.isoformat() != starts:
        yield flaw_in(entry, field_name, f"{starts} does not follow the version before it, which ended on {ended}")


def _ending_flaw(entry: Entry, until: str, last: PublishedVersion) -> Iterator[Flaw]:
    ended = last.row.effective_until
    if ended is not None and ended.isoformat() != until:
        yield flaw_in(
            entry, "in_force_until", f"{until} differs from {ended}, when the rule ended; what is closed stays closed"
        )


def _plan_entry(
    plan: RulePlan,
    slug: str,
    contents: Sequence[Content],
    published: Sequence[PublishedVersion],
    until: str | None,
    highest: int,
) -> None:
    plan.unchanged += min(len(contents), len(published))
    fresh = contents[len(published) :]
    ends = [content["effective_from"] for content in contents[1:]] + [until]
    for offset, content in enumerate(fresh):
        plan.added.append(NewVersion(slug, highest + 1 + offset, content, ends[len(published) + offset]))
    if published and len(contents) >= len(published):
        end = ends[len(published) - 1]
        last = published[-1].row
        if end and last.effective_until is None:
            plan.closed.append((last, date.fromisoformat(end)))
            plan.unchanged -= 1


def write_rules(
    plan: RulePlan,
    rows: Mapping[Kind, Mapping[str, models.Model]],
    statutes: Mapping[tuple[str, str], Statute],
    *,
    by: User | None,
    at: datetime,
) -> None:
    for version, until in plan.closed:
        close_version(version, until=until, by=by, at=at)
    if plan.added:
        rules = cast(Mapping[str, Rule], rows[Kind.RULE])
        ministries = cast(Mapping[str, Ministry], rows[Kind.MINISTRY])
        publish_in_bulk([_built(new, rules, ministries, statutes) for new in plan.added], by=by, at=at)


def _built(
    new: NewVersion,
    rules: Mapping[str, Rule],
    ministries: Mapping[str, Ministry],
    statutes: Mapping[tuple[str, str], Statute],
) -> tuple[RuleVersion, list[Citation]]:
    version = unsaved_version(new.content, rules[new.rule], new.number, ministries, new.until)
    return version, unsaved_citations(new.content, statutes)


def unsaved_version(
    content: Content, rule: Rule, number: int, ministries: Mapping[str, Ministry], until: str | None
) -> RuleVersion:
    return RuleVersion(
        rule=rule,
        number=number,
        ministry=ministries[content["ministry"]],
        effective_until=date.fromisoformat(until) if until else None,
        **columns_from(content),
    )


def unsaved_citations(content: Content, statutes: Mapping[tuple[str, str], Statute]) -> list[Citation]:
    return [
        new_citation(
            statutes[row["instrument"], row["kind"]], **{place: row[place] for place in CITATION_PLACES if place in row}
        )
        for row in content["basis"]
    ]
