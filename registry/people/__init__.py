"""Accounts and roles: who may see and do what.

Knows users. Must not know facilities, rules or checklists; they ask the user's role, never the other way round.
"""
