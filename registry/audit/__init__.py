"""The audit trail: who did what when, append-only and hash-chained, and the database guards behind it.

Knows events. Must not know what the events mean.
"""
