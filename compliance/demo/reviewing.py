"""How the ministries look at the dossier of the colocation centre: asked, answered, settled, waiting."""

from compliance.demo.calendar import DemoCalendar
from compliance.demo.cast import manager_of, officer_of
from compliance.dossiers import snapshot
from compliance.dossiers.actions import issue_dossier
from compliance.dossiers.contents import Snapshot, SnapshotObligation
from compliance.models import Dossier, Finding, Review
from compliance.reviews.actions import decide, raise_finding, reply_to_finding, resolve_finding, submit_for_review
from registry.models import Facility

SUPPLEMENT, FINDING = Finding.Kind.SUPPLEMENT, Finding.Kind.FINDING


def submit_and_review(facility: Facility, calendar: DemoCalendar) -> Dossier:
    """Hand the dossier in a month ago; since then the ministries have been at it."""
    manager = manager_of(facility.slug)
    dossier = issue_dossier(facility, on=calendar.day(30), by=manager, at=calendar.at(30, 11))
    reviews = {row.ministry.slug: row for row in submit_for_review(dossier, by=manager, at=calendar.at(30, 14))}
    contents = snapshot.load(dossier.snapshot)
    steps = (("mcee", _settled), ("nfa", _asked_twice), ("molit", _late), ("msit", _answered))
    for ministry, step in steps:
        if ministry in reviews:
            step(reviews[ministry], contents, calendar)
    dossier.refresh_from_db()
    return dossier


def _settled(review: Review, contents: Snapshot, calendar: DemoCalendar) -> None:
    """Asked, answered, settled, accepted."""
    row, officer = _doubtful(review, contents)[0], officer_of("mcee")
    assert officer is not None
    text = f"‘{row.rule.title_ko}’의 최근 자료가 기준일보다 오래되었습니다. 새 자료를 확인해 주십시오."
    finding = raise_finding(review, obligation_key=row.key, kind=FINDING, text=text, by=officer, at=calendar.at(26, 10))
    manager = manager_of(review.dossier.facility.slug)
    reply_to_finding(finding, text="지난달 자료로 바꾸어 보관하고 있습니다.", by=manager, at=calendar.at(22, 15))
    resolve_finding(finding, text="확인했습니다.", by=officer, at=calendar.at(18, 11))
    review.refresh_from_db()
    decide(
        review,
        decision=Review.Decision.ACCEPTED,
        reason="소관 의무의 이행을 확인했습니다.",
        by=officer,
        at=calendar.at(16, 16),
        row_version=review.row_version,
    )


def _asked_twice(review: Review, contents: Snapshot, calendar: DemoCalendar) -> None:
    """A supplement that is still waiting, and a finding that was answered."""
    rows, officer = _doubtful(review, contents), officer_of("nfa")
    assert officer is not None
    raise_finding(
        review,
        obligation_key=rows[0].key,
        kind=SUPPLEMENT,
        text=f"‘{rows[0].rule.title_ko}’의 이행을 알 수 있는 서류가 없습니다. 보완해 주십시오.",
        documents=", ".join(rows[0].rule.evidence_ko[:2]) or "이행 확인 서류",
        due_on=calendar.day(-12),
        by=officer,
        at=calendar.at(9, 10),
    )
    text = f"‘{rows[1].rule.title_ko}’을(를) 어떻게 이행하고 기록하는지 설명해 주십시오."
    finding = raise_finding(
        review, obligation_key=rows[1].key, kind=FINDING, text=text, by=officer, at=calendar.at(8, 10)
    )
    manager = manager_of(review.dossier.facility.slug)
    reply_to_finding(
        finding, text="절차서와 담당자를 정해 두었고, 이행한 기록을 3년 보관합니다.", by=manager, at=calendar.at(6, 14)
    )


def _late(review: Review, contents: Snapshot, calendar: DemoCalendar) -> None:
    """A supplement whose due date has passed."""
    row, officer = _doubtful(review, contents)[0], officer_of("molit")
    assert officer is not None
    raise_finding(
        review,
        obligation_key=row.key,
        kind=SUPPLEMENT,
        text=f"‘{row.rule.title_ko}’에 관한 도면과 현황이 서로 다릅니다. 현황 도면을 내 주십시오.",
        documents="현황 도면",
        due_on=calendar.day(2),
        by=officer,
        at=calendar.at(5, 13),
    )


def _answered(review: Review, contents: Snapshot, calendar: DemoCalendar) -> None:
    """A finding on the whole part; it is the ministry's move."""
    officer = officer_of("msit")
    assert officer is not None
    text = "재난 대응 훈련의 올해 일정과 결과를 함께 적어 주십시오."
    finding = raise_finding(review, kind=FINDING, text=text, by=officer, at=calendar.at(4, 10))
    manager = manager_of(review.dossier.facility.slug)
    reply_to_finding(
        finding, text="상반기 훈련은 마쳤고 하반기 훈련은 다음 달에 합니다.", by=manager, at=calendar.at(3, 16)
    )


def _doubtful(review: Review, contents: Snapshot) -> list[SnapshotObligation]:
    """The ministry's obligations, those first that apply and are not simply met; each rule once."""
    rows = {row.rule.slug: row for row in contents.obligations_of(review.ministry.slug)}
    return sorted(rows.values(), key=lambda row: (row.is_undetermined, row.status == "compliant"))
