"""Topics, rules and their dated versions, with conditions over facts.

Knows the law as dated data and how to decide whether it applies. Must not know checklists or answers.
"""
