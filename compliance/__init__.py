"""What follows: checklists, evidence, deadlines, dossiers and reviews.

Knows `registry` through its front doors. Must not know how the project is assembled.
"""
