"""One machine: first contact, demonstrations and development. Not for the open network; see prod.py."""

from config.settings.base import *  # noqa: F403
from config.settings.places import VAR_DIR, env
from config.settings.secret_key import secret_key_in

SECRET_KEY = env.str("SECRET_KEY", "") or secret_key_in(VAR_DIR / "secret_key")
DEBUG = env.bool("ILWON_DEBUG", True)
ILWON_ALLOW_DEMO = env.bool("ILWON_ALLOW_DEMO", True)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# Static files come straight from the source folders; nobody has to remember collectstatic.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
