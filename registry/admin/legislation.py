"""Acts whose making is followed, and the steps of that making."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.audited import AuditedAdmin
from registry.admin.fields import CheckedJSONField
from registry.admin.forms import AdminForm
from registry.incentives.models import Legislation, LegislativeEvent


class LegislationForm(AdminForm):
    url = forms.URLField(label=_("주소"), required=False, max_length=500, assume_scheme="https")
    data = CheckedJSONField(  # type: ignore[assignment]  # the metaclass takes fields out of the class
        label=_("부속 자료"), empty={}, rows=16, example={"delegated": [], "features": [], "unknowns_ko": []}
    )

    class Meta:
        model = Legislation
        fields = "__all__"


def _window_flaws(value: object) -> list[str]:
    is_pair = isinstance(value, list) and len(value) == 2 and all(isinstance(day, str) for day in value)
    return [] if is_pair else [str(_("시작과 끝, 두 날짜의 목록이어야 합니다."))]


class LegislativeEventForm(AdminForm):
    date_window = CheckedJSONField(
        label=_("날짜 범위"),
        empty=None,
        rows=2,
        example=["2025-07-21", "2025-07-31"],
        flaws=_window_flaws,
    )

    class Meta:
        model = LegislativeEvent
        fields = "__all__"


@admin.register(Legislation)
class LegislationAdmin(AuditedAdmin[Legislation]):
    form = LegislationForm
    list_display = ["name_ko", "number", "ministry", "promulgated_on", "in_force_from", "checked_on", "confidence"]
    fields = [
        "slug", "name_ko", "name_en", ("number", "law_id"), "ministry",
        ("promulgated_on", "in_force_from", "checked_on"), "url", "confidence", "note_ko", "data",
    ]  # fmt: skip
    list_select_related = ["ministry"]

    def get_readonly_fields(self, request: HttpRequest, obj: Legislation | None = None) -> list[str]:
        return ["slug"] if obj else []


@admin.register(LegislativeEvent)
class LegislativeEventAdmin(AuditedAdmin[LegislativeEvent]):
    form = LegislativeEventForm
    list_display = ["when", "stage", "body", "event_ko", "confidence"]
    list_display_links = ["event_ko"]
    list_select_related = ["legislation"]
    list_filter = ["legislation", "stage", "confidence"]
    search_fields = ["event_ko", "event_en", "body", "source"]
    list_per_page = 60
    fields = [
        "legislation", "order", "date", "date_window", "stage", "body", "event_ko", "event_en", "source", "confidence",
    ]  # fmt: skip

    @admin.display(description=_("날짜"), ordering="date")
    def when(self, event: LegislativeEvent) -> str:
        if event.date:
            return event.date.isoformat()
        return " ~ ".join(event.date_window) if event.date_window else "—"
