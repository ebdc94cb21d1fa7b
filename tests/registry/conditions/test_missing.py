"""An undetermined outcome asks for what could still change it, and for nothing else."""

from registry.conditions import Vocabulary, evaluate, parse
from registry.conditions.scope import FactContext
from tests.registry.conditions.builders import ask, spec


def test_a_decided_outcome_asks_for_nothing() -> None:
    assert ask("is_new or floors >= 6", is_new=True).missing == ()


def test_parts_that_are_decided_are_not_asked_for_again() -> None:
    evaluation = ask("is_new and (floors >= 6 or is_leased) and status == 'planned'", is_new=True, floors=5)
    assert evaluation.missing == ("is_leased", "status")


def test_a_part_that_is_out_of_the_question_is_not_asked_for() -> None:
    assert ask("(is_new and floors >= 6) or is_leased", is_new=False).missing == ("is_leased",)


def test_derived_facts_are_followed_to_the_ground() -> None:
    assert ask("is_high", floors=5).missing == ("cellars",)
    assert ask("is_high").missing == ("cellars", "floors")


def test_only_the_chosen_branch_is_asked_for() -> None:
    text = "(floors if is_new else cellars) > 3"
    assert ask(text, is_new=True).missing == ("floors",)
    assert ask(text).missing == ("cellars", "floors", "is_new")


def test_what_a_first_building_would_have_to_tell_is_asked_for() -> None:
    vocabulary = Vocabulary(
        [
            spec("is_public", "operator", "boolean"),
            spec("is_new", "building", "boolean"),
            spec("counts", "building", "boolean", "is_public or is_new"),
        ]
    )
    condition = parse("any_of(counts)", vocabulary)
    assert evaluate(condition, FactContext({"is_public": False})).missing == ("is_new",)
    assert evaluate(condition, FactContext({"is_public": True})).missing == ("is_new",)
