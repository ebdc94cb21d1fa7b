"""The administration of what follows: read only. Checklists, dossiers and reviews are worked on on their pages."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from compliance.models import Checklist, Dossier, Evidence, Obligation, RenderJob, Review
from registry.admin.consequences import Consequence, foretell_with
from registry.admin.facilities import PLATFORM_READERS
from registry.admin.roles import ReadOnlyAdmin
from registry.models import RuleVersion


@foretell_with
def answers_to_confirm_again(version: RuleVersion) -> Consequence:
    """Obligations under this rule that were answered: their managers will be asked to look again."""
    answered = Obligation.objects.active().filter(rule=version.rule_id, answered_version__isnull=False)
    return Consequence(_("답변한 의무를 다시 확인해야 함"), answered.count())


@admin.register(Checklist)
class ChecklistAdmin(ReadOnlyAdmin[Checklist]):
    readers = PLATFORM_READERS
    list_display = ["facility", "opened_on", "reconciled_on", "catalogue_revision"]
    list_select_related = ["facility", "catalogue_revision"]
    search_fields = ["facility__name_ko", "facility__slug"]


@admin.register(Dossier)
class DossierAdmin(ReadOnlyAdmin[Dossier]):
    readers = PLATFORM_READERS
    list_display = ["number", "facility", "round", "as_of", "state", "submitted_at"]
    list_select_related = ["facility"]
    list_filter = ["state"]
    search_fields = ["number", "facility__name_ko", "snapshot_sha256"]
    fields = [
        "number", "facility", "round", "as_of", "state", "issued_at", "issued_by", "submitted_at", "submitted_by",
        "ministries", "snapshot_sha256", "pdf_sha256", "content_sha256", "pages",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dossier]:
        return super().get_queryset(request).defer("snapshot")  # a megabyte each


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin[Review]):
    readers = PLATFORM_READERS
    list_display = ["dossier", "ministry", "opened_at", "decision", "decided_at"]
    list_filter = ["ministry", "decision"]
    search_fields = ["dossier__number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return super().get_queryset(request).select_related("dossier", "ministry").defer("dossier__snapshot")


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin[Evidence]):
    readers = PLATFORM_READERS
    list_display = ["title", "operator", "content_type", "size", "valid_until", "uploaded_at"]
    list_select_related = ["operator"]
    search_fields = ["title", "original_name", "sha256"]
    exclude = ["file", "items"]


@admin.register(RenderJob)
class RenderJobAdmin(ReadOnlyAdmin[RenderJob]):
    readers = PLATFORM_READERS
    list_display = ["dossier", "state", "step", "progress", "attempts", "queued_at", "finished_at"]
    list_filter = ["state"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RenderJob]:
        return super().get_queryset(request).select_related("dossier").defer("dossier__snapshot")
