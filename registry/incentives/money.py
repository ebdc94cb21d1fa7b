"""What a programme is worth: exact arithmetic over recorded facts, rounded down to the won at the very end.

Nothing is computed from a parameter that nobody recorded: such an amount is None and its line says what it lacks.
How the numbers come about is told in docs/incentives.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Any

from registry.conditions import Amount, Condition, FactContext, Level, Vocabulary, evaluate_amount, parse, render
from registry.conditions.facts import exact
from registry.conditions.wording import unit_text
from registry.incentives.models import Incentive

WON = "원"
Exact = int | Fraction


@dataclass(frozen=True)
class MoneyLine:
    """One step of the computation; `amount_krw` is None where the step could not be computed."""

    text_ko: str
    text_en: str
    amount_krw: int | None = None


@dataclass(frozen=True)
class Benefit:
    """Gross and net benefit in won, how they came about, and the facts that are missing for more."""

    gross_krw: int | None = None
    net_krw: int | None = None
    lines: tuple[MoneyLine, ...] = ()
    missing: tuple[str, ...] = ()


def benefit_of(incentive: Incentive, context: FactContext, vocabulary: Vocabulary) -> Benefit:
    """What the programme is worth to a site that it covers."""
    if incentive.quantity_formula:
        return _in_kind(incentive, context, vocabulary)
    if not incentive.benefit_formula:
        return Benefit(lines=(_NO_FORMULA,))
    base = evaluate_amount(_formula(incentive.benefit_formula, vocabulary), context)
    if base.value is None:
        return Benefit(lines=(_unknown("혜택 총액", "Gross benefit", base, vocabulary),), missing=base.missing)
    benefit = Benefit(lines=(_line("혜택 총액", "Gross benefit", base, base.value),))
    gross = max(base.value, 0)
    benefit, gross = _with_additional(benefit, gross, incentive, context, vocabulary)
    benefit = replace(benefit, gross_krw=floor(gross))
    if incentive.tax_mode == "deferral":
        return _with_line(benefit, _DEFERRAL)
    return _with_net(benefit, gross, incentive, context, vocabulary)


def _in_kind(incentive: Incentive, context: FactContext, vocabulary: Vocabulary) -> Benefit:
    """What the programme gives in something other than money (parking spaces, floor area)."""
    amount = evaluate_amount(_formula(incentive.quantity_formula, vocabulary), context)
    if amount.value is None:
        return Benefit(lines=(_unknown("수량", "Quantity", amount, vocabulary),), missing=amount.missing)
    unit_ko, unit_en = (unit_text(incentive.quantity_unit, language) for language in ("ko", "en"))
    text_ko, text_en = (render(amount.trace, language) for language in ("ko", "en"))
    return Benefit(lines=(MoneyLine(f"수량: {text_ko} {unit_ko}", f"Quantity: {text_en} {unit_en}"),))


def _with_additional(
    benefit: Benefit, gross: Exact, incentive: Incentive, context: FactContext, vocabulary: Vocabulary
) -> tuple[Benefit, Exact]:
    """Add the additional benefit where it can be computed; otherwise say what it lacks and leave the sum as it is."""
    if not incentive.benefit_formula_additional:
        return benefit, gross
    more = evaluate_amount(_formula(incentive.benefit_formula_additional, vocabulary), context)
    if more.value is None:
        line = _unknown("추가 혜택(총액에 넣지 않음)", "Additional benefit (not in the total)", more, vocabulary)
        return replace(_with_line(benefit, line), missing=more.missing), gross
    added = max(more.value, 0)
    return _with_line(benefit, _line("추가 혜택", "Additional benefit", more, added)), gross + added


def _with_net(
    benefit: Benefit, gross: Exact, incentive: Incentive, context: FactContext, vocabulary: Vocabulary
) -> Benefit:
    surtax: Mapping[str, Any] = incentive.surtax or {}
    rate = exact(surtax.get("rate", 0))
    if not rate:
        return replace(benefit, net_krw=floor(gross))
    taxed = _taxed_part(gross, surtax.get("taxed_facts", []), incentive, context, vocabulary)
    if taxed is None:
        return _with_line(benefit, _INSEPARABLE)
    due = rate * taxed
    percent = f"{float(rate * 100):g}%"
    line = MoneyLine(
        f"{surtax['instrument']} {surtax['article']}: {surtax['applies_to']} {floor(taxed):,}원의 {percent}",
        f"Surtax ({surtax['instrument']} {surtax['article']}): {percent} of KRW {floor(taxed):,}",
        -floor(due),
    )
    return replace(_with_line(benefit, line), net_krw=floor(gross - due))


def _taxed_part(
    gross: Exact, taxed_facts: Iterable[str], incentive: Incentive, context: FactContext, vocabulary: Vocabulary
) -> Exact | None:
    """The part of the benefit that the surtax falls on: all of it, or what remains when all other taxes are zero.

    None when the formula does not fall apart into the two parts, or when the additional benefit cannot be told apart.
    """
    taxed_facts = set(taxed_facts)
    if not taxed_facts:
        return gross
    if incentive.benefit_formula_additional:
        return None
    formula = _formula(incentive.benefit_formula, vocabulary)
    money = {key for key in formula.facts if vocabulary[key].unit == WON}
    taxed = _without(formula, context, money - taxed_facts)
    untaxed = _without(formula, context, money & taxed_facts)
    if taxed is None or untaxed is None or taxed + untaxed != gross:
        return None
    return taxed


def _without(formula: Condition, context: FactContext, keys: Iterable[str]) -> Exact | None:
    """The formula for a site where these amounts are zero."""
    return evaluate_amount(formula, replace(context, values={**context.values, **dict.fromkeys(keys, 0)})).value


@lru_cache(maxsize=1024)
def _formula(text: str, vocabulary: Vocabulary) -> Condition:
    return parse(text, vocabulary, level=Level.FACILITY, result="number")


# --- Lines --------------------------------------------------------------------------------------------------------

_NO_FORMULA = MoneyLine(
    "법령이 금액을 계산할 수 있게 정하지 않은 혜택입니다.", "The law gives no amount that could be computed."
)
_DEFERRAL = MoneyLine(
    "과세를 미루는 금액이며 줄어드는 세금이 아니므로 순이익을 계산하지 않습니다.",
    "This is the amount whose taxation is put off, not a saving; no net benefit is computed.",
)
_INSEPARABLE = MoneyLine(
    "농어촌특별세가 붙는 부분을 산식에서 나눌 수 없어 순이익을 계산하지 않았습니다.",
    "The part that the surtax falls on cannot be told apart in the formula; no net benefit is computed.",
)


def _line(name_ko: str, name_en: str, amount: Amount, value: Exact) -> MoneyLine:
    return MoneyLine(
        f"{name_ko}: {render(amount.trace, 'ko')}", f"{name_en}: {render(amount.trace, 'en')}", floor(max(value, 0))
    )


def _unknown(name_ko: str, name_en: str, amount: Amount, vocabulary: Vocabulary) -> MoneyLine:
    labels_ko = ", ".join(vocabulary[key].label_ko for key in amount.missing)
    labels_en = ", ".join(vocabulary[key].label_en for key in amount.missing)
    return MoneyLine(
        f"{name_ko}: 계산할 수 없음(필요한 제원: {labels_ko})",
        f"{name_en}: cannot be computed (facts needed: {labels_en})",
    )


def _with_line(benefit: Benefit, line: MoneyLine) -> Benefit:
    return replace(benefit, lines=(*benefit.lines, line))
