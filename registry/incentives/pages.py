"""Programmes as pages show them: one by one, and sorted for a site."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.conditions import ConditionError, Vocabulary, sentence
from registry.conditions.wording import label
from registry.facilities.facts import SiteFacts
from registry.incentives.assessment import (
    Eligibility,
    IncentiveAssessment,
    assess_incentives,
    eligibility_of,
)
from registry.incentives.models import Incentive
from registry.incentives.wording import (
    EXCLUSIVE_RULES,
    TAX_MODES,
    clock_words,
    provision_words,
)
from registry.language import active_language
from registry.rules.wording import won

Status = Incentive.Status


@dataclass(frozen=True)
class IncentivePage:
    """One programme in words, on a day."""

    incentive: Incentive
    vocabulary: Vocabulary
    on: date
    titles: Mapping[str, str]

    @property
    def status(self) -> Incentive.Status:
        return self.incentive.status_on(self.on)

    @property
    def condition(self) -> str:
        """The eligibility condition as a sentence; empty when the facts that it names are not there."""
        try:
            return sentence(eligibility_of(self.incentive, self.vocabulary), active_language())
        except ConditionError:
            return ""

    @property
    def basis(self) -> list[tuple[str, str, str]]:
        """Provision, kind of instrument and address of each legal basis."""
        rows = self.incentive.legal_basis
        return [(provision_words(row), str(row.get("kind") or ""), str(row.get("url") or "")) for row in rows]

    @property
    def clock(self) -> list[tuple[str, str]]:
        return clock_words(self.incentive.statutory_clock)

    @property
    def exclusive_rule(self) -> str:
        return str(EXCLUSIVE_RULES.get(self.incentive.exclusive_rule, ""))

    @property
    def exclusive_with(self) -> list[tuple[str, str]]:
        """Slug and title of the programmes that do not go together with this one; a title only where we have it."""
        return [(slug, self.titles.get(slug, "")) for slug in self.incentive.exclusive_with]

    @property
    def replaced_by(self) -> tuple[str, str] | None:
        slug = self.incentive.replaced_by
        return (slug, self.titles.get(slug, slug)) if slug else None

    @property
    def tax_mode(self) -> str:
        return str(TAX_MODES.get(self.incentive.tax_mode, self.incentive.tax_mode))

    @property
    def surtax(self) -> str:
        """`농어촌특별세법 제5조: 20%, 감면세액`."""
        surtax = self.incentive.surtax
        if not surtax:
            return ""
        rate = f"{float(surtax['rate']) * 100:g}%"
        return f"{surtax['instrument']} {surtax['article']}: {rate}, {surtax['applies_to']}"


@dataclass(frozen=True)
class IncentiveCard:
    """One programme for one site: outcome, why, what is missing and what it would be worth."""

    assessment: IncentiveAssessment
    page: IncentivePage

    @property
    def because(self) -> str:
        return self.assessment.because(active_language())

    @property
    def missing(self) -> list[str]:
        language = active_language()
        return [label(self.page.vocabulary[key], language) for key in self.assessment.missing]

    @property
    def missing_keys(self) -> str:
        return ",".join(self.assessment.missing)

    @property
    def gross(self) -> str:
        return _money(self.assessment.estimate_krw)

    @property
    def net(self) -> str:
        return _money(self.assessment.net_krw)

    @property
    def if_eligible(self) -> str:
        """What it would be worth, while that is still open."""
        return "" if self.gross else _money(self.assessment.if_eligible_krw)


def _money(amount: int | None) -> str:
    return won(amount) if amount is not None else ""


@dataclass(frozen=True)
class Ledger:
    """The programmes of a site, sorted by what can be done about them."""

    open: Sequence[IncentiveCard]
    coming: Sequence[IncentiveCard]
    undetermined: Sequence[IncentiveCard]
    not_eligible: Sequence[IncentiveCard]
    expired: Sequence[IncentiveCard]


def ledger_of(site: SiteFacts, incentives: Sequence[Incentive], vocabulary: Vocabulary, on: date) -> Ledger:
    """Every programme for the site on `on`: open to it, coming, not decidable, not for it, over."""
    titles = titles_of(incentives)
    cards = [
        IncentiveCard(row, IncentivePage(row.incentive, vocabulary, on, titles))
        for row in assess_incentives(site, incentives, vocabulary, on)
    ]
    return Ledger(
        open=[card for card in cards if _is(card, Eligibility.ELIGIBLE) and not card.assessment.is_prospective],
        coming=[card for card in cards if _is(card, Eligibility.ELIGIBLE) and card.assessment.is_prospective],
        undetermined=[card for card in _by_status(cards) if _is(card, Eligibility.UNDETERMINED)],
        not_eligible=[
            card
            for card in _by_status(cards)
            if _is(card, Eligibility.NOT_ELIGIBLE) and card.assessment.status != Status.EXPIRED
        ],
        expired=[card for card in cards if card.assessment.status == Status.EXPIRED],
    )


def _is(card: IncentiveCard, outcome: Eligibility) -> bool:
    return card.assessment.outcome is outcome


_ORDER = [Status.IN_FORCE, Status.ENACTED, Status.BILL, Status.ANNOUNCED, Status.EXPIRED]


def _by_status(cards: Iterable[IncentiveCard]) -> list[IncentiveCard]:
    return sorted(cards, key=lambda card: _ORDER.index(card.assessment.status))


def titles_of(incentives: Iterable[Incentive]) -> dict[str, str]:
    """Titles by slug, in the reader's language."""
    english = active_language() == "en"
    return {row.slug: (row.title_en if english else "") or row.title_ko for row in incentives}
