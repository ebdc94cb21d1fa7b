"""What the demo's managers say about their items, and with what they prove it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from compliance.checklists.actions import Entry, answer_item, answer_obligation
from compliance.checklists.evidence_actions import Description, add_evidence, link_evidence
from compliance.checklists.occurrence_actions import complete_occurrence
from compliance.demo.calendar import DemoCalendar
from compliance.demo.papers import paper, photograph
from compliance.models import AnswerStatus, Item, Obligation, Occurrence
from registry.models import Facility, User

COMPLIANT, PARTLY = AnswerStatus.COMPLIANT, AnswerStatus.PARTLY
NON_COMPLIANT, NOT_APPLICABLE = AnswerStatus.NON_COMPLIANT, AnswerStatus.NOT_APPLICABLE
IN_PROGRESS = AnswerStatus.IN_PROGRESS

# How the answers of a site are mixed, item after item; None stays unanswered.
HALF_DONE = (
    COMPLIANT, None, COMPLIANT, PARTLY, COMPLIANT, None, IN_PROGRESS, COMPLIANT, NON_COMPLIANT, None, COMPLIANT,
    NOT_APPLICABLE, COMPLIANT, None, IN_PROGRESS, COMPLIANT, PARTLY, None, COMPLIANT, NON_COMPLIANT,
)  # fmt: skip
NEARLY_DONE = (
    COMPLIANT, COMPLIANT, PARTLY, COMPLIANT, COMPLIANT, COMPLIANT, NOT_APPLICABLE, COMPLIANT, IN_PROGRESS, COMPLIANT,
    COMPLIANT, NON_COMPLIANT, COMPLIANT, COMPLIANT, None,
)  # fmt: skip

NOTES = {
    COMPLIANT: "{topic}: 도면과 현장을 대조하고 점검 기록을 확인했습니다.",
    PARTLY: "{topic}: 일부 구역이 기준에 못 미칩니다. 보완 공사를 발주했습니다.",
    NON_COMPLIANT: "{topic}: 기준에 맞지 않습니다. 개선 계획을 세우고 있습니다.",
    NOT_APPLICABLE: "",
    IN_PROGRESS: "{topic}: 조치하고 있습니다. 끝나면 증빙을 붙입니다.",
}
JUSTIFICATION = "이 데이터센터에는 해당 설비가 없습니다. 설계도서로 확인했습니다."
PEOPLE_IN_CHARGE = ("안전팀 한결", "설비팀 도윤", "전기팀 서준", "정보보호팀 하린")

# Values that a survey would bring home; one of them is over its limit.
MEASURED = {
    "battery_rack_clearance_m": 1.2,
    "bms_sampling_interval_s": 15,
    "fund_charge_rate": 2.7,
    "indoor_cooling_temp_c": 26.5,
    "night_noise_dba": 43,
    "noise_exposure_dba_8h": 82,
    "primary_energy_kwh_m2y": 138,
    "pue": 1.34,
    "renewable_supply_ratio": 37,
    "sprinkler_density_lpm_per_m2": 12.5,
    "supply_deviation": 0.06,
    "water_reuse_ratio": 0.12,
}


def items_of(facility: Facility) -> list[Item]:
    items = Item.objects.of_facility(facility).active().select_related("topic")
    return list(items.order_by("topic__order", "topic__slug", "pk"))


def answer_items(
    facility: Facility, mix: Sequence[AnswerStatus | None], *, by: User, calendar: DemoCalendar, ago: int
) -> None:
    """Answer the items of the site one after the other, as the mix says; measured items are never left out."""
    for number, item in enumerate(items_of(facility)):
        measured = _measured(item)
        status = mix[number % len(mix)] or (COMPLIANT if measured else None)
        if status is not None and item.answer_id is None:
            entry = _entry(item, status, number, measured, calendar)
            answer_item(item, entry, by=by, at=calendar.at(ago, 9, number), row_version=item.row_version)


def _entry(item: Item, status: AnswerStatus, number: int, measured: dict[str, float], calendar: DemoCalendar) -> Entry:
    # Every other target lies behind us: those items are late.
    target = calendar.today + timedelta(days=-25 if number % 2 else 45 + number % 30)
    return Entry(
        status=status,
        note=NOTES[status].format(topic=item.topic.name_ko),
        justification=JUSTIFICATION if status == NOT_APPLICABLE else "",
        measured=measured,
        responsible=PEOPLE_IN_CHARGE[number % len(PEOPLE_IN_CHARGE)],
        target_date=target if status in (PARTLY, NON_COMPLIANT, IN_PROGRESS) else None,
    )


def _measured(item: Item) -> dict[str, float]:
    limits = (row.version.measure for row in _obligations([item]) if row.version.measure)
    return {limit["name"]: MEASURED[limit["name"]] for limit in limits if limit["name"] in MEASURED}


def _obligations(items: Iterable[Item]) -> list[Obligation]:
    rows = Obligation.objects.active().filter(item__in=[item.pk for item in items])
    return list(rows.select_related("version", "rule").order_by("rule__slug"))


def answer_one_apart(facility: Facility, *, by: User, calendar: DemoCalendar, ago: int) -> None:
    """One ministry's obligation differs from the rest of its item."""
    for item in items_of(facility):
        rows = _obligations([item])
        if item.status == COMPLIANT and len({row.version.ministry_id for row in rows}) > 1:
            note = "이 부처의 기준만 아직 다 갖추지 못했습니다. 나머지는 항목의 답변과 같습니다."
            entry = Entry(status=PARTLY, note=note, responsible=PEOPLE_IN_CHARGE[0], target_date=calendar.day(-60))
            answer_obligation(rows[-1], entry, by=by, at=calendar.at(ago, 15), row_version=item.row_version)
            return


