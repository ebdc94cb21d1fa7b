"""What the database knows about the size of its tables when it plans a query."""

from django.db import connection


def refresh_statistics() -> None:
    """Count the tables anew after much was loaded at once; only PostgreSQL plans by such counts.

    Its own housekeeping comes minutes later, and until then a page could wait on a plan made for empty tables.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
