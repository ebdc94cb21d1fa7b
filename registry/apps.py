from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """What is: facilities, facts, law, rules and incentives."""

    name = "registry"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("등록부")

    def ready(self) -> None:
        from registry.audit.guards import install_guards  # models must be loaded first

        # Not a business signal: SQLite rebuilds tables (and drops triggers) in migrations; guards are laid again after.
        post_migrate.connect(install_guards, sender=self, dispatch_uid="registry.install_guards")
