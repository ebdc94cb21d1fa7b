"""Where log lines go: standard error, one line each, for whatever supervises the process."""

from typing import Any


def logging_to_console(level: str) -> dict[str, Any]:
    """Return a LOGGING setting that writes everything from `level` up to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            name: {"handlers": ["console"], "level": level, "propagate": False}
            for name in ("registry", "compliance", "config", "django")
        }
        # pyHanko tells of every signer that it does not know; verification does so itself.
        | {"pyhanko": {"level": "ERROR"}},
    }
