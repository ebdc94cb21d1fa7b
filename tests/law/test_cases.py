"""Every law case holds under the shipped catalogue."""

import pytest

from tests.law.lawbook import Case, cases_in, shipped_law

CASES = cases_in("cases.yaml")
MORE_CASES = cases_in("more_cases.yaml")


@pytest.mark.parametrize("case", CASES + MORE_CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_the_law_decides_the_case_as_it_is_told(case: Case) -> None:
    assert case.outcome(shipped_law()) == case.expect


def test_every_case_names_a_rule_of_the_catalogue() -> None:
    known = {rule.slug for rule in shipped_law().rules}
    assert {case.rule for case in CASES + MORE_CASES} <= known


def test_no_case_is_told_twice() -> None:
    told = [(case.rule, case.name) for case in CASES + MORE_CASES]
    assert len(set(told)) == len(told)
