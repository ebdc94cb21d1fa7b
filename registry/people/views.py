"""A person's own page. Signing in and out is Django's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registry.people.actions import change_profile
from registry.people.forms import ProfileForm
from registry.people.requests import SignedInRequest


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
