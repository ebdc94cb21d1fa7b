"""How a followed act lies in its tables: the act, its timeline as events, and the rest as it stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.catalogue.entries import Data
from registry.incentives.models import Legislation, LegislativeEvent
from registry.rules.content import without_empty
from registry.statutes.models import Ministry

ACT_COLUMNS = {
    "name_ko": "name_ko",
    "name_en": "name_en",
    "act_no": "number",
    "law_id": "law_id",
    "promulgated_on": "promulgated_on",
    "in_force_from": "in_force_from",
    "checked_on": "checked_on",
    "url": "url",
    "confidence": "confidence",
    "note_ko": "note_ko",
}
ACT_DATES = {"promulgated_on", "in_force_from", "checked_on"}
EVENT_COLUMNS = ("date", "date_window", "stage", "body", "event_ko", "event_en", "source", "confidence")


def legislation_data(row: Legislation) -> Data:
    """The entry that the row and its events were made from."""
    act = {key: getattr(row, name) for key, name in ACT_COLUMNS.items()}
    act |= {"ministry": row.ministry.slug, **row.data.get("act", {})}
    timeline = [without_empty({key: _text(getattr(event, key)) for key in EVENT_COLUMNS}) for event in row.events.all()]
    rest = {key: value for key, value in row.data.items() if key != "act"}
    return without_empty(
        {**rest, "act": without_empty({key: _text(value) for key, value in act.items()}), "timeline": timeline}
    )


def normal_legislation(data: Mapping[str, Any]) -> Data:
    """The entry in the form in which `legislation_data` gives it back."""
    timeline = [without_empty(event) for event in data["timeline"]]
    return without_empty({**data, "act": without_empty(data["act"]), "timeline": timeline})


def write_legislation(slug: str, data: Mapping[str, Any], ministries: Mapping[str, Ministry]) -> Legislation:
    """Create or replace the act and its events."""
    act = data["act"]
    columns = {name: act[key] for key, name in ACT_COLUMNS.items() if key in act}
    columns |= {key: date.fromisoformat(act[key]) for key in ACT_DATES if key in act}
    rest = {key: value for key, value in data.items() if key not in ("act", "timeline")}
    rest["act"] = {key: value for key, value in act.items() if key not in ACT_COLUMNS and key != "ministry"}
    Legislation.objects.filter(slug=slug).delete()
    row = Legislation.objects.create(slug=slug, ministry=ministries[act["ministry"]], data=rest, **columns)
    LegislativeEvent.objects.bulk_create(_event(row, order, event) for order, event in enumerate(data["timeline"]))
    return row


def _event(row: Legislation, order: int, event: Mapping[str, Any]) -> LegislativeEvent:
    columns = {key: event[key] for key in EVENT_COLUMNS if key in event}
    if "date" in columns:
        columns["date"] = date.fromisoformat(columns["date"])
    return LegislativeEvent(legislation=row, order=order, **columns)


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
