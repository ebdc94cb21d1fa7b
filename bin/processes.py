"""Start other programs and be sure that they end: at the end of the block, on Ctrl-C, when killed."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked this process to end."""


class Asked:
    """Whether a stopping signal came, and whether it has to wait: a process half started could not be ended."""

    to_stop = False
    to_wait = False


def stop_on_signals() -> None:
    """From now on the first stopping signal raises `Stopped`; later ones do not disturb the tidying up."""
    for number in STOPPING_SIGNALS:
        signal.signal(number, _raise_stopped)


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    for other in STOPPING_SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    Asked.to_stop = True
    if not Asked.to_wait:
        raise Stopped


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    output: IO[bytes] | None = None,
    own_group: bool = False,
    stop_with: signal.Signals = signal.SIGTERM,
    patience_s: float = 15,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `command` during the block, then end it: with `stop_with`, and by force when that takes too long.

    With `own_group`, Ctrl-C at the terminal does not reach it: only we say when it ends, and its children end with it.
    """
    # The kernel ends it even when we are killed and can no longer tidy up.
    leashed: list[str | Path] = ["setpriv", "--pdeathsig", stop_with.name.removeprefix("SIG"), "--", *command]
    Asked.to_wait = True
    process = subprocess.Popen(
        leashed,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=own_group,
    )
    try:
        Asked.to_wait = False
        if Asked.to_stop:
            raise Stopped
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(stop_with)
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if own_group:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
