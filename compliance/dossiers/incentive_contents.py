"""Incentives and whether the site is eligible, as a snapshot tells them."""

from datetime import date

from compliance.dossiers.contents import IncentiveOutcome
from registry.conditions import Vocabulary
from registry.facilities.facts import SiteFacts
from registry.incentives.assessment import IncentiveAssessment, assess_incentives
from registry.models import Incentive


def incentive_outcomes(site: SiteFacts, vocabulary: Vocabulary, on: date) -> tuple[IncentiveOutcome, ...]:
    """Every programme with its outcome for the site, in the order of the catalogue (1 query)."""
    incentives = Incentive.objects.select_related("ministry").order_by("order", "slug")
    return tuple(_outcome(row) for row in assess_incentives(site, incentives, vocabulary, on))


def _outcome(row: IncentiveAssessment) -> IncentiveOutcome:
    incentive = row.incentive
    return IncentiveOutcome(
        slug=incentive.slug,
        title_ko=incentive.title_ko,
        title_en=incentive.title_en,
        ministry=incentive.ministry.slug,
        kind=incentive.kind,
        benefit_ko=incentive.benefit_ko,
        benefit_en=incentive.benefit_en,
        legal_basis=incentive.legal_basis,
        status=str(row.status),
        outcome=str(row.outcome),
        because_ko=row.because("ko"),
        because_en=row.because("en"),
        missing=row.missing,
        estimate_krw=row.estimate_krw,
        net_krw=row.net_krw,
        in_force_from=incentive.in_force_from,
        expires_on=incentive.expires_on,
        confidence=incentive.confidence,
    )
