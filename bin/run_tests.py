"""Run the whole suite twice: on SQLite, and on a PostgreSQL that lives as long as the run. Arguments go to pytest.

The browser tests run once. They take PostgreSQL, where several requests at a time are the normal case.
"""

import os
import signal
import sys
import tempfile
from pathlib import Path

from processes import Stopped, running, stop_on_signals
from with_postgres import postgres

PROJECT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", str(min(os.cpu_count() or 1, 4))]


def main(arguments: list[str]) -> int:
    """Return 0 when the suite passes on both databases."""
    os.chdir(PROJECT)
    stop_on_signals()
    try:
        # One folder for everything that tests and browsers leave lying about.
        with tempfile.TemporaryDirectory(prefix="ilwon-suite-") as scratch:
            passed = {
                "SQLite": passes(["-m", "not browser", *arguments], scratch),
                "PostgreSQL": passes_on_postgres(arguments, scratch),
            }
    except Stopped:
        return 130
    print(*(f"{name}: {'passed' if good else 'FAILED'}" for name, good in passed.items()), sep="\n")
    return 0 if all(passed.values()) else 1


def passes_on_postgres(arguments: list[str], scratch: str) -> bool:
    try:
        with postgres() as url:
            return passes(arguments, scratch, DATABASE_URL=url)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return False


def passes(arguments: list[str], scratch: str, **environment: str) -> bool:
    """Run pytest once; say whether it passed."""
    print(f"== pytest {' '.join(arguments)} on {'PostgreSQL' if environment else 'SQLite'} ==", flush=True)
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env = {**inherited, **environment, "TMPDIR": scratch, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    with running([*PYTEST, *arguments], env=env, own_group=True, stop_with=signal.SIGINT) as process:
        return process.wait() == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
