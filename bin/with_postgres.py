"""Run a command with DATABASE_URL naming a PostgreSQL that exists only as long as the command runs.

    .venv/bin/python bin/with_postgres.py COMMAND [ARGUMENT ...]

The server listens on a socket in its own temporary folder and on no port, keeps nothing safe (fsync off), and is run by
an ordinary user even when this is run by root, as PostgreSQL demands.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from processes import Stopped, running, stop_on_signals

START_TIMEOUT_S = 60
FAST_AND_FORGETFUL = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "60",
}


def main(command: list[str]) -> int:
    """Run `command` beside a fresh server and return its exit status."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    stop_on_signals()
    try:
        with (
            postgres() as url,
            running(command, env={**os.environ, "DATABASE_URL": url}, own_group=True, stop_with=signal.SIGINT) as child,
        ):
            return child.wait()
    except Stopped:
        return 130
    except RuntimeError as error:
        print(f"with_postgres: {error}", file=sys.stderr)
        return 1


@contextmanager
def postgres() -> Iterator[str]:
    """Give the URL of a running, empty server; whatever happens inside, nothing of it is left."""
    binaries = newest_binaries()
    # /tmp itself: every user can get there, and the path of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="ilwon-postgres-", dir="/tmp"))
    try:
        as_owner = ordinary_user(folder)
        make_cluster([*as_owner, str(binaries / "initdb")], folder / "data")
        settings = [f"--{name}={value}" for name, value in FAST_AND_FORGETFUL.items()]
        # The leash is put on last: changing the user takes it off.
        leashed: list[str | Path] = [*as_owner, "setpriv", "--pdeathsig", "INT", "--", binaries / "postgres"]
        server = [*leashed, "-D", folder / "data", "-k", folder, *settings]
        # SIGINT is PostgreSQL's "fast shutdown": it does not wait for clients to leave.
        with (
            (folder / "log").open("wb") as log,
            running(server, output=log, own_group=True, stop_with=signal.SIGINT) as process,
        ):
            wait_until_ready(process, binaries / "pg_isready", folder)
            yield f"postgres://ilwon@{quote(str(folder), safe='')}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def newest_binaries() -> Path:
    """Return the folder of the newest PostgreSQL server on this machine."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if installed:
        return installed[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise RuntimeError("no PostgreSQL server on this machine; `make setup` installs it")


def ordinary_user(folder: Path) -> list[str]:
    """Give `folder` to a user who is not root; return what makes a command run as that user."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]
    raise RuntimeError("PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody`")


def make_cluster(initdb: list[str], folder: Path) -> None:
    """Make an empty cluster that sorts text by code point, as SQLite does."""
    options = ["--auth=trust", "--username=ilwon", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    result = subprocess.run(
        [*initdb, *options, f"--pgdata={folder}"],
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"initdb failed:\n{result.stdout}")


def wait_until_ready(process: "subprocess.Popen[bytes]", pg_isready: Path, folder: Path) -> None:
    """Return when the server answers; say what its log says when it does not."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        if subprocess.run([pg_isready, "--quiet", "--host", folder], check=False).returncode == 0:
            return
        time.sleep(0.1)
    log = (folder / "log").read_text(errors="replace")
    raise RuntimeError(f"PostgreSQL did not start:\n{log}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
