"""Archive: how long records are kept, what is on hold, and one file with everything about a dossier.

Knows dossiers and reviews. Deletes nothing.
"""
