"""Admin pages whose every change becomes an audit event with the values before and after."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.admin.roles import M, RoleAdmin
from registry.audit.actions import record
from registry.audit.models import AuditEvent
from registry.people.models import User

HISTORY_LENGTH = 200


class AuditedAdmin(RoleAdmin[M]):
    """Saves and deletes as Django does, inside Django's transaction, and records what was done."""

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        verb = "changed" if change else "created"
        if form.changed_data:
            self.tell(request, obj, verb, {"changed": changes_of(form)})

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        self.tell(request, obj, "deleted", {"was": row_as_data(obj)})
        super().delete_model(request, obj)

    def tell(self, request: HttpRequest, obj: models.Model, done: str, data: Mapping[str, Any]) -> None:
        """Append `<model>.<done>` to the audit trail."""
        by = request.user if isinstance(request.user, User) else None
        with override("ko"):  # the history is in one language, whoever writes it
            label = str(obj)
        record(f"{obj._meta.model_name}.{done}", by=by, target=obj, data={"label": label, **data})

    # The audit trail is the one history; Django's own log beside it could only differ.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        return None

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the audit trail says about this row, newest first."""
        obj = get_object_or_404(self.get_queryset(request), pk=object_id)
        events = AuditEvent.objects.filter(object_type=self.opts.model_name, object_id=object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("이력: %(label)s") % {"label": obj},
            "subtitle": None,
            "module_name": self.opts.verbose_name_plural,
            "object": obj,
            "opts": self.opts,
            "events": events.select_related("actor").order_by("-sequence")[:HISTORY_LENGTH],
        }
        return render(request, "admin/object_history.html", context)


def changes_of(form: "forms.BaseModelForm[Any]") -> dict[str, tuple[Any, Any]]:
    """Before and after of each changed field; passwords are never told."""
    names = [name for name in form.changed_data if "password" not in name and name in form.cleaned_data]
    return {name: (_before(form, name), plain(form.cleaned_data[name])) for name in names}


def _before(form: "forms.BaseModelForm[Any]", name: str) -> Any:
    field, value = form.fields[name], form.initial.get(name)
    if isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField):
        return plain(field.queryset.filter(pk=value).first() if value else None)  # type: ignore[union-attr]  # a bound form has one
    return plain(value)


def plain(value: Any) -> Any:
    """The value as JSON can hold it; rows are told by their names."""
    if isinstance(value, models.Model):
        return getattr(value, "slug", None) or str(value)
    if isinstance(value, models.QuerySet | set | tuple) or (isinstance(value, list) and _holds_rows(value)):
        return [plain(part) for part in value]
    return value


def _holds_rows(values: list[Any]) -> bool:
    return any(isinstance(value, models.Model) for value in values)


def row_as_data(obj: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(obj, field.attname) for field in obj._meta.concrete_fields}
