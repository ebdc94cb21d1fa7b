"""What a fact is: its level, its type and the values it can take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from registry.conditions.errors import FactValueError

Exact = int | Fraction
FactValue = bool | int | Fraction | str | date


class FactType(StrEnum):
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"

    @classmethod
    def _missing_(cls, value: object) -> "FactType | None":
        return cls.TEXT if value == "string" else None


class Level(StrEnum):
    OPERATOR = "operator"
    FACILITY = "facility"
    BUILDING = "building"


class Kind(StrEnum):
    """What an expression yields. Integer and number are one kind, so are text and choice."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"


KIND_OF_TYPE: Mapping[FactType, Kind] = {
    FactType.BOOLEAN: Kind.BOOLEAN,
    FactType.INTEGER: Kind.NUMBER,
    FactType.NUMBER: Kind.NUMBER,
    FactType.TEXT: Kind.TEXT,
    FactType.CHOICE: Kind.TEXT,
    FactType.DATE: Kind.DATE,
}


@dataclass(frozen=True)
class Choice:
    value: str
    ko: str = ""
    en: str = ""


@dataclass(frozen=True)
class FactSpec:
    """The definition of one fact, as the catalogue gives it."""

    key: str
    level: Level
    type: FactType
    unit: str = ""
    label_ko: str = ""
    label_en: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: int | float | Decimal | Fraction | None = None
    maximum: int | float | Decimal | Fraction | None = None
    derived: str | None = None

    @property
    def kind(self) -> Kind:
        return KIND_OF_TYPE[self.type]

    @property
    def is_never_negative(self) -> bool:
        return self.minimum is not None and self.minimum >= 0

    def read(self, value: object) -> FactValue:
        """The recorded value as the engine computes with it; numbers become exact. Only the type is checked."""
        match self.kind:
            case Kind.BOOLEAN:
                return _read_boolean(self.key, value)
            case Kind.NUMBER:
                return _read_number(self.key, value)
            case Kind.DATE:
                return _read_date(self.key, value)
            case Kind.TEXT:
                return _read_text(self.key, value)

    def check(self, value: object) -> FactValue:
        """Like `read`, and the value must also be a choice and lie within the bounds."""
        known = self.read(value)
        if self.choices and known not in {choice.value for choice in self.choices}:
            known_choices = ", ".join(choice.value for choice in self.choices)
            raise FactValueError(self.key, value, f"is not one of {known_choices}")
        if isinstance(known, int | Fraction) and self.kind is Kind.NUMBER:
            self._check_bounds(known, value)
        return known

    def _check_bounds(self, number: Exact, value: object) -> None:
        if self.type is FactType.INTEGER and number != int(number):
            raise FactValueError(self.key, value, "is not a whole number")
        if self.minimum is not None and number < exact(self.minimum):
            raise FactValueError(self.key, value, f"is below the minimum {self.minimum}")
        if self.maximum is not None and number > exact(self.maximum):
            raise FactValueError(self.key, value, f"is above the maximum {self.maximum}")


def exact(value: int | float | Decimal | Fraction) -> Exact:
    """The number as written, without binary rounding: 0.1 is one tenth. Raises ValueError for NaN and infinity."""
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is not a finite number")
        value = Fraction(value)
    return value.numerator if value.denominator == 1 else value


def _read_boolean(key: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise FactValueError(key, value, "is not true or false")


def _read_number(key: str, value: object) -> Exact:
    if type(value) is int:
        return value
    if isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool):
        try:
            return exact(value)
        except ValueError:
            raise FactValueError(key, value, "is not a finite number") from None
    raise FactValueError(key, value, "is not a number")


def _read_date(key: str, value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise FactValueError(key, value, "is not a date (YYYY-MM-DD)")


def _read_text(key: str, value: object) -> str:
    if isinstance(value, str):
        return value
    raise FactValueError(key, value, "is not text")
