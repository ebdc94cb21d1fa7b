"""Reading the audit trail. Nobody changes it."""

import json

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registry.admin.roles import ReadOnlyAdmin
from registry.audit.models import AuditEvent
from registry.people.admin_site import PLATFORM
from registry.people.models import User


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin[AuditEvent]):
    """Everything that happened, newest first; for platform admins and auditors."""

    readers = PLATFORM | {User.Role.AUDITOR}
    list_display = ["sequence", "at", "actor_label", "verb", "target"]
    list_display_links = ["sequence", "verb"]
    list_filter = ["verb", "object_type"]
    search_fields = ["actor_label", "verb", "object_id"]
    search_help_text = _("행위자, 행위, 대상 번호로 찾습니다.")
    date_hierarchy = "at"
    ordering = ["-sequence"]
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = [
        "sequence", "at", "actor_label", "verb", "target", "facility_id", "data_as_text", "previous_hash", "hash",
    ]  # fmt: skip
    fields = [*readonly_fields]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[AuditEvent]:
        return super().get_queryset(request).select_related("actor")

    @admin.display(description=_("대상"), ordering="object_type")
    def target(self, event: AuditEvent) -> str:
        return f"{event.object_type}:{event.object_id}"

    @admin.display(description=_("내용"))
    def data_as_text(self, event: AuditEvent) -> SafeString:
        text = json.dumps(event.data, ensure_ascii=False, indent=2)
        return format_html('<pre class="data">{}</pre>', text)
