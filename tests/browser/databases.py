"""Databases that are filled once and copied for each test: every test finds the same data and none has to clean up."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from django.db import connection

_copies = count(1)


@contextmanager
def copy_of(source: str) -> Iterator[str]:
    """Give the name of a copy of the database `source`; afterwards the copy is gone. Nobody may be connected to it."""
    suffix = f"copy{next(_copies)}"
    with using(source):
        name = str(connection.creation.get_test_db_clone_settings(suffix)["NAME"])
        connection.creation.clone_test_db(suffix, verbosity=0)
    try:
        yield name
    finally:
        drop(name)


@contextmanager
def using(name: str) -> Iterator[None]:
    """Work in the database `name`. All threads share the settings of the connection: server and worker follow."""
    settings, usual = connection.settings_dict, connection.settings_dict["NAME"]
    connection.close()
    settings["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = usual


def drop(name: str) -> None:
    """Remove the database, even when a thread of the server has not let go of it yet."""
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
