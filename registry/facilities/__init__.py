"""Operators, facilities, buildings and their dated facts.

Knows what is recorded about a site, since when and by whom. Must not know rules or what follows from the facts.
"""
