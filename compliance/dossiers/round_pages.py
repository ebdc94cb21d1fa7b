"""What the page of a dossier says about the round before."""

from compliance.dossiers.contents import Snapshot
from compliance.dossiers.models import Dossier
from compliance.dossiers.round_difference import difference
from compliance.dossiers.rounds import frozen_difference, round_compared_with
from compliance.dossiers.snapshot import load


def changes_since_last_round(dossier: Dossier, snapshot: Snapshot) -> dict[str, object]:
    """`compared` (number and round) and `difference`; a draft is compared with the draft before it, for its authors.

    Once a dossier is submitted, nobody hears of rounds that the ministries never saw.
    """
    if snapshot.previous:
        return {"compared": snapshot.previous, "difference": frozen_difference(snapshot)}
    before = None if dossier.submitted_at else round_compared_with(dossier)
    return {"compared": before, "difference": difference(load(before.snapshot), snapshot)} if before else {}