def attach_evidence(facility: Facility, *, by: User, calendar: DemoCalendar, ago: int, count: int) -> None:
    """The documents that the law asks for most often, each on all the answered items that need it."""
    items = {item.pk: item for item in items_of(facility) if item.answer_id}
    wanted: dict[str, list[Item]] = {}
    for row in _obligations(items.values()):
        for name in row.version.evidence_ko:
            if items[row.item_id] not in wanted.setdefault(name, []):
                wanted[name].append(items[row.item_id])
    often = Counter({name: len(rows) for name, rows in wanted.items()}).most_common(count)
    for number, (name, _times) in enumerate(often):
        _attach(name, wanted[name], facility, number, by=by, calendar=calendar, ago=ago)


# Last days of validity in days from today: open, long, soon over, over, …
VALID_FOR = (None, 320, 21, -9, None, 700)


def _attach(
    name: str, items: Sequence[Item], facility: Facility, number: int, *, by: User, calendar: DemoCalendar, ago: int
) -> None:
    valid_for, day, at = VALID_FOR[number % len(VALID_FOR)], calendar.day(ago), calendar.at(ago, 16, number)
    until = calendar.day(-valid_for) if valid_for is not None else None
    text = f"{facility.name_ko}의 ‘{name}’을 대신하는 시연용 문서입니다."
    file = (
        photograph(name, hue=number)
        if "사진" in name
        else paper(name, site=facility.name_ko, day=day, until=until, text=text)
    )
    about = Description(title=name, valid_from=calendar.day(ago + 30), valid_until=until, note="시연용")
    evidence = add_evidence(file, facility=facility, item=items[0], about=about, by=by, at=at)
    for item in items[1:5]:
        link_evidence(evidence, item, by=by, at=at)


def attach_photograph(facility: Facility, *, by: User, calendar: DemoCalendar, ago: int) -> None:
    """A picture from a walk round the site, on the first item of a building."""
    item = next((row for row in items_of(facility) if row.building_id and row.answer_id), None)
    file = photograph("순회 점검 사진", hue=7)
    about = Description(title="순회 점검 사진", note="시연용 그림")
    add_evidence(file, facility=facility, item=item, about=about, by=by, at=calendar.at(ago, 17))


def do_what_was_due(facility: Facility, *, by: User, calendar: DemoCalendar, leave_every: int = 0) -> None:
    """Complete the occurrences due before today, but leave every so-manieth undone: those are overdue."""
    # Known by number: within the demo's transaction PostgreSQL has no statistics yet to plan a nested query by.
    duties = list(Obligation.objects.active().of_facility(facility).values_list("pk", flat=True))
    due = Occurrence.objects.filter(
        obligation__in=duties,
        done_on__isnull=True,
        due_on__lt=calendar.today,
    )
    for number, occurrence in enumerate(due.order_by("due_on", "obligation__rule__slug", "pk"), start=1):
        if leave_every and number % leave_every == 0:
            continue
        complete_occurrence(
            occurrence,
            done_on=occurrence.due_on - timedelta(days=number % 5),
            note="정기 점검 기록부에 남겼습니다.",
            by=by,
            on=calendar.today,
            at=timezone.now(),
        )
