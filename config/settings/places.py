"""Where the project lies and what the environment says, for the other settings modules."""

from pathlib import Path

import environ

env = environ.Env()

PROJECT = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.str("ILWON_VAR_DIR", str(PROJECT / "var")))
