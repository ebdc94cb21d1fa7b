"""The administration of what is: law, topics, facts, incentives and accounts.

Knows every package of registry. Holds no rule of its own: drafts and versions go through `rules.actions`.
"""

from registry.admin import audit, facilities, facts, incentives, legislation, people, rules, statutes, topics, versions

__all__ = [
    "audit",
    "facilities",
    "facts",
    "incentives",
    "legislation",
    "people",
    "rules",
    "statutes",
    "topics",
    "versions",
]
