"""Serve the site with its demo on one machine: database, catalogue, demo, web server and worker.

All of it is one process group: Ctrl-C, or ending this process, ends all.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from processes import Stopped, running, stop_on_signals

PROJECT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
START_TIMEOUT_S = 60
MANAGE = [sys.executable, "manage.py"]
# One worker process is enough for one person; gossip and mingle are for many. Root is normal in a container.
WORKER = [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "--quiet", "--app", "config",
          "worker", "--beat", "--concurrency", "1", "--loglevel", "WARNING",
          "--without-gossip", "--without-mingle", "--without-heartbeat"]  # fmt: skip


def web(port: int) -> list[str]:
    """Return the command of the web server."""
    return [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2",
            "--threads", "4", "--graceful-timeout", "5", "--timeout", "120", "--log-level", "warning"]  # fmt: skip


def main() -> int:
    """Prepare the database, serve until stopped, return the exit status."""
    os.chdir(PROJECT)
    stop_on_signals()
    try:
        port = wanted_port()
        prepare_environment(port)
        for command in (["migrate", "--verbosity", "0"], ["load_catalogue"], ["load_demo"]):
            subprocess.run([*MANAGE, *command], stdin=subprocess.DEVNULL, check=True)
        return serve(port)
    except Stopped:
        return 130
    except subprocess.CalledProcessError as error:
        return fail(f"`{' '.join(error.cmd[1:])}` failed; see above.")
    except OSError as error:
        return fail(str(error))


def fail(reason: str) -> int:
    print(f"make run: {reason}", file=sys.stderr)
    return 1


def wanted_port() -> int:
    """Return PORT (8000 unless told otherwise), when it is a port and free."""
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise OSError(f"PORT={text} is not a port number.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            reason = f"port {text} cannot be used ({error.strerror}). Take another: make run PORT={int(text) + 1}"
            raise OSError(reason) from error
    return int(text)


def prepare_environment(port: int) -> None:
    """Choose the settings for one machine; what the caller has set stays, except production settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    os.environ.setdefault("ILWON_DEBUG", "false")  # strangers see a plain 404, not our address table
    os.environ.setdefault("ILWON_PUBLIC_URL", f"http://{HOST}:{port}")


def serve(port: int) -> int:
    """Run web server and worker until one of them ends or we are stopped."""
    with ExitStack() as stack:
        processes = {name: stack.enter_context(running(command)) for name, command in
                     {"web server": web(port), "worker": WORKER}.items()}  # fmt: skip
        if answers(f"http://{HOST}:{port}/accounts/login/", processes["web server"]):
            print(f"\nIlwon is at http://{HOST}:{port}  (Ctrl-C stops it)\n", flush=True)
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    return fail(f"the {name} ended by itself (status {process.returncode}); see above.")
            time.sleep(0.5)


def answers(url: str, process: "subprocess.Popen[bytes]") -> bool:
    """Wait until the web server answers; False when it ended or takes too long."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
    return False


if __name__ == "__main__":
    sys.exit(main())
