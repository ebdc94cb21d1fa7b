"""Draft, publish, close: the only writers of rule versions and of their citations."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.audit.actions import record
from registry.people.models import User
from registry.rules.assessment import current_vocabulary
from registry.rules.content import CITATION_PLACES, COLUMNS, content_hash, content_of, differences
from registry.rules.models import Citation, Rule, RuleVersion
from registry.rules.validation import RuleActionError, closing_flaw, content_flaws, period_flaws
from registry.statutes.models import Statute

DRAFT, PUBLISHED, CLOSED = RuleVersion.Status.DRAFT, RuleVersion.Status.PUBLISHED, RuleVersion.Status.CLOSED
EDITABLE = {*COLUMNS.values(), "ministry", "effective_from"}


@transaction.atomic
def create_draft(
    rule: Rule,
    *,
    by: User | None,
    based_on: RuleVersion | None = None,
    changes: Mapping[str, Any] | None = None,
    citations: Iterable[Citation] | None = None,
    at: datetime | None = None,
) -> RuleVersion:
    """A new draft of the rule: the content of `based_on` (unless there is none) with `changes` to its fields.

    `citations` are unsaved; without them those of `based_on` are copied.
    """
    draft = RuleVersion(rule=rule, number=_next_number(rule), **_fields(rule, based_on, changes or {}))
    draft.save()
    if citations is None:
        citations = based_on.citations.all() if based_on else []
    _set_citations(draft, citations)
    record("rule_version.drafted", by=by, target=draft, data={"rule": rule.slug, "number": draft.number}, at=at)
    return draft


def _next_number(rule: Rule) -> int:
    return max(RuleVersion.objects.filter(rule=rule).values_list("number", flat=True), default=0) + 1


def _fields(rule: Rule, based_on: RuleVersion | None, changes: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(changes.keys() - EDITABLE)
    if unknown:
        names = {"fields": ", ".join(unknown), "known": ", ".join(sorted(EDITABLE))}
        raise RuleActionError(
            rule.slug, _("고칠 수 없는 항목입니다: %(fields)s. 고칠 수 있는 항목: %(known)s.") % names
        )
    # The start, the note and the source belong to one version alone.
    copied = EDITABLE - {"effective_from", "note_ko", "source"}
    return {**({name: getattr(based_on, name) for name in copied} if based_on else {}), **changes}


@transaction.atomic
def update_draft(
    draft: RuleVersion,
    *,
    by: User | None,
    changes: Mapping[str, Any],
    citations: Iterable[Citation] | None = None,
    at: datetime | None = None,
) -> RuleVersion:
    """Change fields of a draft and, when `citations` are given, replace its citations."""
    draft = _locked(draft)
    if draft.status != DRAFT:
        raise RuleActionError(draft.rule.slug, _already_published(draft))
    before = content_of(draft, _citations(draft))
    for name, value in _fields(draft.rule, None, changes).items():
        setattr(draft, name, value)
    draft.save()
    if citations is not None:
        _set_citations(draft, citations)
    changed = differences(before, content_of(draft, _citations(draft)))
    record("rule_version.edited", by=by, target=draft, data={"rule": draft.rule.slug, "changed": changed}, at=at)
    return draft


@transaction.atomic
def publish_version(version: RuleVersion, *, by: User | None, at: datetime | None = None) -> RuleVersion:
    """Publish a draft. The open version of the rule, if there is one, ends on the day the draft begins."""
    version = _locked(version)
    at = at or timezone.now()
    rule = version.rule
    if version.status != DRAFT:
        raise RuleActionError(rule.slug, _already_published(version))
    citations = _citations(version)
    if flaws := content_flaws(version, citations, current_vocabulary()):
        raise RuleActionError(rule.slug, flaws)
    _make_room(version, by=by, at=at)
    version.content_hash = content_hash(content_of(version, citations))
    version.status, version.published_at, version.published_by = PUBLISHED, at, by
    version.save()
    data = {"rule": rule.slug, "number": version.number, "effective_from": version.effective_from}
    record("rule_version.published", by=by, target=version, data={**data, "hash": version.content_hash}, at=at)
    return version


def _make_room(version: RuleVersion, *, by: User | None, at: datetime) -> None:
    """Close the open version where the draft begins, and refuse a draft that would leave a gap or overlap."""
    earlier = list(RuleVersion.objects.published().filter(rule=version.rule).order_by("number"))
    if not earlier:
        return
    latest = earlier[-1]
    starts = version.effective_from
    if latest.status == PUBLISHED and starts is not None:
        latest = close_version(latest, until=starts, by=by, at=at)
    if version.number < latest.number:
        version.number = _next_number(version.rule)  # another draft was published first
    if flaws := period_flaws([latest, version]):
        raise RuleActionError(version.rule.slug, flaws)


@transaction.atomic
def close_version(version: RuleVersion, *, until: date, by: User | None, at: datetime | None = None) -> RuleVersion:
    """End the open version: `until` is the first day on which it no longer binds."""
    version = _locked(version)
    if flaw := closing_flaw(version, until):
        raise RuleActionError(version.rule.slug, flaw)
    version.status, version.effective_until = CLOSED, until
    version.closed_at, version.closed_by = at or timezone.now(), by
    version.save(update_fields=["status", "effective_until", "closed_at", "closed_by"])
    data = {"rule": version.rule.slug, "number": version.number, "effective_until": until}
    record("rule_version.closed", by=by, target=version, data=data, at=at)
    return version


@transaction.atomic
def open_next_version(
    version: RuleVersion,
    *,
    effective_from: date,
    changes: Mapping[str, Any],
    by: User | None,
    citations: Iterable[Citation] | None = None,
    at: datetime | None = None,
) -> RuleVersion:
    """Amend: close the version on `effective_from` and publish the next, which differs from it by `changes`."""
    changes = {**changes, "effective_from": effective_from}
    draft = create_draft(version.rule, based_on=version, changes=changes, citations=citations, by=by, at=at)
    return publish_version(draft, by=by, at=at)


@transaction.atomic
def publish_in_bulk(
    versions: Sequence[tuple[RuleVersion, Sequence[Citation]]], *, by: User | None, at: datetime
) -> Sequence[RuleVersion]:
    """Write and publish many unsaved, already validated versions in a handful of queries.

    A version with an end is closed. The caller records one event for all of them.
    """
    for version, citations in versions:
        version.status = DRAFT
        version.content_hash = content_hash(content_of(version, citations))
        version.published_at, version.published_by = at, by
        if version.effective_until is not None:
            version.closed_at, version.closed_by = at, by
    made = RuleVersion.objects.bulk_create([version for version, _ in versions])
    for version, citations in versions:
        for order, citation in enumerate(citations):
            citation.version, citation.order = version, order
    Citation.objects.bulk_create([citation for _, citations in versions for citation in citations])
    drafts = RuleVersion.objects.filter(pk__in=[version.pk for version in made])
    drafts.filter(effective_until__isnull=False).update(status=CLOSED)
    drafts.filter(status=DRAFT).update(status=PUBLISHED)
    return made


def new_citation(statute: Statute, **places: str) -> Citation:
    """An unsaved citation, to be handed to the actions above."""
    return Citation(statute=statute, **{place: places.get(place, "") for place in CITATION_PLACES})


def _already_published(version: RuleVersion) -> str:
    return _("제%(number)s판은 이미 공표되어 바뀌지 않습니다. 다음 판의 초안을 쓰십시오.") % {"number": version.number}


def _locked(version: RuleVersion) -> RuleVersion:
    return RuleVersion.objects.select_for_update(of=("self",)).select_related("rule", "ministry").get(pk=version.pk)


def _citations(version: RuleVersion) -> list[Citation]:
    return list(version.citations.select_related("statute"))


def _set_citations(draft: RuleVersion, citations: Iterable[Citation]) -> None:
    fresh = [new_citation(citation.statute, **_places(citation)) for citation in citations]
    draft.citations.all().delete()
    for order, citation in enumerate(fresh):
        citation.version, citation.order = draft, order
    Citation.objects.bulk_create(fresh)


def _places(citation: Citation) -> dict[str, str]:
    return {place: getattr(citation, place) for place in CITATION_PLACES}
