"""The archive: what is kept how long, legal holds, and exports."""

import tempfile
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from compliance.archive.actions import HoldRefused, lift_hold, place_hold, tell_export
from compliance.archive.export import export_dossier
from compliance.archive.retention import past_retention, retention_of, retention_schedule
from compliance.dossiers.models import Dossier, DossierQuerySet
from registry.models import User
from registry.people.requests import SignedInRequest

CONFLICT = 409


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("사유"), widget=forms.Textarea(attrs={"rows": 2}))


@login_required
@require_GET
def archive_list(request: SignedInRequest) -> HttpResponse:
    on = localdate()
    schedule = retention_schedule(_archived_for(request.user))
    context = {
        "on": on,
        "past": past_retention(schedule, on),
        "held": [row for row in schedule if row.hold],
        "schedule": schedule,
    }
    return render(request, "archive/list.html", context)


@login_required
@require_GET
def dossier_archive(request: SignedInRequest, number: str) -> HttpResponse:
    return _page(request, _dossier_seen_by(request.user, number))


@login_required
@require_POST
def dossier_hold(request: SignedInRequest, number: str) -> HttpResponse:
    return _hold_step(request, number, place_hold, _("보존 조치를 했습니다."))


@login_required
@require_POST
def dossier_hold_lift(request: SignedInRequest, number: str) -> HttpResponse:
    return _hold_step(request, number, lift_hold, _("보존 조치를 풀었습니다."))


@login_required
@require_GET
def dossier_export(request: SignedInRequest, number: str) -> FileResponse:
    """Everything about the dossier as one file; taking it is put on record."""
    dossier, at = _dossier_seen_by(request.user, number), now()
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    manifest_sha256 = export_dossier(dossier, file, at=at)
    tell_export(dossier, manifest_sha256=manifest_sha256, by=request.user, at=at)
    file.seek(0)
    name = f"{dossier.number}-archive.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _hold_step(request: SignedInRequest, number: str, action: Callable[..., object], done: str) -> HttpResponse:
    dossier = _dossier_seen_by(request.user, number)
    if not request.user.is_platform_admin:
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            action(dossier, reason=form.cleaned_data["reason"], by=request.user, at=now())
        except HoldRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("dossier-archive", number)
    return _page(request, dossier, form, status=CONFLICT)


def _page(
    request: SignedInRequest, dossier: Dossier, form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "dossier": dossier,
        "facility": dossier.facility,
        "retention": retention_of(dossier),
        "on": localdate(),
        "holds": dossier.holds.select_related("placed_by", "lifted_by"),
        "form": form or ReasonForm(),
        "may_hold": request.user.is_platform_admin,
    }
    return render(request, "archive/dossier.html", context, status=status)


def _archived_for(user: User) -> DossierQuerySet:
    """Archives are for operators and for those who see everything; officers have their reviews."""
    if not (user.is_manager or user.sees_everything):
        raise Http404
    return Dossier.objects.visible_to(user)


def _dossier_seen_by(user: User, number: str) -> Dossier:
    return get_object_or_404(_archived_for(user).select_related("facility__operator"), number=number)
