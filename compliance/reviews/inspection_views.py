"""Pages of on-site inspections."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from compliance.reviews import inspection_actions as actions
from compliance.reviews.access import answers_for, require_officer, reviews_for
from compliance.reviews.actions import ReviewError
from compliance.reviews.inspection_forms import PhotoForm, PlanForm, RecordForm, SignatureForm
from compliance.reviews.inspection_models import Inspection
from compliance.reviews.views import CONFLICT, review_seen_by
from registry.models import User
from registry.people.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
def inspection_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    review = review_seen_by(request.user, pk)
    require_officer(review, request.user)
    form = PlanForm(request.POST or None, initial={"place": review.dossier.facility.name_ko})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            inspection = actions.plan_inspection(review, form.plan(), by=request.user, at=now())
        except ReviewError as error:
            form.add_error(None, str(error))
            status = CONFLICT
        else:
            messages.success(request, _("현장 점검을 계획하고 사업자에게 알렸습니다."))
            return redirect("inspection-detail", inspection.pk)
    context = {"review": review, "dossier": review.dossier, "form": form}
    return render(request, "reviews/inspection_plan.html", context, status=status)


@login_required
@require_GET
def inspection_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection = _seen_by(request.user, pk)
    return render(request, "reviews/inspection.html", _page(inspection, request.user))


@login_required
@require_POST
def inspection_record(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection = _seen_by(request.user, pk)
    require_officer(inspection.review, request.user)
    form = RecordForm(request.POST, inspection=inspection)
    return _step(request, inspection, "record_form", form, actions.record_inspection, _("점검 결과를 기록했습니다."))


@login_required
@require_POST
def inspection_photo(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection = _seen_by(request.user, pk)
    actions.side_of(inspection, request.user)
    form = PhotoForm(request.POST, request.FILES)
    return _step(request, inspection, "photo_form", form, actions.add_photo, _("사진을 올렸습니다."))


@login_required
@require_POST
def inspection_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection = _seen_by(request.user, pk)
    actions.side_of(inspection, request.user)
    form = SignatureForm(request.POST)
    return _step(request, inspection, "signature_form", form, actions.sign_inspection, _("기록을 확인했습니다."))


def _step(
    request: SignedInRequest, inspection: Inspection, name: str, form: Any, action: Callable[..., Any], done: str
) -> HttpResponse:
    """One step of an inspection; a refusal shows the page again with what was typed."""
    if form.is_valid():
        try:
            action(inspection, **form.cleaned_data, by=request.user, at=now())
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("inspection-detail", inspection.pk)
    page = _page(_seen_by(request.user, inspection.pk), request.user)
    return render(request, "reviews/inspection.html", {**page, name: form}, status=CONFLICT)


def _seen_by(user: User, pk: int) -> Inspection:
    inspection = get_object_or_404(Inspection.objects.visible_to(user).select_related("planned_by"), pk=pk)
    inspection.review = review_seen_by(user, inspection.review_id)
    return inspection


def _page(inspection: Inspection, user: User) -> dict[str, Any]:
    review = inspection.review
    own, host = reviews_for(review, user), answers_for(review.dossier, user)
    signatures = list(inspection.signatures.select_related("signed_by"))
    may_sign = (own or host) and inspection.held_on and all(row.signed_by_id != user.pk for row in signatures)
    current = actions.record_sha256(inspection) if signatures else ""
    return {
        "inspection": inspection,
        "review": review,
        "dossier": review.dossier,
        "findings": list(inspection.findings.select_related("raised_by")),
        "photos": list(inspection.photos.order_by("pk")),
        "signatures": signatures,
        "record_sha256": current,
        "is_unchanged": all(row.record_sha256 == current for row in signatures),
        "may_see_photos": own or not user.is_officer,
        "record_form": RecordForm(inspection=inspection) if own and not signatures and not review.decision else None,
        "photo_form": PhotoForm() if (own or host) and not signatures else None,
        "signature_form": SignatureForm(initial={"name": str(user)}) if may_sign else None,
    }
