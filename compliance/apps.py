from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    """What follows: checklists, dossiers and reviews."""

    name = "compliance"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("적합성")

    def ready(self) -> None:
        from compliance.dossiers.rounds import tell_reviews_from  # models must be loaded first
        from compliance.guards import install_guards
        from compliance.reviews.history import earlier_reviews

        tell_reviews_from(earlier_reviews)
        post_migrate.connect(install_guards, sender=self, dispatch_uid="compliance.install_guards")
