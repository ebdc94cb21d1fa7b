"""What a dossier leaves open: told before it is submitted and in its summary. Nothing of it forbids submission."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from compliance.dossiers.contents import Snapshot


@dataclass(frozen=True)
class OpenPoint:
    """Something that is missing, counted; `text` is a sentence in the reader's language."""

    code: str
    count: int
    text: str


def open_points(snapshot: Snapshot) -> list[OpenPoint]:
    """Everything that a manager should know before he submits; empty when nothing is open."""
    found = [OpenPoint(code, count(snapshot), sentence()) for code, count, sentence in _POINTS]
    return [OpenPoint(row.code, row.count, row.text.format(count=row.count)) for row in found if row.count]


def _count(rows: Iterable[object]) -> int:
    return sum(bool(row) for row in rows)


def _unanswered(snapshot: Snapshot) -> int:
    return _count(not row.status for row in snapshot.items)


def _uncovered(snapshot: Snapshot) -> int:
    answered = {row.key for row in snapshot.items if row.status}
    return _count(row.item in answered and not row.status and not row.is_undetermined for row in snapshot.obligations)


def _undetermined(snapshot: Snapshot) -> int:
    return _count(row.is_undetermined for row in snapshot.obligations)


def _reconfirm(snapshot: Snapshot) -> int:
    return _count(row.needs_reconfirm for row in snapshot.obligations)


def _overdue(snapshot: Snapshot) -> int:
    return _count(due.is_overdue(snapshot.on) for row in snapshot.obligations for due in row.occurrences)


def _exceeding(snapshot: Snapshot) -> int:
    return _count(row.measurement and row.measurement.verdict == "exceeds" for row in snapshot.obligations)


def _stale_evidence(snapshot: Snapshot) -> int:
    return _count(not row.is_valid_on(snapshot.on) for row in snapshot.evidence)


def _unplaced(snapshot: Snapshot) -> int:
    return len(snapshot.unplaced)


_POINTS: list[tuple[str, Callable[[Snapshot], int], Callable[[], str]]] = [
    ("unplaced", _unplaced, lambda: _("점검표에 넣을 수 없는 의무가 {count}건 있습니다. 건축물을 등록하십시오.")),
    ("unanswered", _unanswered, lambda: _("답하지 않은 점검 항목이 {count}개 있습니다.")),
    ("uncovered", _uncovered, lambda: _("항목에 답한 뒤에 생겨 아직 답하지 않은 의무가 {count}건 있습니다.")),
    ("undetermined", _undetermined, lambda: _("제원이 없어 적용 여부를 판단할 수 없는 의무가 {count}건 있습니다.")),
    ("reconfirm", _reconfirm, lambda: _("규정이 바뀌어 다시 확인해야 하는 의무가 {count}건 있습니다.")),
    ("overdue", _overdue, lambda: _("기한이 지난 정기 의무가 {count}건 있습니다.")),
    ("exceeding", _exceeding, lambda: _("측정값이 한도를 벗어난 의무가 {count}건 있습니다.")),
    ("stale_evidence", _stale_evidence, lambda: _("기준일에 유효하지 않은 증빙이 {count}건 있습니다.")),
]
