"""What can be wrong with a condition, said in English and Korean with the place and the way out."""

from dataclasses import dataclass

# code: (English, Korean). Names in braces are filled in where the error is raised.
MESSAGES: dict[str, tuple[str, str]] = {
    "empty": (
        "the expression is empty; write `true` for always",
        "식이 비어 있습니다. 항상 적용이면 `true`라고 쓰십시오",
    ),
    "too_long": (
        "the expression has {size} characters; at most {limit} are allowed",
        "식이 {size}자입니다. {limit}자까지 쓸 수 있습니다",
    ),
    "too_many_parts": ("the expression has more than {limit} parts", "식의 요소가 {limit}개를 넘습니다"),
    "too_deep": ("the expression is nested more than {limit} levels deep", "식이 {limit}단계보다 깊게 중첩되었습니다"),
    "too_large": (
        "with its derived facts written out the expression has more than {limit} parts",
        "파생 제원을 풀면 식의 요소가 {limit}개를 넘습니다",
    ),
    "number_too_long": ("a number may have at most {limit} digits", "숫자는 {limit}자리까지 쓸 수 있습니다"),
    "bad_number": (
        "`{name}` is not a number; write it out in decimal digits",
        "`{name}`은(는) 숫자가 아닙니다. 십진수로 쓰십시오",
    ),
    "unexpected_character": ("{name} is not part of the language", "{name}은(는) 식에 쓸 수 없습니다"),
    "power": ("powers (`**`) are not part of the language", "거듭제곱(`**`)은 쓸 수 없습니다"),
    "floor_division": ("`//` is not part of the language; use `/`", "`//`은(는) 쓸 수 없습니다. `/`를 쓰십시오"),
    "open_string": (
        "the string that starts here is not closed on the same line",
        "여기서 시작한 문자열이 같은 줄에서 닫히지 않았습니다",
    ),
    "string_prefix": (
        "a string takes no prefix and does not follow a name",
        "문자열 앞에는 접두어나 이름을 붙일 수 없습니다",
    ),
    "adjacent_strings": (
        "two strings stand side by side; is a comma missing?",
        "문자열 두 개가 나란히 있습니다. 쉼표가 빠지지 않았습니까?",
    ),
    "unbalanced": ("`{name}` has no partner", "`{name}`의 짝이 없습니다"),
    "syntax": ("the expression cannot be read from here", "여기서부터 식을 읽을 수 없습니다"),
    "not_allowed": ("{name} is not part of the language", "{name}은(는) 식에 쓸 수 없습니다"),
    "capital_boolean": ("write `{name}` in small letters", "`{name}`처럼 소문자로 쓰십시오"),
    "no_empty_value": (
        "there is no `None`; a fact nobody recorded is unknown by itself",
        "`None`은 없습니다. 입력되지 않은 제원은 저절로 미정이 됩니다",
    ),
    "unknown_name": ("unknown fact `{name}`", "`{name}`이라는 제원은 없습니다"),
    "unknown_function": ("unknown function `{name}`", "`{name}`이라는 함수는 없습니다"),
    "name_is_function": ("`{name}` is a function and needs arguments", "`{name}`은(는) 함수이므로 인수가 필요합니다"),
    "keyword_argument": ("arguments have no names here", "인수에 이름을 붙일 수 없습니다"),
    "argument_count": ("`{name}` takes {expected}", "`{name}`의 인수는 {expected_ko}입니다"),
    "aggregate_argument": (
        "`{name}` takes the name of one building fact",
        "`{name}`에는 건축물 제원 이름 하나만 씁니다",
    ),
    "aggregate_level": (
        "`{name}` is a {level} fact; `{function}` goes over the facts of buildings",
        "`{name}`은(는) {level_ko} 제원입니다. `{function}`은(는) 건축물 제원에만 씁니다",
    ),
    "aggregate_type": (
        "`{function}` goes over {expected} facts, but `{name}` is {type}",
        "`{function}`은(는) {expected_ko} 제원에 쓰는데 `{name}`은(는) {type_ko}입니다",
    ),
    "building_fact_from_site": (
        "`{name}` is a building fact; a {subject} rule reaches it only through {ways}",
        "`{name}`은(는) 건축물 제원이므로 {subject_ko} 의무에서는 {ways}(으)로만 쓸 수 있습니다",
    ),
    "out_of_reach": (
        "`{name}` is a {level} fact; a rule on the {subject} cannot see it",
        "`{name}`은(는) {level_ko} 제원이므로 {subject_ko} 의무에서 볼 수 없습니다",
    ),
    "aggregate_out_of_reach": (
        "a rule on the operator cannot go over buildings with `{name}`",
        "사업자 의무에서는 `{name}`(으)로 건축물을 모을 수 없습니다",
    ),
    "bad_date": (
        "{name} is not a date; write date('YYYY-MM-DD')",
        "{name}은(는) 날짜가 아닙니다. date('YYYY-MM-DD')로 쓰십시오",
    ),
    "text_for_date": ("a date is written date('YYYY-MM-DD')", "날짜는 date('YYYY-MM-DD')로 씁니다"),
    "list_expected": (
        "`in` is followed by a list of values in square brackets",
        "`in` 다음에는 대괄호로 묶은 값 목록이 옵니다",
    ),
    "empty_list": ("the list is empty", "목록이 비어 있습니다"),
    "list_item": ("a list holds only numbers, strings and dates", "목록에는 숫자, 문자열, 날짜만 넣을 수 있습니다"),
    "list_misplaced": ("a list stands only after `in`", "목록은 `in` 다음에만 쓸 수 있습니다"),
    "wrong_kind": (
        "{expected} is expected here, but {name} is {kind}",
        "여기에는 {expected_ko}이(가) 와야 하는데 {name}은(는) {kind_ko}입니다",
    ),
    "boolean_as_number": (
        "{name} is a yes/no value; write `1 if … else 0` to count it",
        "{name}은(는) 예/아니요 값입니다. 수로 쓰려면 `1 if … else 0`으로 쓰십시오",
    ),
    "different_kinds": (
        "{left} is {kind} but {right} is {other}; they cannot be compared",
        "{left}은(는) {kind_ko}이고 {right}은(는) {other_ko}이므로 비교할 수 없습니다",
    ),
    "no_order": (
        "{kind} has no order; use == or != or in",
        "{kind_ko}에는 크고 작음이 없습니다. ==, !=, in을 쓰십시오",
    ),
    "unknown_choice": ("{value} is not a choice of `{name}`", "{value}은(는) `{name}`의 선택지가 아닙니다"),
    "different_choices": (
        "`{left}` and `{right}` have no choice in common",
        "`{left}`와(과) `{right}`에는 공통된 선택지가 없습니다",
    ),
    "branches_differ": (
        "both branches of `if … else` must be of one kind; here {kind} and {other}",
        "`if … else`의 두 값은 종류가 같아야 합니다. 여기서는 {kind_ko}과(와) {other_ko}입니다",
    ),
}

