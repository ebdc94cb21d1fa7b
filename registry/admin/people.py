"""Accounts, for platform admins. An account is switched off, never deleted: the audit trail names it."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.audited import AuditedAdmin
from registry.people.admin_site import ADMITTED, PLATFORM
from registry.people.models import User

if TYPE_CHECKING:

    class _NewUserForm(AdminUserCreationForm[User]):
        pass

    class _ChangedUserForm(UserChangeForm[User]):
        pass

    class _UserAdmin(UserAdmin[User]):
        pass

else:
    _NewUserForm, _ChangedUserForm, _UserAdmin = AdminUserCreationForm, UserChangeForm, UserAdmin

BELONGS_TO = _("시설 관리자는 사업자를, 담당 공무원은 소관부처를 고릅니다. 다른 역할은 둘 다 비웁니다.")


class NewUserForm(_NewUserForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ["username", "role", "operator", "ministry", "display_name", "email"]  # type: ignore[assignment]


class ChangedUserForm(_ChangedUserForm):
    class Meta(UserChangeForm.Meta):
        model = User
        fields = "__all__"


@admin.register(User)
class PersonAdmin(AuditedAdmin[User], _UserAdmin):
    """The check constraints of `User` speak here as form errors."""

    editors = PLATFORM
    readers = PLATFORM | {User.Role.AUDITOR}
    form = ChangedUserForm
    add_form = NewUserForm
    list_display = ["username", "display_name", "role", "operator", "ministry", "is_active", "last_login"]
    list_filter = ["role", "is_active", "ministry", "operator"]
    list_select_related = ["operator", "ministry"]
    search_fields = ["username", "display_name", "email"]
    ordering = ["username"]
    filter_horizontal = ()
    autocomplete_fields = ["operator"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = (
        (None, {"fields": ["username", "password"]}),
        (_("역할"), {"fields": ["role", "operator", "ministry"], "description": BELONGS_TO}),
        (_("사람"), {"fields": ["display_name", "email"]}),
        (_("상태"), {"fields": ["is_active", "last_login", "date_joined"]}),
    )
    add_fieldsets = (
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        (_("역할"), {"fields": ["role", "operator", "ministry"], "description": BELONGS_TO}),
        (_("사람"), {"fields": ["display_name", "email"]}),
    )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        obj.is_staff = obj.role in ADMITTED  # what menus ask; the admin itself asks the role
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        with transaction.atomic():  # Django opens none here, and the audit trail needs one
            return super().user_change_password(request, id, form_url)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The password page saves by itself and calls nothing else that could be told from."""
        if request.resolver_match and request.resolver_match.url_name == "auth_user_password_change":
            self.tell(request, obj, "password_set", {})
