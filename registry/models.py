"""The front door of registry: other apps import its models from here."""

from registry.audit.models import AuditEvent, AuditHead
from registry.facilities.fact_models import FactDefinition, FactGroup, FactValue
from registry.facilities.models import Building, Facility, Operator
from registry.incentives.models import Incentive, Legislation, LegislativeEvent
from registry.people.models import User
from registry.rules.models import CatalogueRevision, Citation, Rule, RuleVersion, Topic, TopicGroup
from registry.statutes.models import Ministry, Statute

__all__ = [
    "AuditEvent",
    "AuditHead",
    "Building",
    "CatalogueRevision",
    "Citation",
    "Facility",
    "FactDefinition",
    "FactGroup",
    "FactValue",
    "Incentive",
    "Legislation",
    "LegislativeEvent",
    "Ministry",
    "Operator",
    "Rule",
    "RuleVersion",
    "Statute",
    "Topic",
    "TopicGroup",
    "User",
]
