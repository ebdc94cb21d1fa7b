"""Conditions over facts: reading them, evaluating them with three values, and saying why.

Knows expressions and values alone. Must not know Django, the database or the law.
"""

from registry.conditions.condition import Condition
from registry.conditions.errors import ConditionError, FactValueError, VocabularyError
from registry.conditions.evaluation import (
    Amount,
    Evaluation,
    Outcome,
    evaluate,
    evaluate_amount,
    outcome_of,
)
from registry.conditions.facts import Choice, FactSpec, FactType, FactValue, Kind, Level
from registry.conditions.scope import FactContext
from registry.conditions.vocabulary import Vocabulary, parse

__all__ = [
    "Amount",
    "Choice",
    "Condition",
    "ConditionError",
    "Evaluation",
    "FactContext",
    "FactSpec",
    "FactType",
    "FactValue",
    "FactValueError",
    "Kind",
    "Level",
    "Outcome",
    "Vocabulary",
    "VocabularyError",
    "evaluate",
    "evaluate_amount",
    "outcome_of",
    "parse",
]