_HINT = {"en": "; did you mean {}?", "ko": " (혹시 {}?)"}
_PLACE = {"en": "line {}, column {}: {}", "ko": "{}번째 줄 {}번째 글자: {}"}


@dataclass(eq=False)
class ConditionError(ValueError):
    """A condition that cannot be accepted: why, where, and what was perhaps meant."""

    message: str
    text: str
    position: int = 0
    suggestions: tuple[str, ...] = ()
    code: str = ""
    message_ko: str = ""

    @property
    def line(self) -> int:
        return self.text.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int:
        return self.position - (self.text.rfind("\n", 0, self.position) + 1) + 1

    def describe(self, language: str = "en") -> str:
        """One line: the place, the reason and the known alternatives."""
        language = "ko" if language.startswith("ko") else "en"
        message = self.message_ko if language == "ko" and self.message_ko else self.message
        if self.suggestions:
            message += _HINT[language].format(", ".join(self.suggestions))
        return _PLACE[language].format(self.line, self.column, message)

    def __str__(self) -> str:
        return self.describe("en")


class VocabularyError(ValueError):
    """A set of facts that contradicts itself: a double key, a derived fact that cannot be computed, a cycle."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        self.reason = reason
        super().__init__(f"Fact {key}: {reason}")


class FactValueError(ValueError):
    """A recorded value that does not fit its fact."""

    def __init__(self, key: str, value: object, reason: str) -> None:
        self.key = key
        self.value = value
        self.reason = reason
        super().__init__(f"Fact {key}: {shortened(repr(value))} {reason}")


def located(code: str, text: str, position: int, suggestions: tuple[str, ...] = (), **names: object) -> ConditionError:
    """The error with this code at this place of the text."""
    english, korean = MESSAGES[code]
    shown = {name: shortened(str(value)) for name, value in names.items()}
    return ConditionError(english.format(**shown), text, position, suggestions, code, korean.format(**shown))


def shortened(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
