"""A dossier on its way to the ministries: submission, and all its reviews on one page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from compliance.dossiers import snapshot
from compliance.dossiers.actions import DossierRefused
from compliance.dossiers.models import Dossier
from compliance.dossiers.readiness import open_points
from compliance.reviews import actions
from compliance.reviews.access import require_manager
from compliance.reviews.counts import ministry_counts
from compliance.reviews.pages import joint_standing, siblings_of
from compliance.reviews.views import CONFLICT
from registry.models import User
from registry.people.requests import SignedInRequest


@login_required
@require_GET
def dossier_reviews(request: SignedInRequest, number: str) -> HttpResponse:
    dossier = _dossier_seen_by(request.user, number)
    rows = siblings_of(dossier, localdate())
    context = {"dossier": dossier, "rows": rows, "joint": joint_standing(rows), "facility": dossier.facility}
    return render(request, "reviews/dossier.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def dossier_submit(request: SignedInRequest, number: str) -> HttpResponse:
    """Shows what the ministries will find open, and submits on confirmation."""
    dossier = _dossier_seen_by(request.user, number)
    require_manager(dossier, request.user)
    error, status = "", 200
    if request.method == "POST":
        try:
            actions.submit_for_review(dossier, by=request.user, at=now())
        except DossierRefused as refused:
            error, status = str(refused), CONFLICT
        else:
            messages.success(request, _("제출했습니다. 부처별 검토가 시작되었습니다."))
            return redirect("dossier-reviews", number)
    frozen = snapshot.load(dossier.snapshot)
    context = {
        "dossier": dossier,
        "facility": dossier.facility,
        "open_points": open_points(frozen),
        "ministries": ministry_counts(frozen),
        "error": error,
    }
    return render(request, "reviews/submit.html", context, status=status)


def _dossier_seen_by(user: User, number: str) -> Dossier:
    dossiers = Dossier.objects.visible_to(user).select_related("facility__operator")
    return get_object_or_404(dossiers, number=number)
