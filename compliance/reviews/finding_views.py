"""Raising, answering, reopening and resolving findings."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from compliance.dossiers import snapshot
from compliance.dossiers.contents import SnapshotObligation
from compliance.reviews import actions
from compliance.reviews.access import require_manager, require_officer
from compliance.reviews.forms import ExtendForm, FindingForm, ReopenForm, ReplyForm, ResolveForm
from compliance.reviews.models import Finding, Review
from compliance.reviews.pages import review_page
from compliance.reviews.views import CONFLICT, review_seen_by
from registry.models import User
from registry.people.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
def finding_raise(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form for a question about the obligation in `?obligation=`, or about the whole part without one."""
    review = review_seen_by(request.user, pk)
    require_officer(review, request.user)
    key = request.GET.get("obligation", "")
    asked = _asked(review, key) if key else None
    # Several of these forms may stand on one page, so their fields are named after the obligation.
    auto_id = f"{asked.anchor if asked else 'part'}-%s"
    form = FindingForm(request.POST or None, initial={"kind": Finding.Kind.FINDING}, auto_id=auto_id)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            finding = actions.raise_finding(review, obligation_key=key, **form.cleaned_data, by=request.user, at=now())
        except actions.ReviewError as error:
            form.add_error(None, str(error))
            status = CONFLICT
        else:
            messages.success(request, _("사업자에게 전했습니다."))
            return redirect(_place_of(finding))
    context = {"review": review, "dossier": review.dossier, "form": form, "key": key, "asked": asked}
    template = "reviews/raise.html#form" if request.headers.get("HX-Request") else "reviews/raise.html"
    return render(request, template, context, status=status)


@login_required
@require_POST
def finding_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = _finding_seen_by(request.user, pk)
    dossier = finding.review.dossier
    require_manager(dossier, request.user)
    form = ReplyForm(request.POST, request.FILES, operator_id=dossier.facility.operator_id)
    return _turn(request, finding, form, actions.reply_to_finding, _("답변을 보냈습니다."))


@login_required
@require_POST
def finding_extend(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = _finding_seen_by(request.user, pk)
    require_officer(finding.review, request.user)
    return _turn(request, finding, ExtendForm(request.POST), actions.extend_due_date, _("기한을 연장했습니다."))


@login_required
@require_POST
def finding_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = _finding_seen_by(request.user, pk)
    require_officer(finding.review, request.user)
    return _turn(request, finding, ReopenForm(request.POST), actions.reopen_finding, _("다시 열었습니다."))


@login_required
@require_POST
def finding_resolve(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = _finding_seen_by(request.user, pk)
    require_officer(finding.review, request.user)
    return _turn(request, finding, ResolveForm(request.POST), actions.resolve_finding, _("해결로 표시했습니다."))


def _turn(
    request: SignedInRequest, finding: Finding, form: forms.Form, action: Callable[..., Any], done: str
) -> HttpResponse:
    """One turn in a thread; a refusal shows the review again with the words that were typed."""
    status = 200
    if form.is_valid():
        try:
            action(finding, **form.cleaned_data, by=request.user, at=now())
        except actions.ReviewError as error:
            form.add_error(None, str(error))
            status = CONFLICT
        else:
            messages.success(request, done)
            return redirect(_place_of(finding))
    failed = {"failed_form": form, "failed_finding": finding.pk}
    context = {**review_page(review_seen_by(request.user, finding.review_id), request.user, {}, localdate()), **failed}
    return render(request, "reviews/detail.html", context, status=status)


def _finding_seen_by(user: User, pk: int) -> Finding:
    finding = get_object_or_404(Finding.objects.visible_to(user), pk=pk)
    finding.review = review_seen_by(user, finding.review_id)
    return finding


def _asked(review: Review, key: str) -> SnapshotObligation:
    """The obligation that the question is about; 404 when it is not the ministry's."""
    own = snapshot.load(review.dossier.snapshot).obligations_of(review.ministry.slug)
    asked = next((obligation for obligation in own if obligation.key == key), None)
    if asked is None:
        raise Http404
    return asked


def _place_of(finding: Finding) -> str:
    return f"{reverse('review-detail', args=[finding.review_id])}#finding-{finding.pk}"
