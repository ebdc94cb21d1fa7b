"""Incentives and whether the site is eligible, as a snapshot tells them."""

from datetime import date

from compliance.dossiers.contents import IncentiveOutcome
from registry.models import Facility


def incentive_outcomes(facility: Facility, on: date) -> tuple[IncentiveOutcome, ...]:
    """Every programme with its outcome for the site, in the order of the catalogue."""
    return ()
