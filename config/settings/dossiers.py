"""Settings of dossiers: how long they are kept, how they are laid out and who signs them."""

from config.settings.places import VAR_DIR, env

__all__ = [
    "ILWON_RETENTION_YEARS",
    "ILWON_RENDER_PROCESSES",
    "ILWON_RENDER_MEMORY_MB",
    "ILWON_RENDER_CHAPTER_SECONDS",
    "ILWON_RENDER_DIR",
    "ILWON_SIGNING_PKCS12",
    "ILWON_SIGNING_PASSPHRASE",
    "ILWON_SIGNING_PKCS11_MODULE",
    "ILWON_SIGNING_PKCS11_TOKEN",
    "ILWON_SIGNING_PKCS11_KEY",
    "ILWON_SIGNING_PKCS11_PIN",
    "ILWON_DEVELOPMENT_KEY",
    "ILWON_SIGNING_TRUST",
    "ILWON_SIGNING_FETCH",
    "ILWON_TIMESTAMP_URL",
]

# How long dossiers are kept: a choice of this product, not of a statute. Nothing is deleted when it ends.
ILWON_RETENTION_YEARS = {
    "submitted": env.int("ILWON_RETENTION_YEARS_SUBMITTED", 10),
    "draft": env.int("ILWON_RETENTION_YEARS_DRAFT", 3),
}
# Laying out a dossier: processes beside the worker (0: one for each core), memory of each (0: any), time of a chapter.
ILWON_RENDER_PROCESSES = env.int("ILWON_RENDER_PROCESSES", 0)
ILWON_RENDER_MEMORY_MB = env.int("ILWON_RENDER_MEMORY_MB", 2048)
ILWON_RENDER_CHAPTER_SECONDS = env.int("ILWON_RENDER_CHAPTER_SECONDS", 600)
ILWON_RENDER_DIR = VAR_DIR / "render"  # finished chapters of unfinished dossiers
# The key that signs dossiers: on a token (PKCS#11) or in a file (PKCS#12); without either, one for development.
ILWON_SIGNING_PKCS12 = env.str("ILWON_SIGNING_PKCS12", "")
ILWON_SIGNING_PASSPHRASE = env.str("ILWON_SIGNING_PASSPHRASE", "")
ILWON_SIGNING_PKCS11_MODULE = env.str("ILWON_SIGNING_PKCS11_MODULE", "")
ILWON_SIGNING_PKCS11_TOKEN = env.str("ILWON_SIGNING_PKCS11_TOKEN", "")
ILWON_SIGNING_PKCS11_KEY = env.str("ILWON_SIGNING_PKCS11_KEY", "")
ILWON_SIGNING_PKCS11_PIN = env.str("ILWON_SIGNING_PKCS11_PIN", "")
ILWON_DEVELOPMENT_KEY = VAR_DIR / "signing/development.p12"
# Roots whose signers verification trusts; with them, signatures carry what later validation needs.
ILWON_SIGNING_TRUST = env.str("ILWON_SIGNING_TRUST", "")
ILWON_SIGNING_FETCH = env.bool("ILWON_SIGNING_FETCH", True)
ILWON_TIMESTAMP_URL = env.str("ILWON_TIMESTAMP_URL", "")
