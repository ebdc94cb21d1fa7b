"""Template filters that put the contents of a snapshot into words."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from compliance.dossiers import wording
from compliance.dossiers.contents import (
    FactMeaning,
    JsonValue,
    MinistryName,
    Snapshot,
    SnapshotObligation,
    Subject,
    TopicName,
)
from compliance.dossiers.pages import DossierPages, TraceLine, trace_lines
from compliance.dossiers.standing import standing_of

register = template.Library()

register.filter("word", wording.word_for)
register.filter("amount", wording.amount)
register.filter("deadline", wording.deadline)
register.filter("penalty", wording.penalty)
register.filter("change_words", wording.change_words)
register.filter("standing", standing_of)


@register.filter
def place(subject: Subject) -> str:
    """A building by its name; the site and its operator, of which a dossier has one each, by what they are."""
    return subject.name_ko if subject.level == "building" else wording.word_for(subject.level, "level")


@register.filter
def trace(row: SnapshotObligation) -> list[TraceLine]:
    return trace_lines(row)


@register.filter
def recurrence(pages: DossierPages, words: JsonValue) -> str:
    """`{{ pages|recurrence:rule.recurrence }}`: the anchor is called by the name that the snapshot has for it."""
    return wording.recurrence(words, pages.specs)


@register.filter
def ministry(snapshot: Snapshot, slug: str) -> MinistryName:
    """`{{ snapshot|ministry:row.ministry|lang:"name" }}`"""
    return snapshot.ministry(slug)


@register.filter
def topic(snapshot: Snapshot, slug: str) -> TopicName:
    return snapshot.topic(slug)


@register.filter
def definition(snapshot: Snapshot, key: str) -> FactMeaning:
    return snapshot.definition(key)


@register.filter
def hash_in_groups(digest: str) -> SafeString:
    """A hash that may break after every eight characters, and that is copied without gaps."""
    if not digest.isalnum():
        return SafeString("")
    return mark_safe("<wbr>".join(digest[start : start + 8] for start in range(0, len(digest), 8)))  # hex digits only
