"""Topics of the checklist and their groups."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.audited import AuditedAdmin
from registry.rules.models import Topic, TopicGroup


@admin.register(TopicGroup)
class TopicGroupAdmin(AuditedAdmin[TopicGroup]):
    list_display = ["name_ko", "name_en", "slug", "order"]
    fields = ["slug", "name_ko", "name_en", "order"]

    def get_readonly_fields(self, request: HttpRequest, obj: TopicGroup | None = None) -> list[str]:
        return ["slug"] if obj else []


@admin.register(Topic)
class TopicAdmin(AuditedAdmin[Topic]):
    """A topic's subject is fixed while rules hang on it: items of the checklist are made per subject."""

    list_display = ["name_ko", "group", "subject", "rule_count", "slug"]
    list_select_related = ["group"]
    list_filter = ["group", "subject"]
    search_fields = ["name_ko", "name_en", "slug", "question_ko"]
    list_per_page = 60
    fields = [
        "slug", ("group", "order"), "subject", ("name_ko", "name_en"), "question_ko", "question_en",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).annotate(rule_count_now=Count("rules"))

    def get_readonly_fields(self, request: HttpRequest, obj: Topic | None = None) -> list[str]:
        if obj is None:
            return []
        return ["slug", "subject"] if obj.rules.exists() else ["slug"]

    @admin.display(description=_("의무 수"), ordering="rule_count_now")
    def rule_count(self, topic: Topic) -> int:
        return getattr(topic, "rule_count_now", 0)
