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
from registry.conditions.explaining import because, render, trace_to_dict
from registry.conditions.facts import Choice, FactSpec, FactType, FactValue, Kind, Level
from registry.conditions.scope import FactContext
from registry.conditions.sentences import sentence
from registry.conditions.tables import FactTable
from registry.conditions.traces import Reading, TraceNode
from registry.conditions.vectorised import OUTCOMES, evaluate_all, evaluate_set
from registry.conditions.vocabulary import Vocabulary, parse

__all__ = [
    "OUTCOMES",
    "Amount",
    "Choice",
    "Condition",
    "ConditionError",
    "Evaluation",
    "FactContext",
    "FactSpec",
    "FactTable",
    "FactType",
    "FactValue",
    "FactValueError",
    "Kind",
    "Level",
    "Outcome",
    "Reading",
    "TraceNode",
    "Vocabulary",
    "VocabularyError",
    "because",
    "evaluate",
    "evaluate_all",
    "evaluate_amount",
    "evaluate_set",
    "outcome_of",
    "parse",
    "render",
    "sentence",
    "trace_to_dict",
]
