"""Labels, numbers, units and the few fixed words of explanations, in Korean and English."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from registry.conditions.facts import Exact, FactSpec
from registry.conditions.ranges import Range, Value

WORDS: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "yes": "예",
        "no": "아니요",
        "unknown": "미입력",
        "undetermined": "미정",
        "and": " 그리고 ",
        "or": " 또는 ",
        "not": "다음이 아님: ({})",
        "always": "항상 해당",
        "never": "해당하는 경우 없음",
        "condition": "{} (조건: {})",
        "one_of": "{}: {} 가운데 하나",
        "none_of": "{}: {} 아님",
        "is_one_of": "{}: {} ({} 가운데 하나)",
        "is_none_of": "{}: {} ({} 아님)",
        "sum_of": "건물 합계 {}",
        "max_of": "건물 중 최대 {}",
        "any_of": "{}(한 동이라도)",
        "min": "({} 중 작은 값)",
        "max": "({} 중 큰 값)",
        "choose": "({} → {}, 그 밖에는 {})",
        "at_least": "{} 이상(일부 미입력)",
        "at_most": "{} 이하(일부 미입력)",
        "between": "{}~{}(일부 미입력)",
        "about": "약 {}",
        "building": "{}번째 건물 {}",
        "missing": "미입력: {}",
        "no_buildings": "등록된 건물 없음",
        "division_by_zero": "0으로 나눌 수 없음",
    },
    "en": {
        "yes": "yes",
        "no": "no",
        "unknown": "not recorded",
        "undetermined": "undetermined",
        "and": " and ",
        "or": " or ",
        "not": "not ({})",
        "always": "always",
        "never": "never",
        "condition": "{} (condition: {})",
        "one_of": "{}: one of {}",
        "none_of": "{}: none of {}",
        "is_one_of": "{}: {} (one of {})",
        "is_none_of": "{}: {} (none of {})",
        "sum_of": "{} (sum over buildings)",
        "max_of": "{} (largest over buildings)",
        "any_of": "{} (any building)",
        "min": "(the smallest of {})",
        "max": "(the largest of {})",
        "choose": "({} → {}, otherwise {})",
        "at_least": "at least {} (partly not recorded)",
        "at_most": "at most {} (partly not recorded)",
        "between": "{} to {} (partly not recorded)",
        "about": "about {}",
        "building": "Building {}: {}",
        "missing": "Not recorded: {}",
        "no_buildings": "no building recorded",
        "division_by_zero": "division by zero",
    },
}

SIGNS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "+": "+", "-": "−", "*": "×", "/": "÷"}

# A ratio carries no unit; what is counted stands in the English label already.
_UNITLESS = {"ko": {"비율"}, "en": {"비율", "층", "명", "면", "대", "기", "개"}}
_ENGLISH_UNITS = {"년": "years", "배": "times", "냉동톤": "RT", "톤": "t", "㎡": "m²", "㎥": "m³", "℃": "°C"}
_ENGLISH_PARTS = {"/년": "/year", "/월": "/month", "/일": "/day", "원/": "KRW/", "㎥": "m³", "㎡": "m²", "톤": "t"}
_ENGLISH_COUNTS = {"원": "KRW", "비율": "ratio", "층": "floors", "명": "people", "면": "spaces", "대": "units"}
_DECIMALS = 6


def tongue(language: str) -> str:
    """`ko` or `en`: languages we have no words for read English."""
    return "ko" if language.lower().startswith("ko") else "en"


def word(name: str, language: str, *parts: object) -> str:
    return WORDS[language][name].format(*parts)


def label(spec: FactSpec, language: str) -> str:
    """The fact's label; "(동별)" only tells how it is entered."""
    own, other = (spec.label_ko, spec.label_en) if language == "ko" else (spec.label_en, spec.label_ko)
    return (own or other or spec.key).removesuffix("(동별)").strip()


def value_text(value: Value, spec: FactSpec | None, language: str) -> str:
    """A value as people write it: with its unit, as the label of its choice, as yes or no."""
    match value:
        case None:
            return word("unknown", language)
        case bool():
            return word("yes" if value else "no", language)
        case Range():
            return _range_text(value, spec, language)
        case date():
            return value.isoformat()
        case str():
            return _choice_text(value, spec, language)
        case _:
            return _with_unit(value, spec.unit if spec else "", language)


def _range_text(value: Range, spec: FactSpec | None, language: str) -> str:
    low, high = (value_text(bound, spec, language) for bound in (value.low, value.high))
    if value.high is None:
        return word("at_least", language, low)
    return word("at_most", language, high) if value.low is None else word("between", language, low, high)


def _choice_text(value: str, spec: FactSpec | None, language: str) -> str:
    for choice in spec.choices if spec else ():
        if choice.value == value:
            return (choice.ko if language == "ko" else choice.en) or value
    return value


def _with_unit(number: Exact, unit: str, language: str) -> str:
    text = number_text(number, language)
    if not unit or unit in _UNITLESS[language]:
        return text
    if language == "ko":
        return f"{text}{unit}"
    return f"KRW {text}" if unit == "원" else f"{text} {_english_unit(unit)}"


def unit_text(unit: str, language: str) -> str:
    """A unit that stands alone, beside a field or in the head of a column."""
    return unit if tongue(language) == "ko" else _ENGLISH_COUNTS.get(unit) or _english_unit(unit)


def _english_unit(unit: str) -> str:
    if unit in _ENGLISH_UNITS:
        return _ENGLISH_UNITS[unit]
    for korean, english in _ENGLISH_PARTS.items():
        unit = unit.replace(korean, english)
    return unit


def number_text(number: Exact, language: str) -> str:
    """Thousands separated; a fraction that does not end in a few decimals is rounded and says so."""
    if isinstance(number, int):
        return f"{number:,}"
    rounded = round(number, _DECIMALS)
    text = f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):,.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return text if rounded == Fraction(number) else word("about", language, text)
