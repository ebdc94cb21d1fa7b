"""Assembles the apps: settings, addresses, entry points, the background worker.

It knows the environment and both apps. It must not know the law, and nothing may import it.
"""

from config.celery import app as celery_app

__all__ = ["celery_app"]
