"""Rules: their place in the checklist and the history of their versions."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.admin.audited import AuditedAdmin
from registry.admin.fields import LinesField
from registry.admin.forms import AdminForm
from registry.admin.roles import ReadOnlyInline
from registry.admin.version_reading import confidence_mark
from registry.rules.models import Rule, RuleVersion
from registry.statutes.models import Ministry


def with_version_in_force(rules: QuerySet[Rule], on: date) -> QuerySet[Rule]:
    """The rules with title, ministry, start and confidence of the version that binds on `on`."""
    binding = RuleVersion.objects.in_force(on).filter(rule=OuterRef("pk")).order_by("-number")
    return rules.annotate(
        title_now=Subquery(binding.values("title_ko")[:1]),
        ministry_now=Subquery(binding.values("ministry")[:1]),
        ministry_name_now=Subquery(binding.values("ministry__short_ko")[:1]),
        starts_now=Subquery(binding.values("effective_from")[:1]),
        confidence_now=Subquery(binding.values("confidence")[:1]),
        version_count=Count("versions"),
    )


class MinistryInChargeFilter(admin.SimpleListFilter):
    title = _("시행 중인 판의 소관부처")
    parameter_name = "ministry"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(row.pk), str(row)) for row in Ministry.objects.filter(rule_versions__isnull=False).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Rule]) -> QuerySet[Rule]:
        value = self.value() or ""
        return queryset.filter(Q(("ministry_now", value))) if value.isdecimal() else queryset


class ConfidenceFilter(admin.SimpleListFilter):
    title = _("시행 중인 판의 확신도")
    parameter_name = "confidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(RuleVersion.Confidence.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Rule]) -> QuerySet[Rule]:
        return queryset.filter(Q(("confidence_now", self.value()))) if self.value() else queryset


class VersionHistory(ReadOnlyInline[RuleVersion, Rule]):
    """The versions of the rule, newest first; each opens on its own page."""

    model = RuleVersion
    verbose_name_plural = pgettext_lazy("plural", "개정본")
    readonly_fields = [
        "number", "status", "title_ko", "ministry", "effective_from", "effective_until", "confidence", "page",
    ]  # fmt: skip
    fields = [*readonly_fields]
    ordering = ["-number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RuleVersion]:
        return super().get_queryset(request).select_related("ministry")

    @admin.display(description=_("열기"))
    def page(self, version: RuleVersion) -> SafeString:
        url = reverse("admin:registry_ruleversion_change", args=[version.pk])
        return format_html('<a href="{}">{}</a>', url, _("판 보기"))


class RuleForm(AdminForm):
    merged_from = LinesField(label=_("합쳐진 의무의 ID"), rows=2)

    class Meta:
        model = Rule
        fields = ["slug", "domain", "topic", "merged_from"]


@admin.register(Rule)
class RuleAdmin(AuditedAdmin[Rule]):
    """A rule says where it belongs; what it says stands in its versions."""

    form = RuleForm
    inlines = [VersionHistory]
    change_form_template = "admin/registry/rule/change_form.html"
    list_display = ["title", "domain", "topic", "ministry", "confidence", "starts", "versions"]
    fields = ["slug", "domain", "topic", "merged_from"]
    list_select_related = ["topic"]
    list_filter = ["domain", MinistryInChargeFilter, ConfidenceFilter, "topic"]
    search_fields = ["slug", "versions__title_ko", "versions__title_en", "versions__requirement_ko"]
    search_help_text = _("제목, 요구사항, ID로 찾습니다.")
    list_per_page = 50
    autocomplete_fields = ["topic"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rule]:
        return with_version_in_force(super().get_queryset(request), localdate())

    def get_readonly_fields(self, request: HttpRequest, obj: Rule | None = None) -> list[str]:
        return ["slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Rule | None = None) -> bool:
        return self.may_edit(request) and (obj is None or not obj.versions.exists())

    def title_of(self, obj: Any) -> str:
        return str(obj.title_now or obj.slug)

    def view_on_site(self, obj: Rule) -> str:
        return reverse("rule-detail", args=[obj.slug])

    @admin.display(description=_("제목"), ordering="title_now")
    def title(self, rule: Any) -> SafeString:
        return format_html("{}<br><code>{}</code>", rule.title_now or "—", rule.slug)

    @admin.display(description=_("소관부처"), ordering="ministry_name_now")
    def ministry(self, rule: Any) -> str:
        return rule.ministry_name_now or "—"

    @admin.display(description=_("시행일"), ordering="starts_now")
    def starts(self, rule: Any) -> str:
        return rule.starts_now.isoformat() if rule.starts_now else "—"

    @admin.display(description=_("확신도"), ordering="confidence_now")
    def confidence(self, rule: Any) -> SafeString | str:
        return confidence_mark(rule.confidence_now) if rule.confidence_now else "—"

    @admin.display(description=_("판"), ordering="version_count")
    def versions(self, rule: Any) -> int:
        return int(rule.version_count)
