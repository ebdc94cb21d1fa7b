"""Operators may be added and renamed here; facilities and their facts are read only: they are kept on the pages."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.audited import AuditedAdmin
from registry.admin.roles import ReadOnlyAdmin, ReadOnlyInline
from registry.facilities.models import Building, Facility, Operator
from registry.people.admin_site import PLATFORM
from registry.people.models import User

PLATFORM_READERS = PLATFORM | {User.Role.AUDITOR}


@admin.register(Operator)
class OperatorAdmin(AuditedAdmin[Operator]):
    editors = PLATFORM
    readers = PLATFORM_READERS
    list_display = ["name_ko", "name_en", "slug"]
    search_fields = ["name_ko", "name_en", "slug"]
    fields = ["slug", "name_ko", "name_en"]

    def get_readonly_fields(self, request: HttpRequest, obj: Operator | None = None) -> list[str]:
        return ["slug"] if obj else []


class BuildingInline(ReadOnlyInline[Building, Facility]):
    model = Building
    fields = ["order", "name"]


@admin.register(Facility)
class FacilityAdmin(ReadOnlyAdmin[Facility]):
    readers = PLATFORM_READERS
    list_display = ["name_ko", "operator", "slug", "is_illustrative"]
    list_select_related = ["operator"]
    list_filter = [("operator", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name_ko", "name_en", "slug", "operator__name_ko"]
    search_help_text = _("이름이나 사업자로 찾습니다.")
    inlines = [BuildingInline]
