"""Measured values against the limit of one obligation, as a snapshot tells them."""

from compliance.checklists.measures import Judgement, Limit
from compliance.dossiers.contents import JsonValue, MeasuredValue


def measured_value(measure: JsonValue, measured: JsonValue, rule: str) -> MeasuredValue | None:
    """The value measured for the limit of a rule and its judgement; None when nothing is to be measured.

    A limit that is only words cannot be judged: its verdict is `unknown`, like that of a value nobody measured.
    """
    if not isinstance(measure, dict) or not measure.get("name"):
        return None
    name = str(measure["name"])
    value = measured.get(name) if isinstance(measured, dict) else None
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    is_computable = measure.get("op") and measure.get("value") is not None
    return MeasuredValue(
        name=name,
        value=number,
        unit=str(measure.get("unit") or ""),
        limit=str(measure.get("limit") or ""),
        verdict=Limit.of(measure, rule).judge(number) if is_computable else Judgement.UNKNOWN,
    )
