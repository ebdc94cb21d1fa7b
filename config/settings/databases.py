"""From a DATABASE_URL to Django's connection settings."""

from typing import Any
from urllib.parse import unquote

import environ

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"


def database_from_url(url: str) -> dict[str, Any]:
    """Return connection settings for `url`, made safe for several processes writing at once."""
    database: dict[str, Any] = environ.Env.db_url_config(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            "init_command": SQLITE_PRAGMAS,
            # A transaction that begins as a reader and turns into a writer fails at once when someone else wrote in
            # between; IMMEDIATE waits for its turn instead, up to `timeout` seconds.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        }
    else:
        # The folder of a Unix socket is written as libpq wants it: postgres://ilwon@%2Fvar%2Frun%2Fpostgresql/ilwon
        database["HOST"] = unquote(database["HOST"])
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database
