"""Dossiers: frozen snapshots of a checklist, rendered as PDF and verifiable later.

Knows checklists. Must not know reviews; the snapshot is all that reviewers and renderers read.
"""
