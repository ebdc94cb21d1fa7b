"""Who may enter the administration: people by their role, not by Django's staff flag."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.people.models import User

RULE_EDITORS = frozenset({User.Role.RULE_ADMIN, User.Role.PLATFORM_ADMIN})
PLATFORM = frozenset({User.Role.PLATFORM_ADMIN})
ADMITTED = RULE_EDITORS | {User.Role.AUDITOR}

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def has_role(request: HttpRequest, roles: frozenset[User.Role]) -> bool:
    """Whether an active person of one of the roles is asking."""
    user = request.user
    return isinstance(user, User) and user.is_active and user.role in roles


class IlwonAdminSite(admin.AdminSite):
    """Django's administration with this project's doors.

    Visitors are sent to the one sign-in page; people whose role has nothing to do here get 404, as everywhere else.
    """

    site_header = _("일원 규정 관리")
    site_title = _("일원 규정 관리")
    index_title = _("규정과 계정")
    site_url = "/"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return has_role(request, ADMITTED)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return cast(View, update_wrapper(guarded, view))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in page; whoever comes back from it is let in or not by `admin_view`."""
        index = reverse("admin:index")
        return redirect_to_login(request.GET.get("next", index), reverse("login"))
