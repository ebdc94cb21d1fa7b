"""Reviews: what each ministry says about a submitted dossier.

Knows dossiers and their snapshots. Nothing in compliance knows reviews.
"""
