"""How much of a dossier falls to each ministry, and how much of that is open."""

from dataclasses import dataclass

from compliance.dossiers.contents import MinistryName, Snapshot, SnapshotObligation


@dataclass(frozen=True)
class MinistryCounts:
    """The counts of one ministry's part on the date of the snapshot."""

    ministry: MinistryName
    total: int
    unanswered: int
    undetermined: int
    non_compliant: int
    reconfirm: int
    overdue: int


def ministry_counts(snapshot: Snapshot) -> tuple[MinistryCounts, ...]:
    """One row per ministry concerned; undetermined counts even where it was answered: silence is not compliance."""
    return tuple(
        _counts(ministry, snapshot.obligations_of(ministry.slug), snapshot)
        for ministry in snapshot.concerned_ministries
    )


def _counts(ministry: MinistryName, rows: tuple[SnapshotObligation, ...], snapshot: Snapshot) -> MinistryCounts:
    return MinistryCounts(
        ministry=ministry,
        total=len(rows),
        unanswered=sum(not row.status for row in rows),
        undetermined=sum(row.is_undetermined for row in rows),
        non_compliant=sum(row.status in ("non_compliant", "partly") for row in rows),
        reconfirm=sum(row.needs_reconfirm for row in rows),
        overdue=sum(any(due.is_overdue(snapshot.on) for due in row.occurrences) for row in rows),
    )
