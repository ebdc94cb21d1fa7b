"""The front page: what Ilwon is for visitors, and the way to their work for those who have signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from registry.incentives.models import Incentive
from registry.people.models import User
from registry.rules.models import Topic
from registry.rules.search import current_versions

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
    if isinstance(request.user, User):
        return redirect(HOME_OF_ROLE[User.Role(request.user.role)])
    versions = current_versions(localdate())
    numbers = {
        "rules": versions.count(),
        "ministries": versions.values("ministry").distinct().count(),
        "topics": Topic.objects.count(),
        "incentives": Incentive.objects.count(),
    }
    return render(request, "home.html", numbers)
