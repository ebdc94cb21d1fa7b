"""Ministries and the statutes they are in charge of.

Knows law texts by name and number. Must not know rules, facilities or checklists.
"""
