"""Rule versions: drafts are edited here, published versions are read here; the steps between are in version_steps."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registry.admin.audited import AuditedAdmin
from registry.admin.conditions import check_condition, list_facts
from registry.admin.forms import AdminForm
from registry.admin.version_forms import CitationFormSet, DraftForm
from registry.admin.version_reading import READABLE, ReadableVersion, confidence_mark, readable
from registry.admin.version_steps import VersionSteps
from registry.language import in_language
from registry.rules.actions import create_draft, update_draft
from registry.rules.models import Citation, RuleVersion
from registry.rules.validation import RuleActionError

if TYPE_CHECKING:

    class _TabularInline(admin.TabularInline[Citation, RuleVersion]):
        pass

else:
    _TabularInline = admin.TabularInline


def is_draft(version: RuleVersion | None) -> bool:
    return version is None or version.status == RuleVersion.Status.DRAFT


class CitationForm(AdminForm):
    order = forms.IntegerField(label=_("순서"), required=False, min_value=0, widget=AdminIntegerFieldWidget)

    class Meta:
        model = Citation
        fields = ["order", "statute", "article", "paragraph", "item", "annex"]


class CitationInline(_TabularInline):
    """The basis in law. A version without one is not published."""

    model = Citation
    form = CitationForm
    formset = CitationFormSet
    fields = ["order", "statute", "article", "paragraph", "item", "annex"]
    autocomplete_fields = ["statute"]
    ordering = ["order"]

    def get_extra(self, request: HttpRequest, obj: RuleVersion | None = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        return super().get_queryset(request).select_related("statute")

    def has_view_permission(self, request: HttpRequest, obj: RuleVersion | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: RuleVersion | None = None) -> bool:
        return is_draft(obj)

    def has_change_permission(self, request: HttpRequest, obj: RuleVersion | None = None) -> bool:
        return is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: RuleVersion | None = None) -> bool:
        return is_draft(obj)


@admin.register(RuleVersion)
class RuleVersionAdmin(ReadableVersion, VersionSteps, AuditedAdmin[RuleVersion]):
    """Every write goes through `rules.actions`; what is published has no save button and refuses a POST."""

    form = DraftForm
    inlines = [CitationInline]
    change_form_template = "admin/registry/ruleversion/change_form.html"
    list_display = ["title", "number", "status", "ministry", "period", "confidence_mark"]
    list_select_related = ["rule", "ministry"]
    list_filter = ["status", "ministry", "rule__domain", "subject", "binding", "confidence"]
    search_fields = ["rule__slug", "title_ko", "title_en", "requirement_ko", "condition"]
    search_help_text = _("제목, 요구사항, 조건에 쓴 제원, 의무 ID로 찾습니다.")
    list_per_page = 50
    ordering = ["rule__slug", "-number"]
    autocomplete_fields = ["rule"]
    readonly_fields = ["number", "status", "effective_until"]
    fieldsets = (
        (None, {"fields": ["rule", ("number", "status"), ("effective_from", "effective_until")]}),
        (_("무엇을 요구하는가"), {"fields": [
            "title_ko", "title_en", "requirement_ko", "requirement_en", "ministry", "authority_ko",
            ("binding", "obligation_kind"), "stages", "evidence_ko",
        ]}),
        (_("누구에게 적용되는가"), {"fields": ["subject", "condition", "applies_note_ko", "thresholds"]}),
        (_("한도, 주기, 기한, 벌칙"), {"fields": ["measure", "recurrence", "deadline", "penalty"]}),
        (_("확신도와 출처"), {"fields": [
            "confidence", "condition_confidence", "source_note", "upcoming", "note_ko", "source",
        ]}),
    )  # fmt: skip

    @admin.display(description=_("제목"), ordering="title_ko")
    def title(self, version: RuleVersion) -> SafeString:
        return format_html("{}<br><code>{}</code>", in_language(version, "title"), version.rule.slug)

    @admin.display(description=_("기간"), ordering="effective_from")
    def period(self, version: RuleVersion) -> str:
        return f"{version.effective_from or '…'} ~ {version.effective_until or ''}"

    @admin.display(description=_("확신도"), ordering="confidence")
    def confidence_mark(self, version: RuleVersion) -> SafeString:
        return confidence_mark(version.confidence)

    def has_change_permission(self, request: HttpRequest, obj: RuleVersion | None = None) -> bool:
        return self.may_edit(request) and is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: RuleVersion | None = None) -> bool:
        return self.may_edit(request) and is_draft(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: RuleVersion | None = None) -> list[str]:
        if obj is None:
            return list(self.readonly_fields)
        return [*self.readonly_fields, "rule", *([] if self.has_change_permission(request, obj) else READABLE.values())]

    def get_fieldsets(self, request: HttpRequest, obj: RuleVersion | None = None) -> Any:
        """Whoever cannot edit reads lists as lists and the condition as a sentence."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [(name, {**options, "fields": readable(options["fields"])}) for name, options in self.fieldsets]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("condition/check/", wrap(check_condition), name="condition-check"),
            path("condition/facts/", wrap(list_facts), name="condition-facts"),
        ]
        return own + super().get_urls()

    def save_model(self, request: HttpRequest, obj: RuleVersion, form: Any, change: bool) -> None:
        """Nothing yet: a draft and its citations are written together, in `save_related`."""

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            formset.save(commit=False)  # Django reads from it what was changed
        citations = [citation for formset in formsets for citation in formset.citations()]
        changes = form.changes()
        draft = form.instance
        if change:
            update_draft(draft, changes=changes, citations=citations, by=request.user)
        else:
            made = create_draft(draft.rule, changes=changes, citations=citations, by=request.user)
            draft.pk, draft.number = made.pk, made.number

    def delete_model(self, request: HttpRequest, obj: RuleVersion) -> None:
        self.tell(request, obj, "deleted", {"rule": obj.rule.slug, "number": obj.number, "title_ko": obj.title_ko})
        obj.delete()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A draft that somebody published meanwhile is not an error of the server."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except RuleActionError as error:
            for flaw in error.flaws:
                messages.error(request, flaw)
            return HttpResponseRedirect(request.get_full_path())
