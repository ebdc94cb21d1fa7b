"""The days of the demonstration, counted back from the day on which it is loaded."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone


@dataclass(frozen=True)
class DemoCalendar:
    """`today` is the day of loading; everything happens on days before it, during office hours."""

    today: date

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int, hour: int = 9, minutes: int = 0) -> datetime:
        """The hour of that day, and so many minutes later."""
        return datetime.combine(self.day(ago), time(hour), get_current_timezone()) + timedelta(minutes=minutes)
