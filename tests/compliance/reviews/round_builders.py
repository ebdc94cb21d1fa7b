"""A facility between two rounds."""

from datetime import UTC, date, datetime

from compliance.checklists.actions import Entry, answer_item
from compliance.checklists.evidence_actions import add_evidence
from compliance.dossiers.actions import issue_dossier
from compliance.models import Dossier
from registry.models import Facility
from tests.compliance.reviews.review_builders import document, item_about, manager_of
from tests.factories import record_facts

LATER = date(2026, 7, 1)
LATER_AT = datetime(2026, 7, 1, 1, tzinfo=UTC)


def change_much(facility: Facility) -> None:
    """Another answer with a further document for the fire item, and the fact that the energy ministry waited for."""
    by, item = manager_of(facility), item_about(facility, "sprinklers")
    entry = Entry("partly", note="5층은 공사 중")
    answer_item(item, entry, by=by, at=LATER_AT, row_version=item.row_version)
    add_evidence(document("as-built"), facility=facility, item=item, by=by, at=LATER_AT)
    record_facts(facility, contract_power_kw=40000)


def next_round(facility: Facility) -> Dossier:
    return issue_dossier(facility, on=LATER, by=manager_of(facility), at=LATER_AT)
