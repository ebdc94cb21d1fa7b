"""The calendar of a facility and the completion of what recurs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from compliance.checklists.access import facility_of, may_edit, require_editor, seen_facility
from compliance.checklists.calendar import calendar_of
from compliance.checklists.commitment_actions import complete_commitment
from compliance.checklists.commitment_models import Commitment
from compliance.checklists.evidence_models import Evidence, Occurrence
from compliance.checklists.forms import CompletionForm
from compliance.checklists.models import Item
from compliance.checklists.occurrence_actions import complete_occurrence
from registry.people.requests import SignedInRequest
from registry.rules.assessment import current_vocabulary


@login_required
@require_GET
def calendar(request: SignedInRequest, slug: str) -> HttpResponse:
    facility = seen_facility(request.user, slug)
    page = {
        "facility": facility,
        "calendar": calendar_of(facility, localdate()),
        "may_edit": may_edit(request.user),
        "specs": current_vocabulary(),
    }
    return render(request, "checklists/calendar.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def occurrence_complete(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = Occurrence.objects.filter(obligation__item__in=Item.objects.visible_to(request.user))
    rows = visible.select_related("obligation__version__ministry", "obligation__item__building__facility__operator")
    occurrence = get_object_or_404(rows.select_related("obligation__item__facility__operator"), pk=pk)
    require_editor(request.user)
    facility = facility_of(occurrence.obligation.item, request.user)
    on = localdate()
    offered = Evidence.objects.filter(operator=facility.operator, withdrawn_at=None)
    form = CompletionForm(request.POST or None, on=on, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            complete_occurrence(occurrence, by=request.user, on=on, at=now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("완료를 기록했습니다."))
            return redirect("calendar", facility.slug)
    page = {"facility": facility, "occurrence": occurrence, "form": form, "on": on, "specs": current_vocabulary()}
    return render(request, "checklists/occurrence.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def commitment_complete(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Commitment.objects.visible_to(request.user).select_related("facility__operator", "ministry")
    commitment = get_object_or_404(rows, pk=pk)
    require_editor(request.user)
    facility, on = commitment.facility, localdate()
    offered = Evidence.objects.filter(operator=facility.operator, withdrawn_at=None)
    form = CompletionForm(request.POST or None, on=on, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            complete_commitment(commitment, by=request.user, on=on, at=now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("이행을 기록했습니다."))
            return redirect("calendar", facility.slug)
    return render(request, "checklists/commitment.html", {"facility": facility, "commitment": commitment, "form": form})
