"""Incentive programmes and the special act's own history.

Knows benefits as dated data and who is eligible. Must not know claims or checklists.
"""
