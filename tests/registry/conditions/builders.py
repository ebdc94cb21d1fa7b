"""A small vocabulary with every type and level, and short ways to ask the engine."""

from collections.abc import Sequence

from registry.conditions import (
    Amount,
    Choice,
    Condition,
    Evaluation,
    FactContext,
    FactSpec,
    FactType,
    Level,
    Vocabulary,
    evaluate,
    evaluate_amount,
    parse,
)
from registry.conditions.scope import Facts


def spec(key: str, level: str, type: str, derived: str | None = None, **more: object) -> FactSpec:
    return FactSpec(key=key, level=Level(level), type=FactType(type), derived=derived, **more)  # type: ignore[arg-type]


STATUS = (Choice("planned", "계획", "Planned"), Choice("operating", "운영 중", "Operating"))
FUEL = (Choice("diesel", "경유", "Diesel"), Choice("gas", "가스", "Gas"))
SIZE = (Choice("sme", "중소기업", "SME"), Choice("mid", "중견기업", "Mid-sized"), Choice("large", "대기업", "Large"))

SPECS = (
    spec("is_public", "operator", "boolean", label_ko="공공기관 여부", label_en="Public body"),
    spec("company_size", "operator", "choice", choices=SIZE, label_ko="기업 규모", label_en="Company size"),
    spec("status", "facility", "choice", choices=STATUS, label_ko="사업 단계", label_en="Status"),
    spec("fuel", "facility", "choice", choices=FUEL, label_ko="연료", label_en="Fuel"),
    spec("is_leased", "facility", "boolean", label_ko="임대형 여부", label_en="Leased"),
    spec("power_kw", "facility", "number", unit="kW", minimum=0, label_ko="계약전력", label_en="Contract power"),
    spec("new_kw", "facility", "number", unit="kW", minimum=0, label_ko="신규 전력", label_en="New power"),
    spec("cost_krw", "facility", "integer", unit="원", minimum=0, label_ko="공사비", label_en="Construction cost"),
    spec("rate", "facility", "number", unit="비율", minimum=0, maximum=1, label_ko="보조율", label_en="Grant rate"),
    spec("flash_c", "facility", "number", unit="℃", minimum=-50, label_ko="인화점", label_en="Flash point"),
    spec("opened_on", "facility", "date", label_ko="운영 개시일", label_en="Opened on"),
    spec("note", "facility", "text", label_ko="비고", label_en="Note"),
    spec("floors", "building", "integer", unit="층", minimum=0, label_ko="지상 층수", label_en="Floors above ground"),
    spec("cellars", "building", "integer", unit="층", minimum=0, label_ko="지하 층수", label_en="Basement floors"),
    spec("area_m2", "building", "number", unit="㎡", minimum=0, label_ko="연면적(동별)", label_en="Gross floor area"),
    spec("it_m2", "building", "number", unit="㎡", minimum=0, label_ko="전산실 면적", label_en="Server room area"),
    spec("is_new", "building", "boolean", label_ko="신축", label_en="New build"),
    spec(
        "floors_total", "building", "integer", "floors + cellars", unit="층", label_ko="총 층수", label_en="All floors"
    ),
    spec("it_share", "building", "number", "it_m2 / area_m2", label_ko="전산실 비율", label_en="Server room share"),
    spec("is_high", "building", "boolean", "floors >= 11 or floors_total >= 30", label_ko="고층", label_en="High-rise"),
    spec("all_kw", "facility", "number", "power_kw + new_kw", unit="kW", label_ko="증설 뒤 전력", label_en="All power"),
    spec(
        "is_big",
        "facility",
        "boolean",
        "sum_of(it_m2) >= 500 and not is_public",
        label_ko="대형",
        label_en="Big centre",
    ),
)
VOCABULARY = Vocabulary(SPECS)


def read(text: str, level: str = "building", result: str = "boolean") -> Condition:
    return parse(text, VOCABULARY, level=Level(level), result=result)


def ask(text: str, *, buildings: Sequence[Facts] = (), level: str = "building", **facts: object) -> Evaluation:
    return evaluate(read(text, level), FactContext(facts, buildings))


def outcome(text: str, *, buildings: Sequence[Facts] = (), level: str = "building", **facts: object) -> str:
    return ask(text, buildings=buildings, level=level, **facts).outcome.value


def amount(text: str, *, buildings: Sequence[Facts] = (), **facts: object) -> Amount:
    return evaluate_amount(read(text, "facility", "number"), FactContext(facts, buildings))
