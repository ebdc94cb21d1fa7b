"""Due dates: month ends, leap years, calendars, anchors of each kind."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.checklists.deadlines import DeadlineError, Period, Recurrence, due_dates, parse_period

CASES = yaml.safe_load((Path(__file__).parent / "deadlines.yaml").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_due_dates_of_the_table(case: dict[str, Any]) -> None:
    found = due_dates(
        Recurrence.of(case["recurrence"]),
        case.get("anchors", []),
        since=case["since"],
        until=case["until"],
        done=case.get("done", []),
    )
    assert found == case["expect"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P1Y", Period(years=1)),
        ("P1Y6M", Period(years=1, months=6)),
        ("P30D", Period(days=30)),
        ("PT24H", Period(hours=24)),
        ("PT0S", Period()),
        ("P0D", Period()),
    ],
)
def test_periods_of_the_catalogue_are_read(text: str, period: Period) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize("text", ["", "P", "PT", "1Y", "P1W", "P-1Y", "P1Y ", "PT5M", "P१Y"])
def test_anything_else_is_an_error(text: str) -> None:
    with pytest.raises(DeadlineError):
        parse_period(text)


@pytest.mark.parametrize("anchor", ["calendar:02-29", "calendar:13-01", "calendar:1-1"])
def test_a_calendar_day_that_is_not_in_every_year_is_an_error(anchor: str) -> None:
    recurrence = Recurrence.of({"every": "P1Y", "anchor": anchor})
    with pytest.raises(DeadlineError):
        due_dates(recurrence, [], since=date(2026, 1, 1), until=date(2027, 1, 1))


def test_a_cycle_without_length_is_an_error() -> None:
    with pytest.raises(DeadlineError):
        Recurrence.of({"every": "PT0S", "anchor": "calendar:12-31"})
