"""Rule versions, ministries and topics, as a snapshot tells them."""

from collections.abc import Iterable

from compliance.dossiers.contents import CitedProvision, Group, MinistryName, RuleText, TopicName
from registry.models import Ministry, RuleVersion, Topic


def rule_text(version: RuleVersion) -> RuleText:
    """A rule version in full; citations must be prefetched with their statutes."""
    return RuleText(
        slug=version.rule.slug,
        number=version.number,
        domain=version.rule.domain,
        ministry=version.ministry.slug,
        level=version.subject,
        title_ko=version.title_ko,
        title_en=version.title_en,
        binding=version.binding,
        obligation_kind=version.obligation_kind,
        stages=tuple(version.stages),
        condition=version.condition,
        applies_note_ko=version.applies_note_ko,
        requirement_ko=version.requirement_ko,
        requirement_en=version.requirement_en,
        citations=_citations(version),
        thresholds=version.thresholds,
        measure=version.measure,
        recurrence=version.recurrence,
        deadline=version.deadline,
        evidence_ko=tuple(version.evidence_ko),
        authority_ko=version.authority_ko,
        penalty=version.penalty,
        confidence=version.confidence,
        condition_confidence=version.condition_confidence,
        upcoming=version.upcoming,
        source_note=version.source_note,
        note_ko=version.note_ko,
        effective_from=version.effective_from,
        effective_until=version.effective_until,
        content_hash=version.content_hash,
    )


def _citations(version: RuleVersion) -> tuple[CitedProvision, ...]:
    return tuple(
        CitedProvision(
            statute=row.statute.title_ko,
            kind=row.statute.kind,
            law_id=row.statute.law_id,
            article=row.article,
            paragraph=row.paragraph,
            item=row.item,
            annex=row.annex,
            text=str(row),
        )
        for row in version.citations.all()
    )


def ministry_names(slugs: Iterable[str]) -> tuple[MinistryName, ...]:
    """The ministries that a snapshot mentions, in their usual order (1 query)."""
    rows = Ministry.objects.filter(slug__in=set(slugs)).order_by("order", "slug")
    return tuple(MinistryName(row.slug, row.name_ko, row.name_en, row.short_ko) for row in rows)


def groups_and_topics(topics: Iterable[Topic]) -> tuple[tuple[Group, ...], tuple[TopicName, ...]]:
    """Chapters and topics in the order of the checklist; groups must be loaded with the topics."""
    ordered = sorted({row.pk: row for row in topics}.values(), key=lambda row: (row.group.order, row.order, row.slug))
    groups = {row.group.slug: Group(row.group.slug, row.group.name_ko, row.group.name_en) for row in ordered}
    return tuple(groups.values()), tuple(_topic(row) for row in ordered)


def _topic(row: Topic) -> TopicName:
    return TopicName(row.slug, row.group.slug, row.name_ko, row.name_en, row.question_ko, row.question_en)
