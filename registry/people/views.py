"""The front page and a person's own page. Signing in and out is Django's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from registry.people.actions import change_profile
from registry.people.forms import ProfileForm
from registry.people.models import User
from registry.people.requests import SignedInRequest

# Addresses by name: registry does not know the pages of compliance, but may point at them.
HOME_OF_ROLE = {
    User.Role.MANAGER: "facility-list",
    User.Role.PLATFORM_ADMIN: "facility-list",
    User.Role.AUDITOR: "facility-list",
    User.Role.OFFICER: "review-list",
    User.Role.RULE_ADMIN: "admin:index",
}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What Ilwon is, for those who have not signed in; their own work for those who have."""
    if isinstance(request.user, User):
        return redirect(HOME_OF_ROLE.get(User.Role(request.user.role), "profile"))
    return render(request, "home.html")


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    user = request.user
    form = ProfileForm(request.POST or None, initial={"display_name": user.display_name, "email": user.email})
    if request.method == "POST" and form.is_valid():
        change_profile(user, by=user, **form.cleaned_data)
        messages.success(request, _("저장했습니다."))
        return redirect("profile")
    return render(request, "registration/profile.html", {"form": form})
