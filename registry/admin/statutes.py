"""Ministries and statutes."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.audited import AuditedAdmin
from registry.admin.fields import LinesField
from registry.admin.forms import AdminForm
from registry.statutes.models import Ministry, Statute


class MinistryForm(AdminForm):
    agencies = LinesField(label=_("소속·산하 기관"))

    class Meta:
        model = Ministry
        fields = [
            "slug", "name_ko", "name_en", "short_ko", "since", "until", "formerly", "agencies", "succeeded_by", "order",
        ]  # fmt: skip


@admin.register(Ministry)
class MinistryAdmin(AuditedAdmin[Ministry]):
    form = MinistryForm
    list_display = ["name_ko", "short_ko", "slug", "since", "until", "order"]
    search_fields = ["name_ko", "name_en", "short_ko", "slug"]
    filter_horizontal = ["succeeded_by"]
    fieldsets = (
        (None, {"fields": ["slug", ("name_ko", "short_ko"), "name_en", "order"]}),
        (_("존속 기간"), {"fields": [("since", "until"), "formerly", "succeeded_by"]}),
        (_("기관"), {"fields": ["agencies"]}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Ministry | None = None) -> list[str]:
        return ["slug"] if obj else []


@admin.register(Statute)
class StatuteAdmin(AuditedAdmin[Statute]):
    list_display = ["title_ko", "kind", "law_id", "citation_count"]
    list_filter = ["kind"]
    search_fields = ["title_ko", "law_id"]
    search_help_text = _("법령명이나 법령ID로 찾습니다.")
    list_per_page = 50
    fields = ["title_ko", "kind", "law_id", "file", "url"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statute]:
        return super().get_queryset(request).annotate(cited=Count("citations"))

    @admin.display(description=_("인용 수"), ordering="cited")
    def citation_count(self, statute: Statute) -> int:
        return getattr(statute, "cited", 0)
