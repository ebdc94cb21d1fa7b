"""When recurring obligations fall due: pure date arithmetic, see docs/deadlines.md."""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

_PERIOD = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?(?:T(?P<hours>\d+)(?P<unit>[HMS]))?", re.ASCII
)
_CALENDAR = re.compile(r"calendar:(\d{2})-(\d{2})")
# A weekly duty kept for years must not fill a table: past this many open dates the oldest are what matters.
MAX_DATES = 500


class DeadlineError(ValueError):
    """A period or an anchor that cannot be read."""


@dataclass(frozen=True)
class Period:
    """An ISO 8601 period as the catalogue writes it: `P3Y`, `P6M`, `P30D`, `PT24H`, `PT0S`."""

    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0

    def times(self, count: int) -> relativedelta:
        """`count` of these in one step, so that a month end does not drift: Jan 31, Feb 28, Mar 31."""
        return relativedelta(years=self.years * count, months=self.months * count, days=self.days * count)

    @property
    def is_immediate(self) -> bool:
        return not (self.years or self.months or self.days or self.hours)

    @property
    def has_whole_days(self) -> bool:
        return bool(self.years or self.months or self.days)


def parse_period(text: str) -> Period:
    """Raises DeadlineError for anything but a period of years, months, days or hours."""
    match = _PERIOD.fullmatch(text)
    if match is None or text in ("P", "PT"):
        raise DeadlineError(f"{text!r} is not a period; write P1Y, P6M, P30D or PT24H")
    if match["unit"] in ("M", "S") and int(match["hours"]):
        raise DeadlineError(f"{text!r} is finer than an hour; no duty of the catalogue is")
    return Period(*(int(match[part] or 0) for part in ("years", "months", "days", "hours")))


@dataclass(frozen=True)
class Recurrence:
    """A cycle and where it starts: a day of the calendar, or a date fact of the subject."""

    every: Period
    anchor: str
    first_after: Period | None = None
    each_building: bool = False
    note: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Recurrence":
        """The recurrence of a rule version (its JSON); raises DeadlineError when it cannot be read."""
        every = parse_period(str(data["every"]))
        if not every.has_whole_days:
            raise DeadlineError(f"a cycle of {data['every']!r} never moves on")
        first = data.get("first_after")
        return cls(
            every=every,
            anchor=str(data["anchor"]),
            first_after=parse_period(str(first)) if first else None,
            each_building=data.get("anchor_scope") == "each building",
            note=str(data.get("note") or ""),
        )

    @property
    def is_calendar(self) -> bool:
        return self.anchor.startswith("calendar:")

    @property
    def anchor_fact(self) -> str:
        """Key of the date fact that the cycle counts from; empty for a day of the calendar."""
        return "" if self.is_calendar else self.anchor

    @property
    def counts_from_last_time(self) -> bool:
        """The anchor tells when it was last done, so the next time is one cycle later, even if that has passed."""
        return self.anchor.startswith("last_")

    @property
    def is_expiry(self) -> bool:
        """The anchor is the day on which something runs out: due on that day itself."""
        return self.anchor.endswith("_expiry_date")


def due_dates(
    recurrence: Recurrence,
    anchors: Iterable[date],
    *,
    since: date,
    until: date,
    done: Iterable[date] = (),
) -> list[date]:
    """Due dates from `since` (when the obligation began here) to `until`, and always at least the next one.

    `anchors` are the known values of the anchor fact (several for "each building"; ignored for calendar days). `done`
    are the days on which it was done already: a cycle that counts from the last time moves on from the newest.
    """
    if recurrence.is_calendar:
        return _from(_calendar_series(recurrence, since), since, until)
    dates: set[date] = set()
    for anchor in anchors:
        dates.update(_of_anchor(recurrence, anchor, since, until, done))
    return sorted(dates)


def _of_anchor(recurrence: Recurrence, anchor: date, since: date, until: date, done: Iterable[date]) -> Iterable[date]:
    if recurrence.counts_from_last_time:
        return [max([anchor, *done]) + recurrence.every.times(1)]
    if recurrence.is_expiry:
        # Whatever ran out before the obligation began here is due at once, and later renewals follow from it.
        return _from(_series(anchor, recurrence.every), min(anchor, since), until)
    first = (recurrence.first_after or recurrence.every).times(1)
    return _from(_series(anchor, recurrence.every, first), since, until)


def _series(start: date, every: Period, first: relativedelta | None = None) -> Iterator[date]:
    """`start` (or `first` after it), then cycle after cycle, each counted from `start`. Ends in the year 9999."""
    delay, count = first or relativedelta(), 0
    while True:
        try:
            yield start + (delay + every.times(count))
        except (ValueError, OverflowError):
            return
        count += 1


def _calendar_series(recurrence: Recurrence, since: date) -> Iterator[date]:
    """The calendar day and its steps. The last day of a month means the end of the month: 06-30 + P6M = 12-31."""
    month, day = _calendar_day(recurrence.anchor)
    start = date(_first_year(since, recurrence.every), month, day)
    is_month_end = day == calendar.monthrange(2001, month)[1]  # 2001 is not a leap year: 02-28 means "end of February"
    for due in _series(start, recurrence.every):
        yield due + relativedelta(day=31) if is_month_end and not recurrence.every.days else due


def _first_year(since: date, every: Period) -> int:
    """A year before `since` from which whole cycles lead on; cycles of several years count from 2000."""
    if every.years > 1:
        return 2000 + (since.year - 2000) // every.years * every.years - every.years
    return since.year - 1


def _calendar_day(anchor: str) -> tuple[int, int]:
    match = _CALENDAR.fullmatch(anchor)
    if match is None:
        raise DeadlineError(f"{anchor!r} is not a day of the calendar; write calendar:MM-DD")
    month, day = int(match[1]), int(match[2])
    try:
        date(2001, month, day)
    except ValueError as error:
        raise DeadlineError(f"{anchor!r} does not exist in every year; write calendar:02-28") from error
    return month, day


def _from(series: Iterable[date], since: date, until: date) -> list[date]:
    """The part of the series between `since` and `until`; the first date after `since` even when it is later."""
    found: list[date] = []
    for due in series:
        if due < since:
            continue
        if found and (due > until or len(found) >= MAX_DATES):
            break
        found.append(due)
        if due > until:
            break
    return found
