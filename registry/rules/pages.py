"""A rule version as the public page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import cached_property

from registry.conditions import ConditionError, Vocabulary, sentence
from registry.conditions.wording import SIGNS, unit_text
from registry.language import active_language
from registry.rules.assessment import condition_of
from registry.rules.models import Rule, RuleVersion
from registry.rules.wording import deadline_words, penalty_words, recurrence_words, threshold_words


class Standing(StrEnum):
    """Where a version stands on a day."""

    PAST = "past"
    IN_FORCE = "in_force"
    UPCOMING = "upcoming"


@dataclass(frozen=True)
class VersionPage:
    """One version with everything that the catalogue says, in words; nothing of it is dropped."""

    version: RuleVersion
    vocabulary: Vocabulary
    on: date

    @property
    def standing(self) -> Standing:
        if self.version.is_in_force(self.on):
            return Standing.IN_FORCE
        ended = self.version.effective_until is not None and self.version.effective_until <= self.on
        return Standing.PAST if ended else Standing.UPCOMING

    @cached_property
    def condition(self) -> str:
        """The condition as a sentence; empty when the facts that it names are not there."""
        try:
            return sentence(condition_of(self.version, self.vocabulary), active_language())
        except ConditionError:
            return ""

    @property
    def recurrence(self) -> str:
        return recurrence_words(self.version.recurrence, self.vocabulary)

    @property
    def deadline(self) -> str:
        return deadline_words(self.version.deadline)

    @property
    def penalty(self) -> str:
        return penalty_words(self.version.penalty)

    @property
    def thresholds(self) -> list[str]:
        return [threshold_words(row, self.vocabulary) for row in self.version.thresholds]

    @property
    def stages(self) -> list[str]:
        return [str(RuleVersion.Stage(slug).label) for slug in self.version.stages]

    @property
    def measured_limit(self) -> str:
        """`≤ 1.8 (자율 인증 도입기 기준)` with its unit."""
        measure = self.version.measure
        if not measure:
            return ""
        limit = str(measure.get("limit") or f"{measure['op']} {measure['value']}")
        for sign in (">=", "<=", "==", "!="):
            limit = limit.replace(sign, SIGNS[sign])
        return f"{limit} {unit_text(str(measure.get('unit') or ''), active_language())}".strip()


def version_pages(rule: Rule, vocabulary: Vocabulary, on: date) -> Sequence[VersionPage]:
    """Every published version, the one in force first, then those to come, then the past (3 queries)."""
    versions = rule.versions.published().select_related("ministry").prefetch_related("citations__statute")
    pages = [VersionPage(version, vocabulary, on) for version in versions]
    order = [Standing.IN_FORCE, Standing.UPCOMING, Standing.PAST]
    past_last = sorted(pages, key=lambda page: (order.index(page.standing), page.version.number))
    return past_last
