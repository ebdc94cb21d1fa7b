"""Settings shared by every environment. The environment is read here and in its siblings, nowhere else."""

from hashlib import sha256
from pathlib import Path

from celery.schedules import crontab

from config.settings.databases import database_from_url
from config.settings.dossiers import *  # noqa: F403
from config.settings.logs import logging_to_console
from config.settings.places import PROJECT, VAR_DIR, env

BASE_DIR = PROJECT

# --- Ilwon -------------------------------------------------------------------------------------------------------
# Base of the addresses printed on dossiers (QR codes), without a slash at the end.
ILWON_PUBLIC_URL = env.str("ILWON_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
ILWON_MAX_EVIDENCE_BYTES = env.int("ILWON_MAX_EVIDENCE_BYTES", 25 * 1024 * 1024)
# Largest PDF that the public verification page takes; `manage.py verify_dossier` takes any.
ILWON_MAX_VERIFY_BYTES = env.int("ILWON_MAX_VERIFY_BYTES", 200 * 1024 * 1024)
# The demo's passwords are known to everyone; only settings for one machine let it load.
ILWON_ALLOW_DEMO = env.bool("ILWON_ALLOW_DEMO", False)
# KRDS styles and the Pretendard GOV typeface, put there by `make setup`.
ILWON_ASSETS_DIR = Path(env.str("ILWON_ASSETS_DIR", str(VAR_DIR / "vendor")))

# --- Django ------------------------------------------------------------------------------------------------------
DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "registry.apps.RegistryConfig",
    "compliance.apps.ComplianceConfig",
    "config.admin.IlwonAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.security.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": database_from_url(env.str("DATABASE_URL", f"sqlite:///{BASE_DIR / 'ilwon.sqlite3'}"))}

# --- People and sessions -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "registry.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# --- Language and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# --- Files -------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT: Path | None = VAR_DIR / "static"
# Served below /static/vendor/. A missing folder is only a warning, so that commands work before the assets are there.
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", ILWON_ASSETS_DIR)]
MEDIA_ROOT = Path(env.str("ILWON_MEDIA_ROOT", str(VAR_DIR / "media")))
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The fact form of a whole site is one page: about 285 facts, each with a value, a date and a source.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- API ---------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    # Tokens first: they can challenge, so that a request without any gets 401 and not 403.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Ilwon",
    "VERSION": "0.1.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    # Names for choices that several answers share, so that the schema does not invent them.
    "ENUM_NAME_OVERRIDES": {
        "AnswerStatusEnum": "compliance.checklists.models.AnswerStatus",
        "ConfidenceEnum": "registry.rules.models.RuleVersion.Confidence",
        "LevelEnum": "registry.facilities.fact_models.FactDefinition.Level",
        "VersionStatusEnum": "registry.rules.models.RuleVersion.Status",
    },
}

# --- Background work ---------------------------------------------------------------------------------------------
# Without a broker's address, messages are files below var/broker: nothing has to be installed or started.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "filesystem://localhost/")
# A folder for each database, lest the worker of one take the work of another.
EMBEDDED_BROKER_DIR = VAR_DIR / "broker" / sha256(repr(DATABASES["default"]["NAME"]).encode()).hexdigest()[:12]
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT = "config.embedded_broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # One folder for both directions: what the web process sends is what the worker receives.
        "data_folder_in": str(EMBEDDED_BROKER_DIR / "messages"),
        "data_folder_out": str(EMBEDDED_BROKER_DIR / "messages"),
        "processed_folder": str(EMBEDDED_BROKER_DIR / "processed"),
        "control_folder": str(EMBEDDED_BROKER_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.3,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Progress and outcome live in our own tables; Celery keeps no results.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 15 * 60
CELERY_TASK_TIME_LIMIT = 16 * 60
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    # The law changes at midnight; checklists follow before the first manager comes.
    "reconcile": {"task": "compliance.checklists.tasks.reconcile_all", "schedule": crontab(hour="0", minute="20")},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

LOGGING = logging_to_console(env.str("ILWON_LOG_LEVEL", "INFO"))
