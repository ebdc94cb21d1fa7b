"""The test suite: nothing it writes outlives it. SQLite unless DATABASE_URL names another database."""

import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES
from config.settings.places import env

# Removed when the process ends.
SCRATCH = tempfile.TemporaryDirectory(prefix="ilwon-tests-")

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
ILWON_ALLOW_DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(SCRATCH.name) / "media"
ILWON_DEVELOPMENT_KEY = Path(SCRATCH.name) / "signing/development.p12"
ILWON_SIGNING_PKCS12 = ILWON_SIGNING_PKCS11_MODULE = ILWON_SIGNING_TRUST = ILWON_TIMESTAMP_URL = ""
ILWON_RENDER_DIR = Path(SCRATCH.name) / "render"
ILWON_RENDER_PROCESSES = 1
STATIC_ROOT = None  # static files come straight from the source folders
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True

if not env.str("DATABASE_URL", ""):
    # A file, not memory: the live server of the browser tests answers from several threads, and threads that share
    # one in-memory connection trip over each other's transactions.
    DATABASES["default"]["NAME"] = str(Path(SCRATCH.name) / "ilwon.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(Path(SCRATCH.name) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
