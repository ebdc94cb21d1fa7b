"""A secret key for one machine: made at first contact, kept in a file that only its owner can read."""

import os
import secrets
from pathlib import Path


def secret_key_in(path: Path) -> str:
    """Return the key kept in `path`; the first caller makes it, and two first callers agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # fails, unlike rename, when another process was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
