"""Permissions of the admin pages: named by role in each page's class, never stored in the database."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.db import models
from django.http import HttpRequest, HttpResponse

from registry.people.admin_site import ADMITTED, RULE_EDITORS, has_role

M = TypeVar("M", bound=models.Model)
P = TypeVar("P", bound=models.Model)

if TYPE_CHECKING:

    class _ModelAdmin(admin.ModelAdmin[M]):
        pass

    class _TabularInline(admin.TabularInline[M, P]):
        pass

else:

    class _ModelAdmin(admin.ModelAdmin, Generic[M]):
        pass

    class _TabularInline(admin.TabularInline, Generic[M, P]):
        pass


class RoleAdmin(_ModelAdmin[M]):
    """An admin page that `editors` may change and `readers` may read."""

    editors = RULE_EDITORS
    readers = ADMITTED
    actions = None  # rows are changed one at a time, each with its own record
    formfield_overrides = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
        models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
    }

    def may_edit(self, request: HttpRequest) -> bool:
        return has_role(request, self.editors)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural, **(extra_context or {})})

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page is headed by the name of its row, not by "change"."""
        if kwargs.get("obj") is not None:
            context.update(title=self.title_of(kwargs["obj"]), subtitle=self.opts.verbose_name)
        return super().render_change_form(request, context, *args, **kwargs)

    def title_of(self, obj: M) -> str:
        return str(obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return has_role(request, self.readers)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return has_role(request, self.readers)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_edit(request)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.may_edit(request)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.may_edit(request)


class ReadOnlyAdmin(RoleAdmin[M]):
    """An admin page that nobody may change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(_TabularInline[M, P]):
    """Rows shown on the page of their parent; whoever sees the page sees them, nobody changes them there."""

    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        return False
