"""The unified checklist: items, obligations, answers, evidence and their deadlines.

Knows which published rules bind which subject and what was answered. Must not know dossiers or reviews.
"""
